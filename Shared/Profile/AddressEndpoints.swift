// SPDX-License-Identifier: GPL-3.0-or-later

/// The address book of the signed-in account.
public enum Addresses {
  public static let list = Endpoint<Nothing, Page<Address>>(
    "addresses.list", .get, "/me/addresses", for: .signedIn, "Your addresses, the newest first",
    traits: Traits(caching: .personal), example: Example(Nothing(), gives: Page(items: [.example])))

  public static let add = Endpoint<AddressDraft, Address>(
    "addresses.add", .post, "/me/addresses", for: .signedIn,
    "Add an address; the first becomes the default for everything",
    traits: Traits(status: 201, idempotency: .accepted, limit: .write), refusals: [.addressBookFull],
    example: Example(.example, gives: .example))

  public static let show = Endpoint<AddressPath, Address>(
    "addresses.show", .get, "/me/addresses/{address}", for: .signedIn, "One of your addresses",
    traits: Traits(caching: .personal), refusals: [.notFound], example: Example(.example, gives: .example))

  public static let edit = Endpoint<AddressPatch, Address>(
    "addresses.edit", .patch, "/me/addresses/{address}", for: .signedIn,
    "Change one of your addresses, or make it a default",
    traits: Traits(requiresMatch: true, idempotency: .accepted, limit: .write), refusals: [.notFound],
    example: Example(
      AddressPatch(address: .example, postalCode: .set("4050-601"), isDefaultForShipping: .set(true)), gives: .example))

  public static let remove = Endpoint<AddressPath, Nothing>(
    "addresses.remove", .delete, "/me/addresses/{address}", for: .signedIn,
    "Remove one of your addresses; the newest other takes over what it was the default for",
    traits: Traits(status: 204, requiresMatch: true, limit: .write), refusals: [.notFound],
    example: Example(.example, gives: Nothing()))
}

public struct AddressPath: Codable, Sendable, Equatable {
  public var address: Address.ID
  public init(address: Address.ID) { self.address = address }
  static let example = AddressPath(address: .example)
}

/// The book holds as many as it can.
public struct AddressBookFull: Refusal {
  public var problem: ProblemCode { .addressBookFull }
  public init() {}
}
