// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Terminal

@Suite struct KeyDecoderTests {
  static let known: [(String, [TerminalEvent])] = [
    ("a", [.key(Key("a"))]),
    ("é漢🛒", [.key(Key("é")), .key(Key("漢")), .key(Key("🛒"))]),
    ("\r\t\u{7f}", [.key(.enter), .key(.tab), .key(.backspace)]),
    ("\u{03}\u{10}\u{0a}", [.key(.control("c")), .key(.control("p")), .key(.control("j"))]),
    ("\u{1b}[A\u{1b}OB\u{1b}[1;5C", [.key(.up), .key(.down), .key(Key(.right, .control))]),
    ("\u{1b}[Z\u{1b}[3~\u{1b}[5;2~", [.key(.backTab), .key(.delete), .key(Key(.pageUp, .shift))]),
    (
      "\u{1b}OP\u{1b}[15~\u{1b}[24~\u{1b}[[A",
      [.key(Key(.function(1))), .key(Key(.function(5))), .key(Key(.function(12))), .key(Key(.function(1)))]
    ),
    ("\u{1b}x\u{1b}é\u{1b}\r", [.key(Key("x", .alt)), .key(Key("é", .alt)), .key(Key(.enter, .alt))]),
    ("\u{1b}\u{1b}[A", [.key(Key(.up, .alt))]),
    ("\u{1b}[27u\u{1b}[112;5u\u{1b}[13;2u", [.key(.escape), .key(.control("p")), .key(Key(.enter, .shift))]),
    ("\u{1b}[97;1:3u", []),
    (
      "\u{1b}[<0;10;5M\u{1b}[<0;10;5m",
      [.mouse(MouseEvent(.press, at: Point(x: 9, y: 4))), .mouse(MouseEvent(.release, at: Point(x: 9, y: 4)))]
    ),
    ("\u{1b}[<65;300;200M", [.mouse(MouseEvent(.wheelDown, .none, at: Point(x: 299, y: 199)))]),
    ("\u{1b}[M !!", [.mouse(MouseEvent(.press, at: Point(x: 0, y: 0)))]),
    ("\u{1b}[I\u{1b}[O", [.focus(true), .focus(false)]),
    ("\u{1b}[200~a\u{1b}[Ab\r\nc\rd\u{1b}[201~e", [.paste("a\u{1b}[Ab\nc\nd", isCut: false), .key(Key("e"))]),
    ("\u{1b}[?62;4c", [.answer(.attributes([62, 4]))]),
    ("\u{1b}[?2026;2$y", [.answer(.mode(2026, state: 2))]),
    ("\u{1b}]11;rgb:1c1c/ffff/0000\u{1b}\\x", [.answer(.background(red: 28, green: 255, blue: 0)), .key(Key("x"))]),
    ("\u{1b}]11;rgb:f/0/8\u{07}", [.answer(.background(red: 255, green: 0, blue: 136))]),
    ("\u{1b}P>|kitty(0.35)\u{1b}\\", [.answer(.version("kitty(0.35)"))]),
    ("\u{1b}[?1u", [.answer(.kittyKeyboard(1))]),
    ("\u{1b}_Gi=31;OK\u{1b}\\", [.answer(.kittyGraphics(isOK: true))]),
    ("\u{1b}]4;1;rgb:1/2/3\u{1b}[A", [.key(.up)]),
  ]

  @Test(arguments: known.indices) func `known bytes become their events`(_ index: Int) {
    let (bytes, events) = KeyDecoderTests.known[index]
    var decoder = KeyDecoder()
    #expect(decoder.feed(bytes.utf8) == events)
    #expect(!decoder.isWaiting)
  }

  @Test(arguments: known.indices) func `bytes mean the same wherever a read splits them`(_ index: Int) {
    let (text, events) = KeyDecoderTests.known[index]
    let bytes = Array(text.utf8)
    for first in 0...bytes.count {
      for second in first...bytes.count {
        var decoder = KeyDecoder()
        let pieces = [bytes[..<first], bytes[first..<second], bytes[second...]]
        #expect(pieces.flatMap { decoder.feed($0) } == events, "split at \(first) and \(second)")
      }
    }
  }

  @Test func `a lone escape byte is the Esc key once its time is over`() {
    var decoder = KeyDecoder()
    #expect(decoder.feed([0x1b]) == [])
    #expect(decoder.isWaiting)
    #expect(decoder.timeOut() == [.key(.escape)])
    #expect(decoder.feed("a".utf8) == [.key(Key("a"))])
  }

  @Test func `an unfinished Alt bracket is given after its time`() {
    var decoder = KeyDecoder()
    _ = decoder.feed("\u{1b}[".utf8)
    #expect(decoder.timeOut() == [.key(Key("[", .alt))])
    _ = decoder.feed("\u{1b}O".utf8)
    #expect(decoder.timeOut() == [.key(Key("O", .alt))])
  }

  @Test func `a paste without an end is delivered as it stands and lets keys through again`() {
    var decoder = KeyDecoder()
    #expect(decoder.feed("\u{1b}[200~abc".utf8) == [])
    #expect(decoder.isPasting)
    #expect(decoder.timeOut() == [.paste("abc", isCut: true)])
    #expect(decoder.feed("x".utf8) == [.key(Key("x"))])
  }

  @Test func `an oversized paste is cut at the limit and its end is still found`() {
    var limits = KeyDecoder.Limits()
    limits.pasteBytesMax = 10
    var decoder = KeyDecoder(limits: limits)
    let events = decoder.feed("\u{1b}[200~0123456789abcdefghijklmnopqrstuvwxyz\u{1b}[201~q".utf8)
    #expect(events == [.paste("0123456789", isCut: true), .key(Key("q"))])
  }

  @Test func `broken text loses only itself`() {
    var decoder = KeyDecoder()
    #expect(decoder.feed([0xe6, 0xbc, 0x61, 0xff, 0x62]) == [.key(Key("a")), .key(Key("b"))])
  }

  @Test func `random bytes never stop the decoder and a time-out always frees it`() {
    var generator = SystemRandomNumberGenerator()
    let alphabet: [UInt8] = [
      0x1b, 0x5b, 0x4f, 0x5d, 0x3b, 0x30, 0x32, 0x7e, 0x4d, 0x6d, 0x3c, 0x3f, 0x41, 0xc3, 0xa9, 0x07,
    ]
    for _ in 0..<2000 {
      var decoder = KeyDecoder()
      let bytes = (0..<Int.random(in: 1...40)).map { _ in
        Bool.random() ? alphabet.randomElement(using: &generator)! : UInt8.random(in: 0...255)
      }
      let whole = decoder.feed(bytes) + decoder.timeOut()
      var other = KeyDecoder()
      let single = bytes.flatMap { other.feed([$0]) } + other.timeOut()
      #expect(whole == single)
      #expect(!decoder.isWaiting)
    }
  }
}
