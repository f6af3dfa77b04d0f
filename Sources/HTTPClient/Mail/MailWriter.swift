// SPDX-License-Identifier: GPL-3.0-or-later

/// Writes header fields and MIME parts (RFC 5322, 2045, 2047, 2231). Lines end in CR LF and stay short.
struct MailWriter {
  private(set) var bytes: [UInt8] = []

  // MARK: Header fields

  /// A field whose value is known to be plain.
  mutating func field(_ name: String, _ value: String) { line("\(name): \(value)") }

  /// A field of free text.
  mutating func text(_ name: String, _ value: String) {
    line("\(Self.withoutControls(name)): " + Self.phrase(value, startColumn: name.utf8.count + 2))
  }

  mutating func mailboxes(_ name: String, _ mailboxes: [MailMessage.Mailbox]) {
    if mailboxes.isEmpty { return }
    let written = mailboxes.map { mailbox in
      let address = "<\(Self.withoutControls(mailbox.address))>"
      guard let display = mailbox.name, !display.isEmpty else { return address }
      return "\(Self.displayName(display)) \(address)"
    }
    line("\(name): " + written.joined(separator: ",\r\n "))
  }

  // MARK: Parts

  /// A body of text in quoted-printable.
  mutating func body(_ text: String, type: String) {
    field("Content-Type", "\(type); charset=utf-8")
    field("Content-Transfer-Encoding", "quoted-printable")
    line("")
    bytes += quotedPrintable(withNetworkLineEnds(Array(text.utf8)))
    line("")
  }

  mutating func attachment(_ attachment: MailMessage.Attachment) {
    let type = Self.withoutControls(attachment.type)
    field("Content-Type", type)
    field("Content-Transfer-Encoding", "base64")
    line("Content-Disposition: attachment;")
    line(" filename*=UTF-8''\(Self.percentEncoded(attachment.name))")
    line("")
    let encoded = base64(attachment.bytes)
    var start = 0
    while start < encoded.count {
      let end = min(start + 76, encoded.count)
      bytes += encoded[start..<end]
      line("")
      start = end
    }
  }

  /// Parts between boundaries. `parts` calls what it is given once for each.
  mutating func multipart(
    _ kind: String, boundary: String, _ parts: (_ part: ((inout MailWriter) -> Void) -> Void) -> Void
  ) {
    field("Content-Type", "multipart/\(kind);")
    line(" boundary=\"\(boundary)\"")
    line("")
    var inner = MailWriter()
    parts { write in
      inner.line("--\(boundary)")
      write(&inner)
      inner.line("")
    }
    bytes += inner.bytes
    line("--\(boundary)--")
  }

  private mutating func line(_ text: String) {
    bytes += Array(text.utf8)
    bytes += [0x0d, 0x0a]
  }

  // MARK: Words

  /// Plain text as it is; anything else as encoded words, which also take in what would start a new line.
  static func phrase(_ text: String, startColumn: Int) -> String {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f } && !text.contains("=?")
    if isPlain && startColumn + text.utf8.count <= 78 { return text }
    return encodedWords(text, startColumn: startColumn)
  }

  private static func displayName(_ name: String) -> String {
    guard name.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }), !name.contains("=?"), name.utf8.count < 60 else {
      return encodedWords(name, startColumn: 10)
    }
    return "\"" + name.reduce(into: "") { $0 += $1 == "\"" || $1 == "\\" ? "\\\($1)" : "\($1)" } + "\""
  }

  /// RFC 2047: lines of at most 76 characters, and no character is cut in two. Twelve signs frame each word.
  static func encodedWords(_ text: String, startColumn: Int) -> String {
    let firstMax = max(9, (76 - 12 - startColumn) / 4 * 3)
    var words: [[UInt8]] = [[]]
    for scalar in text.unicodeScalars {
      let utf8 = Array(String(scalar).utf8)
      if words[words.count - 1].count + utf8.count > (words.count == 1 ? firstMax : 45) { words.append([]) }
      words[words.count - 1] += utf8
    }
    return words.map { "=?UTF-8?B?" + String(decoding: base64($0), as: UTF8.self) + "?=" }.joined(separator: "\r\n ")
  }

  static func withoutControls(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f }))
  }

  /// RFC 5987's attribute characters stay, everything else is escaped.
  private static func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return text.utf8.reduce(into: "") { result, byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default: result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
  }
}

/// RFC 2045 §6.7 over text whose lines end in CR LF.
func quotedPrintable(_ text: [UInt8]) -> [UInt8] {
  let digits = Array("0123456789ABCDEF".utf8)
  var result: [UInt8] = []
  var column = 0
  for (index, byte) in text.enumerated() {
    if byte == 0x0d || byte == 0x0a {
      result.append(byte)
      column = 0
      continue
    }
    let isLineEnd = index + 1 == text.count || text[index + 1] == 0x0d
    let isBlank = byte == 0x20 || byte == 0x09
    let isPlain = isBlank ? !isLineEnd : byte > 0x20 && byte < 0x7f && byte != UInt8(ascii: "=")
    let width = isPlain ? 1 : 3
    if column + width > 75 {  // the soft break's own sign is the seventy-sixth
      result += [UInt8(ascii: "="), 0x0d, 0x0a]
      column = 0
    }
    if isPlain {
      result.append(byte)
    } else {
      result += [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    column += width
  }
  return result
}

/// RFC 4648 §4, padded.
func base64(_ bytes: [UInt8]) -> [UInt8] {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var result: [UInt8] = []
  result.reserveCapacity((bytes.count + 2) / 3 * 4)
  var index = 0
  while index < bytes.count {
    let left = min(3, bytes.count - index)
    var group = UInt32(bytes[index]) << 16
    if left > 1 { group |= UInt32(bytes[index + 1]) << 8 }
    if left > 2 { group |= UInt32(bytes[index + 2]) }
    for place in 0..<4 {
      result.append(place <= left ? alphabet[Int(group >> UInt32(18 - 6 * place)) & 63] : UInt8(ascii: "="))
    }
    index += 3
  }
  return result
}
