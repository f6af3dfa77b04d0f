// SPDX-License-Identifier: GPL-3.0-or-later
import Terminal
import Testing

@testable import souk

@Suite struct CodeEntryTests {
  private func type(_ text: String, _ entry: inout CodeEntry) -> [CodeEntry.Outcome] {
    text.map { entry.handle(Key($0)) }
  }

  @Test func `six digits go out by themselves`() {
    var entry = CodeEntry()
    let outcomes = type("48 29-13", &entry)
    #expect(outcomes.last == .complete("482913"))
    #expect(outcomes.count { $0 == .ignored } == 2)
    #expect(entry.handle(Key("7")) == .ignored)
    #expect(entry.handle(.backspace) == .edited)
    #expect(entry.handle(.enter) == .ignored)
    #expect(entry.handle(Key("4")) == .complete("482914"))
  }

  @Test(arguments: [
    ("482913", true), ("482 913", true), ("Your code is 482-913.", true), ("48291", false), ("4829134", false),
    ("nothing", false),
  ]) func `a pasted code is found in what is around it`(text: String, isCode: Bool) {
    var entry = CodeEntry()
    #expect(entry.paste(text) == (isCode ? .complete("482913") : .ignored))
  }

  @Test func `a letter makes it a recovery code, which Enter sends`() {
    var entry = CodeEntry(allowsRecovery: true)
    #expect(!type("7k2mq-x9d4h", &entry).contains(.ignored))
    #expect(entry.isRecovery)
    #expect(entry.handle(.enter) == .complete("7k2mq-x9d4h"))
    entry.clear()
    #expect(entry.paste(" 7k2mq-x9d4h\n") == .edited)
    #expect(entry.handle(.enter) == .complete("7k2mq-x9d4h"))
    var plain = CodeEntry()
    #expect(type("7k", &plain) == [.edited, .ignored])
  }
}
