// SPDX-License-Identifier: GPL-3.0-or-later

/// The meaning of complete control sequences: xterm's ctlseqs, kitty's keyboard protocol, the Linux console.
enum ControlSequence {
  /// A CSI sequence without its introducer, and its final byte.
  static func decode(_ body: [UInt8], final: UInt8, alt: Bool) -> [TerminalEvent] {
    let marker = body.first.map { $0 >= 0x3c && $0 <= 0x3f ? $0 : 0 } ?? 0
    let parameters = parse(marker == 0 ? body : Array(body.dropFirst()))
    switch (marker, final) {
    case (0x3c, 0x4d), (0x3c, 0x6d):  // < M, < m
      return sgrMouse(parameters, isRelease: final == 0x6d).map { [.mouse($0)] } ?? []
    case (0x3f, 0x63): return [.answer(.attributes(parameters.map(\.value)))]  // ? c
    case (0x3f, 0x75): return [.answer(.kittyKeyboard(parameters.first?.value ?? 0))]  // ? u
    case (0x3f, 0x79):  // ? $ y
      return parameters.count >= 2 ? [.answer(.mode(parameters[0].value, state: parameters[1].value))] : []
    case (0, 0x74): return [.answer(report(parameters.map(\.value)))]  // t
    case (0, 0x49): return body.isEmpty ? [.focus(true)] : []
    case (0, 0x4f): return body.isEmpty ? [.focus(false)] : []
    case (0, _):
      return key(body, parameters, final: final, alt: alt).map { [.key($0)] } ?? unknown(final)
    default: return [.answer(.other)]
    }
  }

  /// A report about the window: of its kinds only the size of a cell is asked for.
  private static func report(_ values: [Int]) -> TerminalAnswer {
    guard values.count == 3, values[0] == 6 else { return .other }
    let cell = Size(columns: values[2], rows: values[1])
    return cell.isCell ? .cell(cell) : .other
  }

  /// Answers we know the shape of but did not wait for are reported as such; all else is dropped.
  private static func unknown(_ final: UInt8) -> [TerminalEvent] {
    [0x52, 0x6e, 0x79, 0x63].contains(final) ? [.answer(.other)] : []
  }

  /// A parameter and its colon-separated parts.
  private struct Parameter {
    var value = 0
    var parts: [Int] = []
  }

  private static func parse(_ body: [UInt8]) -> [Parameter] {
    if body.isEmpty { return [] }
    var result = [Parameter()]
    var current = 0
    var isFirst = true
    func close(_ parameter: inout Parameter) {
      if isFirst { parameter.value = current } else { parameter.parts.append(current) }
      current = 0
    }
    for byte in body {
      switch byte {
      case 0x30...0x39: current = min(current * 10 + Int(byte - 0x30), 1_000_000)
      case 0x3a:
        close(&result[result.count - 1])
        isFirst = false
      case 0x3b:
        close(&result[result.count - 1])
        isFirst = true
        result.append(Parameter())
      default: break
      }
    }
    close(&result[result.count - 1])
    return result
  }

  // MARK: Keys

  private static func key(_ body: [UInt8], _ parameters: [Parameter], final: UInt8, alt: Bool) -> Key? {
    if body.first == 0x5b { return (0x41...0x45).contains(final) ? Key(.function(Int(final) - 0x40)) : nil }
    // Release events of the kitty protocol are nothing to act on.
    if let kind = parameters.dropFirst().first?.parts.first, kind == 3 { return nil }
    var modifiers = parameters.count >= 2 ? self.modifiers(parameters[1].value) : []
    if alt { modifiers.insert(.alt) }
    let first = parameters.first?.value ?? 0
    switch final {
    case 0x7e: return tilde(first).map { Key($0, modifiers) }
    case 0x75: return unicode(first, modifiers)
    case 0x5a: return Key(.tab, modifiers.union(.shift))
    default: return letter(final).map { Key($0, modifiers) }
    }
  }

  static func ss3(_ byte: UInt8, alt: Bool) -> Key? {
    let modifiers: Key.Modifiers = alt ? .alt : []
    if byte == 0x4d { return Key(.enter, modifiers) }
    return letter(byte).map { Key($0, modifiers) }
  }

  private static func letter(_ byte: UInt8) -> Key.Code? {
    switch byte {
    case 0x41: .up
    case 0x42: .down
    case 0x43: .right
    case 0x44: .left
    case 0x46: .end
    case 0x48: .home
    case 0x50...0x53: .function(Int(byte) - 0x4f)
    default: nil
    }
  }

  private static func tilde(_ number: Int) -> Key.Code? {
    switch number {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(number - 10)
    case 17...21: .function(number - 11)
    case 23, 24: .function(number - 12)
    default: nil
    }
  }

  /// `CSI code ; modifiers u`.
  private static func unicode(_ code: Int, _ modifiers: Key.Modifiers) -> Key? {
    switch code {
    case 9: return Key(.tab, modifiers)
    case 13: return Key(.enter, modifiers)
    case 27: return Key(.escape, modifiers)
    case 127, 8: return Key(.backspace, modifiers)
    case 57344...63743: return nil
    default: break
    }
    guard code >= 0x20, code < 0x7f || code >= 0xa0, let scalar = Unicode.Scalar(UInt32(code)) else { return nil }
    return Key(Character(scalar), modifiers)
  }

  private static func modifiers(_ parameter: Int) -> Key.Modifiers {
    let bits = max(0, parameter - 1)
    return Key.Modifiers(rawValue: UInt8(bits & 7))
  }

  // MARK: Mouse

  private static func sgrMouse(_ parameters: [Parameter], isRelease: Bool) -> MouseEvent? {
    guard parameters.count == 3 else { return nil }
    let point = Point(x: max(0, parameters[1].value - 1), y: max(0, parameters[2].value - 1))
    return mouse(parameters[0].value, at: point, isRelease: isRelease)
  }

  static func x10Mouse(_ report: [UInt8]) -> MouseEvent? {
    guard report.allSatisfy({ $0 >= 32 }) else { return nil }
    let code = Int(report[0]) - 32
    let point = Point(x: max(0, Int(report[1]) - 33), y: max(0, Int(report[2]) - 33))
    return mouse(code, at: point, isRelease: code & 3 == 3 && code & 96 == 0)
  }

  private static func mouse(_ code: Int, at point: Point, isRelease: Bool) -> MouseEvent? {
    var modifiers: Key.Modifiers = []
    if code & 4 != 0 { modifiers.insert(.shift) }
    if code & 8 != 0 { modifiers.insert(.alt) }
    if code & 16 != 0 { modifiers.insert(.control) }
    if code & 64 != 0 {
      switch code & 3 {
      case 0: return MouseEvent(.wheelUp, .none, at: point, modifiers)
      case 1: return MouseEvent(.wheelDown, .none, at: point, modifiers)
      default: return nil
      }
    }
    let buttons: [MouseEvent.Button] = [.left, .middle, .right, .none]
    let action: MouseEvent.Action = isRelease ? .release : code & 32 != 0 ? .drag : .press
    return MouseEvent(action, buttons[code & 3], at: point, modifiers)
  }

  // MARK: Answers in strings

  static func answer(introducer: UInt8, _ body: [UInt8]) -> TerminalAnswer {
    let text = String(decoding: body, as: UTF8.self)
    switch introducer {
    case 0x5d where text.hasPrefix("11;"): return background(text.dropFirst(3)) ?? .other
    case 0x50 where text.hasPrefix(">|"): return .version(SafeText.sanitised(text.dropFirst(2)))
    case 0x5f where text.hasPrefix("G"): return .kittyGraphics(isOK: text.hasSuffix(";OK"))
    default: return .other
    }
  }

  /// `rgb:rrrr/gggg/bbbb`, one to four digits per channel.
  private static func background(_ text: Substring) -> TerminalAnswer? {
    guard text.hasPrefix("rgb:") || text.hasPrefix("rgba:"), let colon = text.firstIndex(of: ":") else { return nil }
    let channels = text[text.index(after: colon)...].split(separator: "/").prefix(3).compactMap { digits -> UInt8? in
      guard digits.utf8.count <= 4, let value = Int(digits, radix: 16), value >= 0 else { return nil }
      let full = (1 << (4 * digits.utf8.count)) - 1
      return UInt8(value * 255 / full)
    }
    if channels.count != 3 { return nil }
    return .background(red: channels[0], green: channels[1], blue: channels[2])
  }
}
