// SPDX-License-Identifier: GPL-3.0-or-later
import CSV
import Testing

@Suite struct CSVParserTests {
  @Test(
    "a file is read as its writer meant it",
    arguments: [
      ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
      ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
      ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
      ("a,b", [["a", "b"]]),
      ("a,\n", [["a", ""]]),
      (",\n", [["", ""]]),
      ("\"\"\n", [[""]]),
      ("\n\r\n\na\n\n", [["a"]]),
      ("\"a,b\",\"say \"\"so\"\"\"\n", [["a,b", "say \"so\""]]),
      ("\"two\nlines\",x\n", [["two\nlines", "x"]]),
      ("\"two\r\nlines\",x\r\n", [["two\r\nlines", "x"]]),
      ("5\" nails,x\n", [["5\" nails", "x"]]),
      ("čaj,茶,🍵\n", [["čaj", "茶", "🍵"]]),
      ("", []), ("\n", []), ("\"", []),
    ])
  func reads(_ text: String, _ records: [[String]]) {
    #expect(read(text).compactMap { try? $0.get().fields } == records)
  }

  @Test(
    "what cannot be read is a fault with its place, and the next record is read",
    arguments: [
      ("a\n\"b\"x,c\nd\n", CSVFault(.textAfterQuote, line: 2, field: 1), [["a"], ["d"]]),
      ("a,b\n1,\"2\n3\n", CSVFault(.unclosedQuote, line: 2, field: 2), [["a", "b"]]),
      ("a\n123456789\nb\n", CSVFault(.fieldTooLong(8), line: 2, field: 1), [["a"], ["b"]]),
      ("a\nx,\"1234\n56789\"\"\n,\",z\nb\n", CSVFault(.fieldTooLong(8), line: 2, field: 2), [["a"], ["b"]]),
      ("a\n1234567,1234567,1\nb\n", CSVFault(.recordTooLong(14), line: 2, field: 3), [["a"], ["b"]]),
      ("a\n,,,,\nb\n", CSVFault(.tooManyFields(4), line: 2, field: 4), [["a"], ["b"]]),
      ("a\nx\0y\nb\n", CSVFault(.zeroByte, line: 2, field: 1), [["a"], ["b"]]),
    ])
  func faults(_ text: String, _ fault: CSVFault, _ records: [[String]]) {
    let results = read(text, CSVLimits(fieldBytesMax: 8, recordBytesMax: 14, fieldsMax: 4))
    #expect(results.compactMap { try? $0.get().fields } == records)
    #expect(results.compactMap { if case .failure(let fault) = $0 { fault } else { nil } } == [fault])
  }

  @Test func `bytes that are not UTF-8 are told with their field`() {
    var parser = CSVParser()
    var results: [Result<CSVRecord, CSVFault>] = []
    parser.read([UInt8(ascii: "a"), UInt8(ascii: ","), 0xe9, UInt8(ascii: "\n"), UInt8(ascii: "b"), 0x0a]) {
      results.append($0)
    }
    #expect(results == [.failure(CSVFault(.notUTF8, line: 1, field: 2)), .success(CSVRecord(line: 2, fields: ["b"]))])
  }

  @Test func `a record knows its line, also after fields of several lines`() {
    let lines = read("a\n\"b\nb\nb\"\n\nc\n").compactMap { try? $0.get().line }
    #expect(lines == [1, 2, 6])
  }

  @Test(arguments: 0..<200) func `what is written is read back, in pieces of any size`(_ seed: UInt64) {
    var random = SplitMix(seed)
    let alphabet = ["a", "ß", "茶", "\"", ",", ";", "\t", "\n", "\r", "\r\n", " ", "=", "'", "-", "1"]
    let dialect = [CSVDialect.comma, .semicolon, .tab][Int.random(in: 0..<3, using: &random)]
    let table = (0..<Int.random(in: 0..<6, using: &random)).map { _ in
      (0..<Int.random(in: 1..<5, using: &random)).map { _ in
        (0..<Int.random(in: 0..<6, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "" }.joined()
      }
    }
    let bytes = table.flatMap { CSVWriter(dialect).line($0.map(FormulaGuard.neutralised)) }
    var parser = CSVParser(dialect)
    var back: [[String]] = []
    let take = { (result: Result<CSVRecord, CSVFault>) throws in
      back.append(try result.get().fields.map(FormulaGuard.restored))
    }
    #expect(throws: Never.self) {
      var rest = bytes[...]
      while !rest.isEmpty {
        let piece = rest.prefix(Int.random(in: 1...7, using: &random))
        rest = rest.dropFirst(piece.count)
        try parser.read(Array(piece), take)
      }
      try parser.end(take)
    }
    #expect(back == table)
  }

  @Test(arguments: 0..<300) func `no bytes break it, and pieces change nothing`(_ seed: UInt64) {
    var random = SplitMix(seed)
    let alphabet: [UInt8] = [0x22, 0x22, 0x2c, 0x0a, 0x0d, 0x61, 0x00, 0xff, 0xc3, 0xa9]
    let bytes = (0..<Int.random(in: 0..<80, using: &random)).map { _ in
      alphabet.randomElement(using: &random) ?? 0
    }
    let limits = CSVLimits(fieldBytesMax: 6, recordBytesMax: 12, fieldsMax: 3)
    var whole = CSVParser(limits: limits)
    var pieces = CSVParser(limits: limits)
    var first: [Result<CSVRecord, CSVFault>] = []
    var second: [Result<CSVRecord, CSVFault>] = []
    whole.read(bytes) { first.append($0) }
    whole.end { first.append($0) }
    for byte in bytes { pieces.read([byte]) { second.append($0) } }
    pieces.end { second.append($0) }
    #expect(first == second)
  }

  private func read(_ text: String, _ limits: CSVLimits = CSVLimits()) -> [Result<CSVRecord, CSVFault>] {
    var parser = CSVParser(limits: limits)
    var results: [Result<CSVRecord, CSVFault>] = []
    parser.read(Array(text.utf8)) { results.append($0) }
    parser.end { results.append($0) }
    return results
  }
}

struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
