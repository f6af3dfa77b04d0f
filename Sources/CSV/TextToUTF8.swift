// SPDX-License-Identifier: GPL-3.0-or-later

/// Turns the bytes of a text file into UTF-8, piece by piece. A byte order mark says which encoding it is, and is left
/// out; without one it is what it is said to be. UTF-8 is passed on as it is: whoever reads it finds what is wrong in it.
public struct TextToUTF8: Sendable {
  public enum Encoding: String, Sendable, CaseIterable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    /// What older spreadsheets of western Europe write.
    case windows1252 = "windows-1252"
  }

  /// What it reads, once it has seen the beginning.
  public private(set) var encoding: Encoding
  private var hasBegun = false
  /// Bytes that do not yet make a character.
  private var pending: [UInt8] = []
  private var highSurrogate: UInt16?

  public init(_ encoding: Encoding = .utf8) { self.encoding = encoding }

  public mutating func read(_ bytes: [UInt8]) -> [UInt8] {
    pending += bytes
    if !hasBegun {
      // A mark has up to three bytes.
      if pending.count < 3 { return [] }
      begin()
    }
    return convert()
  }

  /// Ends the input. Half a character becomes the replacement character.
  public mutating func end() -> [UInt8] {
    if !hasBegun { begin() }
    var text = convert()
    if !pending.isEmpty || highSurrogate != nil { text += TextToUTF8.replacement }
    self = TextToUTF8(encoding)
    return text
  }

  private mutating func begin() {
    hasBegun = true
    if pending.starts(with: [0xef, 0xbb, 0xbf]) {
      encoding = .utf8
      pending.removeFirst(3)
    } else if pending.starts(with: [0xff, 0xfe]) {
      encoding = .utf16LittleEndian
      pending.removeFirst(2)
    } else if pending.starts(with: [0xfe, 0xff]) {
      encoding = .utf16BigEndian
      pending.removeFirst(2)
    }
  }

  private mutating func convert() -> [UInt8] {
    switch encoding {
    case .utf8:
      defer { pending = [] }
      return pending
    case .windows1252:
      defer { pending = [] }
      return pending.reduce(into: []) { text, byte in
        TextToUTF8.append(byte < 0xa0 && byte >= 0x80 ? TextToUTF8.windows[Int(byte - 0x80)] : UInt32(byte), to: &text)
      }
    case .utf16LittleEndian: return convertUnits { UInt16($1) << 8 | UInt16($0) }
    case .utf16BigEndian: return convertUnits { UInt16($0) << 8 | UInt16($1) }
    }
  }

  private mutating func convertUnits(_ unit: (UInt8, UInt8) -> UInt16) -> [UInt8] {
    var text: [UInt8] = []
    let end = pending.count & ~1
    for index in stride(from: 0, to: end, by: 2) { take(unit(pending[index], pending[index + 1]), &text) }
    pending.removeFirst(end)
    return text
  }

  private mutating func take(_ unit: UInt16, _ text: inout [UInt8]) {
    if let high = highSurrogate {
      highSurrogate = nil
      if 0xdc00...0xdfff ~= unit {
        return TextToUTF8.append(0x10000 + (UInt32(high) - 0xd800) << 10 + (UInt32(unit) - 0xdc00), to: &text)
      }
      text += TextToUTF8.replacement
    }
    switch unit {
    case 0xd800...0xdbff: highSurrogate = unit
    case 0xdc00...0xdfff: text += TextToUTF8.replacement
    default: TextToUTF8.append(UInt32(unit), to: &text)
    }
  }

  private static func append(_ value: UInt32, to text: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(value) else { return text += replacement }
    text += Array(String(Character(scalar)).utf8)
  }

  private static let replacement = Array("\u{fffd}".utf8)

  /// 0x80 to 0x9f (WHATWG Encoding Standard, index windows-1252).
  private static let windows: [UInt32] = [
    0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d, 0x017d,
    0x8f,
    0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d, 0x017e,
    0x0178,
  ]
}
