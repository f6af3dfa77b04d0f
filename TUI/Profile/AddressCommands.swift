// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import Market
import Terminal

extension CommandRunner {
  func listAddresses() async throws {
    _ = try requireSession()
    let answer = try await read(Addresses.list, Nothing())
    if out.isJSON { return out.bytes(answer.bytes) }
    if answer.value.items.isEmpty { return out.line("There is no address yet.") }
    out.table(
      TextTable(
        [.init("ADDRESS"), .init("WHO", isFlexible: true), .init("WHERE", isFlexible: true), .init("FOR")],
        rows: answer.value.items.map { address in
          let uses = [address.isDefaultForShipping ? "shipping" : nil, address.isDefaultForBilling ? "billing" : nil]
          return [
            address.id.text, address.recipient, AddressForm.line(address.postal),
            uses.compactMap { $0 }.joined(separator: " "),
          ]
        }))
  }

  func showAddress() async throws {
    _ = try requireSession()
    let answer = try await read(Addresses.show, AddressPath(address: try addressID()))
    if out.isJSON { out.bytes(answer.bytes) } else { show(answer.value) }
  }

  private func addressID(_ index: Int = 0) throws -> Address.ID {
    let text = invocation.operands[index]
    guard let id = Address.ID(text) else {
      throw CommandFailure.usage("\(text) is no address's id. souk address lists them.")
    }
    return id
  }

  private func show(_ address: Address) {
    if let label = address.label { out.line(label) }
    for line in [address.recipient, address.company].compactMap({ $0 }) + address.lines { out.line(line) }
    out.line([address.postalCode, address.city, address.region].compactMap { $0 }.joined(separator: " "))
    out.line(address.country.code)
    if let phone = address.phone { out.line(phone) }
    if address.isDefaultForShipping { out.line("shipped here unless another one is named") }
    if address.isDefaultForBilling { out.line("billed here unless another one is named") }
  }

  func addAddress() async throws {
    _ = try requireSession()
    for name in ["recipient", "line1", "country"] where invocation.values[name] == nil {
      throw CommandFailure.usage("souk address add wants --\(name).")
    }
    let draft = try addressDraft(over: [:])
    try check(draft)
    let answer = try await desk.client.call(Addresses.add, draft)
    if out.isJSON { out.bytes(answer.bytes) } else { out.say("added \(answer.value.id)") }
  }

  func editAddress() async throws {
    _ = try requireSession()
    let id = try addressID()
    let old = try await desk.client.call(Addresses.show, AddressPath(address: id), mode: .reload).value
    let draft = try addressDraft(over: AddressForm.values(old))
    try check(draft)
    let patch = AddressForm.patch(draft, of: old)
    if patch == AddressPatch(address: id) { return out.say("Nothing was changed.") }
    let answer = try await desk.client.call(Addresses.edit, patch, CallOptions(version: old.version))
    if out.isJSON { out.bytes(answer.bytes) } else { out.say("saved \(id)") }
  }

  /// The flags over what is there; an empty flag clears.
  private func addressDraft(over values: [String: String]) throws -> AddressDraft {
    var values = values
    for field in AddressForm.fields {
      guard let text = invocation.values[field.id.split(separator: "_").joined(separator: "-")] else { continue }
      values[field.id] = text
    }
    if invocation.isOn("ship-here") { values["shipping"] = "true" }
    if invocation.isOn("bill-here") { values["billing"] = "true" }
    guard let draft = AddressForm.draft(values) else {
      throw CommandFailure.usage("--country wants two letters such as PT, not \(values["country"] ?? "").")
    }
    return draft
  }

  func removeAddresses() async throws {
    _ = try requireSession()
    for index in invocation.operands.indices {
      let id = try addressID(index)
      let path = AddressPath(address: id)
      let version = try await desk.client.call(Addresses.show, path, mode: .reload).value.version
      _ = try await desk.client.call(Addresses.remove, path, CallOptions(version: version))
      out.say("removed \(id)")
    }
  }
}
