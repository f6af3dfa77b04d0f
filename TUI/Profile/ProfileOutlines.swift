// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

extension ProfilePane {
  func outline(_ context: Context) -> [OutlineLine] {
    if let editing { return editing.outline("Edit your profile") }
    guard let session = context.session else { return [OutlineLine(title)] }
    return [OutlineLine(profile?.name ?? session.account.name)]
      + phase.outline(context, isEmpty: profile == nil, nothing: "")
      + pairs(session, context.server).map { OutlineLine("\($0): \($1.map(\.text).joined())") }
  }

  func prompt(_ context: Context) -> String? { editing?.prompt }
  mutating func answer(_ text: String, _ context: Context) -> [Step] { editing?.answer(text) ?? [] }
  var commands: [(usage: String, what: String)] { editing == nil ? [] : [("NUMBER", "Change a field")] }
  mutating func command(_ name: String, _ words: String, _ context: Context) -> [Step]? {
    editing?.ask(name) == true ? [] : nil
  }
}

extension ContactsPane {
  func outline(_ context: Context) -> [OutlineLine] {
    var lines = [OutlineLine("What you sign in with")]
    lines += phase.outline(context, isEmpty: contacts.isEmpty, nothing: "Nothing is known.")
    lines += contacts.map { OutlineLine("\($0.kind == .email ? "E-mail" : "Phone"): \($0.contact)") }
    if case .code(let contact, _) = stage { lines.append(OutlineLine("A code was sent to \(contact).")) }
    if let trouble { lines.append(OutlineLine(trouble)) }
    return lines
  }

  func prompt(_ context: Context) -> String? {
    switch stage {
    case .resting, .sending: nil
    case .typing: "The new e-mail address or phone number; return leaves it as it is."
    case .code: "The code; return leaves it as it is."
    }
  }

  mutating func answer(_ text: String, _ context: Context) -> [Step] {
    if text.isEmpty { return perform(.cancel, context) }
    if stage == .typing { return send(to: text) }
    return paste(text, context)
  }
}

extension AddressesPane {
  func outline(_ context: Context) -> [OutlineLine] {
    let lines = phase.outline(context, isEmpty: addresses.isEmpty, nothing: "There is no address yet.")
    return [OutlineLine("Addresses: \(addresses.count)")] + lines
      + addresses.enumerated().map { index, address in
        var facts = [address.label, address.recipient, AddressForm.line(address.postal)].compactMap { $0 }
        if address.isDefaultForShipping { facts.append("shipped here") }
        if address.isDefaultForBilling { facts.append("billed here") }
        return OutlineLine(facts.joined(separator: ", "), choice: "\(index + 1)")
      }
  }
}

extension AddressEditor {
  func outline(_ context: Context) -> [OutlineLine] { form.outline(title) }
  func prompt(_ context: Context) -> String? { form.prompt }
  mutating func answer(_ text: String, _ context: Context) -> [Step] { form.answer(text) }
  var commands: [(usage: String, what: String)] { [("NUMBER", "Change a field")] }
  mutating func command(_ name: String, _ words: String, _ context: Context) -> [Step]? {
    form.ask(name) ? [] : nil
  }
}

extension ConsentsPane {
  func outline(_ context: Context) -> [OutlineLine] {
    [OutlineLine("What you have agreed to")]
      + phase.outline(context, isEmpty: consents.isEmpty, nothing: "Nothing is known.")
      + consents.enumerated().map { index, consent in
        let state = consent.isGiven ? "yes" : consent.at == nil ? "not asked" : "no"
        return OutlineLine("\(ConsentWords.words(consent.kind)): \(state)", choice: "\(index + 1)")
      }
      + (currentText.map { [OutlineLine("\($0.text) (version \($0.version))")] } ?? [])
  }
}

extension NotificationsPane {
  func outline(_ context: Context) -> [OutlineLine] {
    var lines = [OutlineLine("What you hear of, and how")]
    lines += phase.outline(context, isEmpty: wanted == nil, nothing: "")
    guard let wanted else { return lines }
    return lines
      + NotificationKind.allCases.enumerated().map { index, kind in
        let ways = zip(NotificationsPane.ways, NotificationChannel.allCases).map { name, channel in
          "\(name) \(wanted[kind].includes(channel) ? "on" : "off")"
        }
        return OutlineLine(
          "\(NotificationsPane.words(kind)): \(ways.joined(separator: ", "))", choice: "\(index + 1)")
      }
  }

  var commands: [(usage: String, what: String)] {
    NotificationsPane.ways.map { ("\($0) NUMBER", "Switch \($0) on or off for a row") }
  }

  mutating func command(_ name: String, _ words: String, _ context: Context) -> [Step]? {
    guard let way = NotificationsPane.ways.firstIndex(of: name) else { return nil }
    guard let number = Int(words), NotificationKind.allCases.indices.contains(number - 1) else {
      return [.toast(.info, "\(name) wants the number of a row.")]
    }
    return toggle(number - 1, way: way)
  }
}
