// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Testing

struct Money: Codable, Equatable {
  var amount: Int
  var currency: String
}

struct Maker: Codable, Equatable {
  var slug: String
  var displayName: String
}

/// Something like what travels most: nested, with optionals, lists and a dictionary.
struct Card: Codable, Equatable {
  var id: String
  var unitPrice: Money
  var oldPrice: Money?
  var maker: Maker
  var rating: Double
  var tags: [String]
  var inStock: Bool
  var stock: [String: Int]
  var sha256Hex: String?

  static func random(_ dice: inout some RandomNumberGenerator) -> Card {
    let names = ["", "bowl", "Håndlaget \"blå\"", "tab\there\u{0}", "\u{2028}\u{2029}/\\", "🎁👩‍👩‍👧", "e\u{301}"]
    func name() -> String { names.randomElement(using: &dice)! }
    func money() -> Money { Money(amount: .random(in: .min ... .max, using: &dice), currency: name()) }
    return Card(
      id: name(), unitPrice: money(), oldPrice: Bool.random(using: &dice) ? money() : nil,
      maker: Maker(slug: name(), displayName: name()),
      rating: Double(bitPattern: .random(in: 0..<0x7ff0_0000_0000_0000, using: &dice)),
      tags: (0..<Int.random(in: 0...4, using: &dice)).map { _ in name() }, inStock: .random(using: &dice),
      stock: ["camelKey": .random(in: -5...5, using: &dice), name(): 2],
      sha256Hex: Bool.random(using: &dice) ? name() : nil)
  }
}

extension JSONValue {
  static func random(_ dice: inout some RandomNumberGenerator, depth: Int = 4) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &dice) {
    case 0: .null
    case 1: .bool(.random(using: &dice))
    case 2: .int(Int64.random(in: .min ... .max, using: &dice) >> Int64.random(in: 0...63, using: &dice))
    case 3: .double(finite(&dice))
    case 4: .double(Double(Int.random(in: -99_999...99_999, using: &dice)) / 100)
    case 5: .string(text(&dice))
    case 6: .array((0..<Int.random(in: 0...5, using: &dice)).map { _ in random(&dice, depth: depth - 1) })
    default:
      .object(
        (0..<Int.random(in: 0...40, using: &dice)).map { ("k\($0)" + text(&dice), random(&dice, depth: depth - 3)) })
    }
  }

  private static func finite(_ dice: inout some RandomNumberGenerator) -> Double {
    let value = Double(bitPattern: UInt64.random(in: .min ... .max, using: &dice))
    return value.isFinite ? value : 0.5
  }

  private static func text(_ dice: inout some RandomNumberGenerator) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...30, using: &dice) {
      let bound: UInt32 = [0x20, 0x80, 0x800, 0x11_0000].randomElement(using: &dice)!
      text.unicodeScalars.append(Unicode.Scalar(UInt32.random(in: 0..<bound, using: &dice)) ?? "\u{fffd}")
    }
    return text
  }
}

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// Decodes and hands back the error that must come.
func refusal<T: Decodable>(_ type: T.Type, _ json: String, _ decoder: JSONDecoder = JSONDecoder()) -> JSONError? {
  do throws(JSONError) {
    _ = try decoder.decode(type, from: bytes(json))
    return nil
  } catch {
    return error
  }
}
