// SPDX-License-Identifier: GPL-3.0-or-later

/// Turns documents into what is stored: terms and data for Xapian, and the content of a record of columns.
struct DocumentPacker {
  let schema: IndexSchema
  let scales: [NumberScale]
  let lexis: Lexis
  let traits: any TraitNumbering

  /// More terms than a person would write, and fewer than would hurt: what follows in a text is not indexed.
  static let termsMax = 20_000
  static let payloadBytesMax = 1 << 20
  static let columnsBytesMax = 1 << 16

  /// The words of the first field are handed to `firstWords`, for spelling.
  func pack(_ document: IndexDocument, firstWords: (String) -> Void) throws -> PackedParts {
    guard !document.id.isEmpty, document.payload.count <= DocumentPacker.payloadBytesMax else {
      throw IndexFailure(.refused, "a document needs an id, and a payload below a megabyte")
    }
    var out = PackedDocument()
    out.data.sized(document.id)
    out.data.raw(document.payload)
    out.add(term: Term.document)
    out.add(term: Term.id(document.id))
    for key in document.keys { if let term = Term.key(key) { out.add(term: term) } }
    packTexts(document, &out, firstWords)
    var columns = PackedOutput()
    packNumbers(document, &out, &columns)
    try packTraits(document, &out, &columns)
    guard columns.bytes.count <= DocumentPacker.columnsBytesMax else {
      throw IndexFailure(.refused, "the variants of \(document.id) are too many to index")
    }
    return PackedParts(document: out.bytes, columns: columns.bytes)
  }

  private func packTexts(_ document: IndexDocument, _ out: inout PackedDocument, _ firstWords: (String) -> Void) {
    let levels = schema.fields.count
    for (level, field) in schema.fields.enumerated() {
      guard let text = document.texts[field] else { continue }
      var scanner = WordScanner()
      scanner.scan(text) { piece in
        guard out.termCount < DocumentPacker.termsMax else { return }
        switch piece {
        case .word(let word): add(word, level, levels, document.language, &out, firstWords)
        case .compound(let words, let joined):
          for word in words { add(word, level, levels, document.language, &out, firstWords) }
          if !joined.isEmpty { out.add(word: joined, from: level, of: levels) }
        case .run(let letters, let pairs):
          for letter in letters { out.add(word: letter, from: level, of: levels) }
          for pair in pairs { out.add(word: pair, from: level, of: levels) }
        }
      }
    }
  }

  private func add(
    _ word: Word, _ level: Int, _ levels: Int, _ language: String?, _ out: inout PackedDocument,
    _ firstWords: (String) -> Void
  ) {
    out.add(word: word.folded, from: level, of: levels)
    if level == 0 { firstWords(word.folded) }
    if let language, let stem = lexis.stem(of: word, in: language) { out.add(word: stem, from: level, of: levels) }
  }

  private func packNumbers(_ document: IndexDocument, _ out: inout PackedDocument, _ columns: inout PackedOutput) {
    let numbers = schema.numbers.map { document.numbers[$0] }
    var mask = document.place == nil ? 0 : 1 << 31
    for (at, number) in numbers.enumerated() where number != nil { mask |= 1 << at }
    columns.u32(mask)
    for (at, number) in numbers.enumerated() {
      if let number {
        let bucket = scales[at].bucket(of: number)
        out.add(term: Term.bucket(at, fine: bucket))
        out.add(term: Term.bucket(at, coarse: bucket / NumberScale.coarseWidth))
      } else {
        out.add(term: Term.lacks(at))
      }
      columns.u64(UInt64(bitPattern: number ?? 0))
    }
    if let place = document.place {
      columns.i32(place.micro.latitude)
      columns.i32(place.micro.longitude)
      for term in Cells.terms(of: place) { out.add(term: term) }
    }
  }

  private func packTraits(
    _ document: IndexDocument, _ out: inout PackedDocument, _ columns: inout PackedOutput
  ) throws {
    var counted: [Trait] = []
    for keyword in document.keywords {
      out.add(term: Term.keyword(keyword.axis, keyword.value))
      if keyword.isCounted { counted.append(try traits.number(of: keyword)) }
    }
    columns.add(Array(Set(counted)))
    columns.varint(UInt32(document.variants.count))
    for variant in document.variants {
      for keyword in variant { out.add(term: Term.keyword(keyword.axis, keyword.value)) }
      columns.add(try variant.map { try traits.number(of: $0) })
    }
  }
}

/// What one document becomes.
struct PackedParts {
  var document: [UInt8]
  /// Nothing for databases without columns.
  var columns: [UInt8]?
}

extension PackedOutput {
  mutating func add(_ traits: [Trait]) {
    varint(UInt32(traits.count))
    for trait in traits {
      varint(trait.axis)
      varint(trait.value)
    }
  }
}

/// The parts of one document, see writer.cpp for the layout.
struct PackedDocument {
  var data = PackedOutput()
  private(set) var termCount = 0
  private var terms = PackedOutput()

  mutating func add(term: String) {
    terms.u8(UInt8(term.utf8.count))
    terms.raw(term)
    termCount += 1
  }

  /// A word of a field is one of all levels from that field's on.
  mutating func add(word: String, from level: Int, of levels: Int) {
    let size = UInt8(word.utf8.count)
    for above in level..<levels - 1 {
      terms.u8(size + 1)
      terms.u8(UInt8(0x41 + above))
      terms.raw(word)
    }
    terms.u8(size)
    terms.raw(word)
    termCount += levels - level
  }

  var bytes: [UInt8] {
    var out = PackedOutput()
    out.bytes.reserveCapacity(data.bytes.count + terms.bytes.count + 256)
    out.u32(data.bytes.count)
    out.raw(data.bytes)
    out.u32(termCount)
    out.raw(terms.bytes)
    return out.bytes
  }
}
