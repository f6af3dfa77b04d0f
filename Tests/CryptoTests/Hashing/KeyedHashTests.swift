// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Testing

struct KeyedHashTests {
  static let key = SecureRandom.bytes(32)

  @Test func `a hash belongs to its key, its label and every part`() {
    let hash = KeyedHash(key: Self.key, label: "code")
    let stored = hash.hash("chl_1", "123456")
    #expect(stored.count == 32)
    #expect(hash.isHash(stored, of: "chl_1", "123456"))
    #expect(KeyedHash(key: Self.key, label: "code").isHash(stored, of: "chl_1", "123456"))
    #expect(!hash.isHash(stored, of: "chl_1", "123457"))
    #expect(!hash.isHash(stored, of: "chl_2", "123456"))
    #expect(!hash.isHash(stored, of: "chl_11", "23456"))
    #expect(!hash.isHash(stored, of: "chl_1123456"))
    #expect(!hash.isHash(Array(stored.prefix(16)), of: "chl_1", "123456"))
    #expect(!hash.isHash([], of: "chl_1", "123456"))
    #expect(!KeyedHash(key: Self.key, label: "recovery").isHash(stored, of: "chl_1", "123456"))
    #expect(!KeyedHash(key: SecureRandom.bytes(32), label: "code").isHash(stored, of: "chl_1", "123456"))
  }

  /// HKDF-Expand of the key, then HMAC over the framed parts; with the key of 32 times 7 worked out by other software.
  @Test func `stored hashes stay good`() {
    let key = [UInt8](repeating: 7, count: 32)
    #expect(
      Hex.encode(KeyedHash(key: key, label: "code").hash("a", "bc"))
        == "5b41ad8befd3ec7e1de17448ff5e7d03bd99dee5f8be7098dad34c121e632be4")
    #expect(
      Hex.encode(BlindIndex(key: key, label: "people.phone").index(of: "+4512345678"))
        == "2f0577357ab94c66adb088b0adcee894")
  }

  @Test func `a blind index finds equal values of one column`() {
    let phones = BlindIndex(key: Self.key, label: "people.phone")
    let index = phones.index(of: "+4512345678")
    #expect(index.count == BlindIndex.bytesCount)
    #expect(phones.index(of: "+4512345678") == index)
    #expect(phones.index(of: "+4512345679") != index)
    #expect(BlindIndex(key: Self.key, label: "shops.phone").index(of: "+4512345678") != index)
    #expect(BlindIndex(key: SecureRandom.bytes(32), label: "people.phone").index(of: "+4512345678") != index)
    // A hash under the same label is none of its indices.
    #expect(Array(KeyedHash(key: Self.key, label: "people.phone").hash("+4512345678").prefix(16)) != index)
  }

  @Test func `a short key is a mistake`() async {
    await #expect(processExitsWith: .failure) { _ = KeyedHash(key: [1, 2, 3], label: "code") }
    await #expect(processExitsWith: .failure) { _ = BlindIndex(key: [], label: "code") }
  }
}
