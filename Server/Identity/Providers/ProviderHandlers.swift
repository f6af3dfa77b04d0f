// SPDX-License-Identifier: GPL-3.0-or-later
import Market

/// Binds the list of providers.
struct ProviderHandlers: Sendable {
  let list: [SignInProvider]

  init(_ providers: [Provider], origin: String) {
    list = providers.map {
      SignInProvider(id: $0.id, name: $0.name, url: origin + PagePath.provider($0.id).text)
    }
  }

  func bind(_ routes: inout Routes) { routes.bind(Identity.providers) { _, _ in .value(Page(items: list)) } }
}
