// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

extension AccountScreen {
  func outline(_ context: Context) -> [OutlineLine] {
    guard let account = context.session?.account else {
      var lines = [OutlineLine("Account: sign in to the demo market. There are no passwords here.")]
      if let refusal { lines.append(OutlineLine(refusal)) }
      return lines
        + AccountScreen.people.enumerated().map { index, person in
          OutlineLine("\(person.1), \(person.2)", choice: "\(index + 1)")
        }
    }
    let shops = account.shops.map(\.name).joined(separator: ", ")
    return [
      OutlineLine("Account: \(account.name)"),
      OutlineLine("Roles: \(account.roles.map(\.rawValue).joined(separator: ", "))"),
      OutlineLine("Shops: \(shops.isEmpty ? "none" : shops)"), OutlineLine("Server: \(context.server)"),
    ]
  }
}
