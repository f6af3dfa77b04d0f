// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Testing

struct MasterKeyTests {
  static let seed = SealedPlace("signing key", "k1")

  private func refusal<Success>(_ body: () throws(SealRefusal) -> Success) -> SealRefusal? {
    do {
      _ = try body()
      return nil
    } catch { return error }
  }

  @Test func `a wrapped data key comes back and opens what it has sealed`() throws {
    let master = MasterKey()
    let key = DataKey(id: 3)
    let wrapped = master.wrap(key)
    let place = SealedPlace("t", "c", "1")
    let sealed = DataKeys([key]).seal("x", at: place)
    let again = try #require(MasterKey(master.bytes))
    #expect(text(try DataKeys([again.unwrap(wrapped, id: 3)]).open(sealed, at: place)) == "x")
    #expect(again.hasWrapped(wrapped))
    // Wrapped again, it looks different.
    #expect(master.wrap(key) != wrapped)
  }

  @Test func `a wrapped key does not pass for another`() throws {
    let master = MasterKey()
    let wrapped = master.wrap(DataKey(id: 3))
    #expect(refusal { () throws(SealRefusal) in try master.unwrap(wrapped, id: 4) } == .tampered)
    #expect(refusal { () throws(SealRefusal) in try master.unwrap(wrapped, as: Self.seed) } == .tampered)
    let other = MasterKey()
    #expect(refusal { () throws(SealRefusal) in try other.unwrap(wrapped, id: 3) } == .unknownKey)
    #expect(!other.hasWrapped(wrapped) && !master.hasWrapped([]))
    // A sealed value is not a wrapped key, nor the other way round.
    let keys = DataKeys([DataKey(id: 1)])
    #expect(
      refusal { () throws(SealRefusal) in try master.unwrap(keys.seal("x", at: Self.seed), as: Self.seed) }
        == .malformed)
    #expect(refusal { () throws(SealRefusal) in try keys.open(wrapped, at: Self.seed) } == .malformed)
  }

  @Test func `a change of any byte is refused`() {
    let master = MasterKey()
    let wrapped = master.wrap([1, 2, 3], as: Self.seed)
    for i in wrapped.indices {
      var other = wrapped
      other[i] ^= 1
      let expected: SealRefusal = i == 0 ? .malformed : i < 9 ? .unknownKey : .tampered
      #expect(refusal { () throws(SealRefusal) in try master.unwrap(other, as: Self.seed) } == expected)
    }
    for count in wrapped.indices {
      #expect(
        refusal { () throws(SealRefusal) in try master.unwrap(Array(wrapped.prefix(count)), as: Self.seed) } != nil)
    }
  }

  @Test func `secrets of the server are wrapped too`() throws {
    let master = MasterKey()
    let key = Ed25519.PrivateKey()
    let wrapped = master.wrap(key.seed, as: Self.seed)
    #expect(Ed25519.PrivateKey(seed: try master.unwrap(wrapped, as: Self.seed))?.publicKey == key.publicKey)
  }

  @Test func `derived keys are the same for one label and unrelated for others`() throws {
    let master = MasterKey()
    let again = try #require(MasterKey(master.bytes))
    #expect(master.derivedKey("a") == again.derivedKey("a") && master.derivedKey("a").count == 32)
    let all = [
      master.derivedKey("a"), master.derivedKey("b"), master.derivedKey(""), MasterKey().derivedKey("a"), master.bytes,
    ]
    #expect(Set(all).count == all.count)
    #expect(master.fingerprint == again.fingerprint && master.fingerprint != MasterKey().fingerprint)
  }

  @Test func `keys of other lengths are refused`() {
    for count in [0, 16, 31, 33, 64] { #expect(MasterKey(SecureRandom.bytes(count)) == nil) }
  }

  @Test func `a key does not print what it is`() throws {
    var shown = ""
    let master = try #require(MasterKey([UInt8](repeating: 201, count: 32)))
    dump(master, to: &shown)
    dump(DataKey(id: 1), to: &shown)
    // By chance it stands in an address or in the fingerprint, but not 32 times.
    #expect(shown.split(separator: "201").count < 8)
  }
}
