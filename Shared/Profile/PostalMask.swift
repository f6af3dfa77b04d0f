// SPDX-License-Identifier: GPL-3.0-or-later

/// The form of a postal code, which is both how it is checked and how it is written.
///
/// `#` is a digit, `@` a letter, `*` either, `[A-FX]` one of a class; blanks and hyphens are separators; anything else
/// stands for itself. `####-###` takes `1000 205` and writes `1000-205`.
public struct PostalMask: Sendable, Equatable {
  private enum Mark: Sendable, Equatable {
    case oneOf([ClosedRange<UInt8>])
    case separator(UInt8)
  }

  public let text: String
  private let marks: [Mark]

  public init(_ text: String) {
    self.text = text
    var marks: [Mark] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "#"): marks.append(.oneOf([PostalMask.digits]))
      case UInt8(ascii: "@"): marks.append(.oneOf([PostalMask.letters]))
      case UInt8(ascii: "*"): marks.append(.oneOf([PostalMask.digits, PostalMask.letters]))
      case UInt8(ascii: " "), UInt8(ascii: "-"): marks.append(.separator(byte))
      case UInt8(ascii: "["): marks.append(.oneOf(PostalMask.readClass(&rest)))
      default: marks.append(.oneOf([byte...byte]))
      }
    }
    self.marks = marks
  }

  /// The code as it is written; nil when it has another form. Case, width, blanks, hyphens and full stops do not matter.
  public func canonical(_ typed: String) -> String? {
    var rest = typed.unicodeScalars.map(PostalMask.narrow).filter { !" -.".unicodeScalars.contains($0) }
      .map(PostalMask.upperCase)[...]
    var written: [UInt8] = []
    for mark in marks {
      switch mark {
      case .separator(let byte): written.append(byte)
      case .oneOf(let ranges):
        guard let byte = rest.popFirst(), ranges.contains(where: { $0.contains(byte) }) else { return nil }
        written.append(byte)
      }
    }
    return rest.isEmpty ? String(decoding: written, as: UTF8.self) : nil
  }

  /// `ABCEGHJ-N]` from behind its opening bracket.
  private static func readClass(_ rest: inout Substring.UTF8View) -> [ClosedRange<UInt8>] {
    var ranges: [ClosedRange<UInt8>] = []
    while let low = rest.popFirst(), low != UInt8(ascii: "]") {
      var high = low
      if rest.first == UInt8(ascii: "-") {
        rest.removeFirst()
        high = rest.popFirst() ?? low
      }
      ranges.append(low...high)
    }
    return ranges
  }

  private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
  private static let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")

  /// What East Asian keyboards give in full width (Unicode's block of that name), in the usual one.
  private static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0xff01...0xff5e: Unicode.Scalar(scalar.value - 0xfee0) ?? scalar
    case 0x3000, 0xa0: " "
    case 0x2010...0x2015, 0x2212: "-"
    default: scalar
    }
  }

  /// What is not ASCII becomes a byte that no code has.
  private static func upperCase(_ scalar: Unicode.Scalar) -> UInt8 {
    guard scalar.isASCII, let byte = UInt8(exactly: scalar.value) else { return 0 }
    return (0x61...0x7a).contains(byte) ? byte - 0x20 : byte
  }
}
