// SPDX-License-Identifier: GPL-3.0-or-later

/// Turns the bytes of a terminal into events, in whatever pieces they come.
///
/// Feed it what was read; ask `isWaiting` whether it holds the beginning of something, and call `timeOut` when
/// `escapeTimeout` has passed without more: then a lone escape byte is the Esc key.
public struct KeyDecoder: Sendable {
  /// What the decoder will hold at most.
  public struct Limits: Sendable {
    public var pasteBytesMax = 1 << 20
    public var sequenceBytesMax = 4096
    public init() {}
  }

  private enum State {
    case ground
    case escape
    case csi
    case ss3(alt: Bool)
    /// OSC, DCS, APC, PM or SOS: a string until BEL or ST.
    case string(introducer: UInt8)
    case stringEscape(introducer: UInt8)
    case x10Mouse
    case utf8(expected: Int)
    case paste
  }

  private let limits: Limits
  private var state = State.ground
  private var held: [UInt8] = []
  /// An Esc came directly before this sequence: Alt.
  private var isAlt = false
  private var pasteIsCut = false

  public init(limits: Limits = Limits()) {
    self.limits = limits
  }

  /// Whether the beginning of a key or answer waits for its end.
  public var isWaiting: Bool {
    if case .ground = state { return false }
    return true
  }

  /// Whether a paste is under way; its limit is `pasteTimeout`.
  public var isPasting: Bool {
    if case .paste = state { return true }
    return false
  }

  /// How long an Esc may wait for the rest of a sequence: longer over the network, which splits them.
  public static func escapeTimeout(isRemote: Bool) -> Duration { .milliseconds(isRemote ? 100 : 40) }
  public static let pasteTimeout = Duration.seconds(2)

  /// Takes what was read and returns the events it completes.
  public mutating func feed(_ bytes: some Sequence<UInt8>) -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    for byte in bytes { take(byte, &events) }
    return events
  }

  /// Nothing more came in time: what waits is taken as it stands.
  public mutating func timeOut() -> [TerminalEvent] {
    defer { reset() }
    switch state {
    case .ground: return []
    case .escape: return [.key(Key(.escape, isAlt ? .alt : []))]
    case .csi where held.isEmpty: return [.key(Key("[", .alt))]
    case .ss3: return [.key(Key("O", .alt))]
    case .paste:
      return [.paste(pastedText(), isCut: true)]
    case .csi, .string, .stringEscape, .x10Mouse, .utf8: return []
    }
  }

  private mutating func reset() {
    state = .ground
    held.removeAll(keepingCapacity: true)
    isAlt = false
    pasteIsCut = false
  }

  private mutating func take(_ byte: UInt8, _ events: inout [TerminalEvent]) {
    switch state {
    case .ground: ground(byte, &events)
    case .escape: escape(byte, &events)
    case .csi: csi(byte, &events)
    case .ss3(let alt): ss3(byte, alt: alt, &events)
    case .string(let introducer): string(byte, introducer, &events)
    case .stringEscape(let introducer): stringEscape(byte, introducer, &events)
    case .x10Mouse: x10Mouse(byte, &events)
    case .utf8(let expected): utf8(byte, expected: expected, &events)
    case .paste: paste(byte, &events)
    }
  }

  // MARK: Plain keys

  private mutating func ground(_ byte: UInt8, _ events: inout [TerminalEvent]) {
    let extra: Key.Modifiers = isAlt ? .alt : []
    switch byte {
    case 0x1b:
      state = .escape
      return
    case 0x0d: events.append(.key(Key(.enter, extra)))
    case 0x09: events.append(.key(Key(.tab, extra)))
    case 0x7f, 0x08: events.append(.key(Key(.backspace, extra)))
    case 0x00: events.append(.key(Key(" ", extra.union(.control))))
    case 0x01...0x1a:
      events.append(.key(Key(Character(Unicode.Scalar(byte + 0x60)), extra.union(.control))))
    case 0x1c...0x1f:
      events.append(.key(Key(Character(Unicode.Scalar(byte + 0x40)), extra.union(.control))))
    case 0x20..<0x7f: events.append(.key(Key(Character(Unicode.Scalar(byte)), extra)))
    case 0xc2...0xdf: return beginUTF8(byte, 2)
    case 0xe0...0xef: return beginUTF8(byte, 3)
    case 0xf0...0xf4: return beginUTF8(byte, 4)
    default: break
    }
    isAlt = false
  }

  private mutating func beginUTF8(_ byte: UInt8, _ expected: Int) {
    held = [byte]
    state = .utf8(expected: expected)
  }

  private mutating func utf8(_ byte: UInt8, expected: Int, _ events: inout [TerminalEvent]) {
    guard byte & 0xc0 == 0x80 else {
      // Broken text: the pieces are lost, the new byte is not.
      reset()
      return take(byte, &events)
    }
    held.append(byte)
    if held.count < expected { return }
    let text = String(validating: held, as: UTF8.self)
    let modifiers: Key.Modifiers = isAlt ? .alt : []
    reset()
    // C1 codes are nothing a person types.
    if let scalar = text?.unicodeScalars.first, scalar.value >= 0xa0 {
      events.append(.key(Key(Character(scalar), modifiers)))
    }
  }

  // MARK: Sequences

  private mutating func escape(_ byte: UInt8, _ events: inout [TerminalEvent]) {
    switch byte {
    case 0x5b:  // [
      state = .csi
    case 0x4f:  // O
      state = .ss3(alt: isAlt)
    case 0x5d, 0x50, 0x5f, 0x5e, 0x58:  // ] P _ ^ X
      held.removeAll(keepingCapacity: true)
      state = .string(introducer: byte)
    case 0x1b:
      // Two escapes: the first was a key, unless the second starts an Alt sequence (ESC ESC [ A).
      if isAlt { events.append(.key(.escape)) }
      isAlt = true
    default:
      state = .ground
      isAlt = true
      ground(byte, &events)
    }
  }

  private mutating func csi(_ byte: UInt8, _ events: inout [TerminalEvent]) {
    switch byte {
    case 0x1b:
      reset()
      state = .escape
    case 0x18, 0x1a: reset()
    case 0x4d where held.isEmpty:  // CSI M: an X10 mouse report of three bytes
      state = .x10Mouse
    case 0x5b where held.isEmpty:  // CSI [ A: function keys of the Linux console
      held.append(byte)
    case 0x40...0x7e:
      let sequence = held
      let alt = isAlt
      reset()
      if byte == 0x7e && sequence == [0x32, 0x30, 0x30] {  // 200~
        state = .paste
      } else {
        events.append(contentsOf: ControlSequence.decode(sequence, final: byte, alt: alt))
      }
    case 0x20...0x3f:
      held.append(byte)
      if held.count > limits.sequenceBytesMax { reset() }
    default: reset()
    }
  }

  private mutating func ss3(_ byte: UInt8, alt: Bool, _ events: inout [TerminalEvent]) {
    reset()
    if byte == 0x1b {
      state = .escape
      return
    }
    if let key = ControlSequence.ss3(byte, alt: alt) { events.append(.key(key)) }
  }

  private mutating func x10Mouse(_ byte: UInt8, _ events: inout [TerminalEvent]) {
    held.append(byte)
    if held.count < 3 { return }
    let report = held
    reset()
    if let event = ControlSequence.x10Mouse(report) { events.append(.mouse(event)) }
  }

  // MARK: Strings

  private mutating func string(_ byte: UInt8, _ introducer: UInt8, _ events: inout [TerminalEvent]) {
    switch byte {
    case 0x07: endString(introducer, &events)
    case 0x1b: state = .stringEscape(introducer: introducer)
    case 0x18, 0x1a: reset()
    default:
      // An answer that is too long is swallowed to its end but not kept.
      if held.count < limits.sequenceBytesMax { held.append(byte) }
    }
  }

  private mutating func stringEscape(_ byte: UInt8, _ introducer: UInt8, _ events: inout [TerminalEvent]) {
    if byte == 0x5c {
      endString(introducer, &events)
    } else {
      // The string was never ended: what follows is a new sequence.
      reset()
      state = .escape
      take(byte, &events)
    }
  }

  private mutating func endString(_ introducer: UInt8, _ events: inout [TerminalEvent]) {
    let body = held
    reset()
    events.append(.answer(ControlSequence.answer(introducer: introducer, body)))
  }

  // MARK: Paste

  private static let pasteEnd: [UInt8] = [0x1b, 0x5b, 0x32, 0x30, 0x31, 0x7e]

  private mutating func paste(_ byte: UInt8, _ events: inout [TerminalEvent]) {
    held.append(byte)
    if byte == 0x7e && held.suffix(6).elementsEqual(KeyDecoder.pasteEnd) {
      held.removeLast(6)
      let text = pastedText()
      let isCut = pasteIsCut
      reset()
      events.append(.paste(text, isCut: isCut))
    } else if held.count > limits.pasteBytesMax + 6 {
      // Keep room for the end mark; the tail of an oversized paste is dropped until it comes.
      held.remove(at: limits.pasteBytesMax)
      pasteIsCut = true
    }
  }

  private func pastedText() -> String {
    var text = String.UnicodeScalarView()
    var wasReturn = false
    for scalar in String(decoding: held.prefix(limits.pasteBytesMax), as: UTF8.self).unicodeScalars {
      if scalar == "\r" {
        text.append("\n")
      } else if !(scalar == "\n" && wasReturn) {
        text.append(scalar)
      }
      wasReturn = scalar == "\r"
    }
    return String(text)
  }
}
