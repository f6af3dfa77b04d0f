// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Testing

struct DataKeysTests {
  static let place = SealedPlace("addresses", "phone", "adr_1")

  private func refusal(_ keys: DataKeys, _ sealed: [UInt8], _ place: SealedPlace = place) -> SealRefusal? {
    do {
      _ = try keys.open(sealed, at: place)
      return nil
    } catch { return error }
  }

  @Test func `what is sealed opens again, at any length`() throws {
    let keys = DataKeys([DataKey(id: 1)])
    for length in [0, 1, 15, 16, 17, 1000, 100_000] {
      let value = SecureRandom.bytes(length)
      let sealed = keys.seal(value, at: Self.place)
      #expect(sealed.count == length + DataKeys.overheadBytes)
      #expect(try keys.open(sealed, at: Self.place) == value)
    }
    #expect(text(try keys.open(keys.seal("Zoë 🧵", at: Self.place), at: Self.place)) == "Zoë 🧵")
  }

  @Test func `the form is a kind, the key's number, a nonce, the text and its tag`() {
    let sealed = DataKeys([DataKey(id: 0x0102_0304)]).seal([9], at: Self.place)
    #expect(Array(sealed.prefix(5)) == [1, 1, 2, 3, 4])
    #expect(sealed.count == 5 + 12 + 1 + 16)
  }

  @Test func `equal values do not look equal`() {
    let keys = DataKeys([DataKey(id: 1)])
    let sealed = (0..<100).map { _ in keys.seal("same", at: Self.place) }
    #expect(Set(sealed).count == 100)
    #expect(Set(sealed.map { Array($0[5..<17]) }).count == 100)
    #expect(Set(sealed.map { Array($0[17...]) }).count == 100)
  }

  @Test func `a change of any byte is refused`() {
    let keys = DataKeys([DataKey(id: 7), DataKey(id: 6)])
    for length in [0, 1, 40] {
      let sealed = keys.seal(SecureRandom.bytes(length), at: Self.place)
      for i in sealed.indices {
        for bit in 0..<8 {
          var other = sealed
          other[i] ^= 1 << UInt8(bit)
          // The kind, the number of a key that is not here, or all the rest; 7 becomes 6 by its last bit.
          let expected: SealRefusal = i == 0 ? .malformed : i < 5 && !(i == 4 && bit == 0) ? .unknownKey : .tampered
          #expect(refusal(keys, other) == expected)
        }
      }
      for shorter in 0..<sealed.count {
        let expected: SealRefusal = shorter < DataKeys.overheadBytes ? .malformed : .tampered
        #expect(refusal(keys, Array(sealed.prefix(shorter))) == expected)
      }
      #expect(refusal(keys, sealed + [0]) == .tampered)
    }
  }

  @Test(arguments: [
    SealedPlace("addresses", "phone", "adr_2"), SealedPlace("addresses", "name", "adr_1"),
    SealedPlace("people", "phone", "adr_1"), SealedPlace("addresses", "phone"), SealedPlace("addressesphone", "adr_1"),
    SealedPlace("addresses", "phonea", "dr_1"), SealedPlace("addresses", "phone", "adr_1", ""), SealedPlace(""),
  ])
  func `a value does not open at another place`(_ place: SealedPlace) {
    let keys = DataKeys([DataKey(id: 1)])
    #expect(refusal(keys, keys.seal("x", at: Self.place), place) == .tampered)
  }

  @Test func `the newest key seals, the old ones open, and rotation knows what is left`() throws {
    let (first, second) = (DataKey(id: 1), DataKey(id: 2))
    let before = DataKeys([first])
    let after = DataKeys([second, first])
    let old = before.seal("x", at: Self.place)
    #expect(after.newest == 2)
    #expect(before.isSealedWithNewest(old) && !after.isSealedWithNewest(old))
    let new = after.seal(try after.open(old, at: Self.place), at: Self.place)
    #expect(after.isSealedWithNewest(new) && DataKeys.keyID(of: new) == 2 && DataKeys.keyID(of: old) == 1)
    #expect(new.starts(with: DataKeys.head(of: 2)) && old.starts(with: DataKeys.head(of: 1)))
    #expect(text(try after.open(new, at: Self.place)) == "x")
    // A server that has not heard of the new key; then the old key is gone.
    #expect(refusal(before, new) == .unknownKey)
    #expect(refusal(DataKeys([second]), old) == .unknownKey)
    #expect(!after.isSealedWithNewest([]) && DataKeys.keyID(of: [1, 0, 0, 0, 2]) == nil)
  }

  @Test func `a key of the same number that is another opens nothing`() {
    #expect(refusal(DataKeys([DataKey(id: 1)]), DataKeys([DataKey(id: 1)]).seal("x", at: Self.place)) == .tampered)
  }

  @Test func `without keys, or with two of one number, there are no data keys`() async {
    await #expect(processExitsWith: .failure) { _ = DataKeys([]) }
    await #expect(processExitsWith: .failure) { _ = DataKeys([DataKey(id: 1), DataKey(id: 1)]) }
  }
}
