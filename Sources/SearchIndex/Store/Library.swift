// SPDX-License-Identifier: GPL-3.0-or-later
internal import CXapian
internal import Glibc

// The calls of Xapian. A handle is used by one thread at a time; none of them is Sendable.

/// The columns of a generation in memory. Safe from any thread, unlike the others: it has locks of its own.
@safe
final class Columns: @unchecked Sendable {
  fileprivate let handle: OpaquePointer

  init(path: String, numbers: Int) throws {
    var opened: OpaquePointer?
    try unsafe Library.check { unsafe cx_columns_open(path, UInt32(numbers), &opened, $0) }
    unsafe handle = opened!
  }

  deinit { unsafe cx_columns_close(handle) }
}

/// A database that is open for reading.
@safe
final class DatabaseReader {
  private let handle: OpaquePointer
  private let columns: Columns?

  init(path: String, columns: Columns? = nil) throws {
    var opened: OpaquePointer?
    try unsafe Library.check { unsafe cx_reader_open(path, columns?.handle, &opened, $0) }
    unsafe handle = opened!
    self.columns = columns
  }

  deinit { unsafe cx_reader_close(handle) }

  /// Looks at the newest commit; returns whether there was one.
  func refresh() throws -> Bool {
    var isNewer: Int32 = 0
    try unsafe Library.check { unsafe cx_reader_refresh(handle, &isNewer, $0) }
    return isNewer != 0
  }

  func size() throws -> (documents: UInt32, lastDocid: UInt32) {
    var documents: UInt32 = 0
    var last: UInt32 = 0
    try unsafe Library.check { unsafe cx_reader_size(handle, &documents, &last, $0) }
    return (documents, last)
  }

  func frequency(of term: String) throws -> UInt32 {
    var documents: UInt32 = 0
    try unsafe Library.check { message in
      unsafe Library.withBytes(term) { unsafe cx_reader_frequency(handle, $0, $1, &documents, message) }
    }
    return documents
  }

  func metadata(_ key: String) throws -> [UInt8] {
    try unsafe Library.bytes { out, message in
      unsafe Library.withBytes(key) { unsafe cx_reader_metadata(handle, $0, $1, out, message) }
    }
  }

  func spelling(near word: String, editsMax: Int) throws -> String? {
    let found = try unsafe Library.bytes { out, message in
      unsafe Library.withBytes(word) { unsafe cx_reader_spelling(handle, $0, $1, UInt32(editsMax), out, message) }
    }
    return found.isEmpty ? nil : String(decoding: found, as: UTF8.self)
  }

  func synonyms(of word: String) throws -> [String] {
    let found = try unsafe Library.bytes { out, message in
      unsafe Library.withBytes(word) { unsafe cx_reader_synonyms(handle, $0, $1, out, message) }
    }
    return found.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  func search(_ request: [UInt8]) throws -> [UInt8] {
    try unsafe Library.bytes { out, message in
      unsafe request.withUnsafeBufferPointer {
        unsafe cx_reader_search(handle, $0.baseAddress, $0.count, out, message)
      }
    }
  }
}

/// A database that is open for writing: one at a time in all processes.
@safe
final class DatabaseWriter {
  private let handle: OpaquePointer

  init(path: String, isNew: Bool, isDurable: Bool) throws {
    var opened: OpaquePointer?
    try unsafe Library.check { unsafe cx_writer_open(path, isNew ? 1 : 0, isDurable ? 1 : 0, &opened, $0) }
    unsafe handle = opened!
  }

  deinit { unsafe cx_writer_close(handle) }

  func put(_ document: [UInt8], at docid: UInt32) throws {
    try unsafe Library.check { message in
      unsafe document.withUnsafeBufferPointer {
        unsafe cx_writer_put(handle, docid, $0.baseAddress, $0.count, message)
      }
    }
  }

  func remove(_ docid: UInt32) throws {
    try unsafe Library.check { unsafe cx_writer_remove(handle, docid, $0) }
  }

  func find(_ term: String) throws -> UInt32? {
    var docid: UInt32 = 0
    try unsafe Library.check { message in
      unsafe Library.withBytes(term) { unsafe cx_writer_find(handle, $0, $1, &docid, message) }
    }
    return docid == 0 ? nil : docid
  }

  func setMetadata(_ key: String, _ value: [UInt8]) throws {
    try unsafe Library.check { message in
      unsafe Library.withBytes(key) { key, count in
        unsafe value.withUnsafeBufferPointer {
          unsafe cx_writer_set_metadata(handle, key, count, $0.baseAddress, $0.count, message)
        }
      }
    }
  }

  func metadata(_ key: String) throws -> [UInt8] {
    try unsafe Library.bytes { out, message in
      unsafe Library.withBytes(key) { unsafe cx_writer_metadata(handle, $0, $1, out, message) }
    }
  }

  func addSpelling(_ word: String, times: Int) throws {
    try unsafe Library.check { message in
      unsafe Library.withBytes(word) {
        unsafe cx_writer_add_spelling(handle, $0, $1, UInt32(clamping: times), message)
      }
    }
  }

  func addSynonym(_ other: String, of word: String) throws {
    try unsafe Library.check { message in
      unsafe Library.withBytes(word) { word, count in
        unsafe Library.withBytes(other) { unsafe cx_writer_add_synonym(handle, word, count, $0, $1, message) }
      }
    }
  }

  func docids() throws -> [UInt32] {
    let packed = try unsafe Library.bytes { out, message in unsafe cx_writer_docids(handle, out, message) }
    var input = PackedInput(packed)
    return try (0..<packed.count / 4).map { _ in try input.u32() }
  }

  func commit() throws {
    try unsafe Library.check { unsafe cx_writer_commit(handle, $0) }
  }
}

/// Snowball's stemmer of a language; there are none for most.
@safe
final class Stemmer {
  private let handle: OpaquePointer

  init?(language: String) {
    var opened: OpaquePointer?
    let code: Void? = try? unsafe Library.check { unsafe cx_stemmer_open(language, &opened, $0) }
    guard code != nil, let opened = unsafe opened else { return nil }
    unsafe handle = opened
  }

  deinit { unsafe cx_stemmer_close(handle) }

  /// The word itself where the stemmer cannot.
  func stem(_ word: String) -> String {
    var stem = [UInt8](repeating: 0, count: 2 * word.utf8.count + 16)
    var count = stem.count
    let done: Void? = try? unsafe Library.check { message in
      unsafe Library.withBytes(word) { unsafe cx_stemmer_stem(handle, $0, $1, &stem, &count, message) }
    }
    return done == nil ? word : String(decoding: stem[..<count], as: UTF8.self)
  }
}

/// What all the calls share.
enum Library {
  /// Joins databases whose docids do not overlap.
  static func join(_ paths: [String], into destination: String) throws {
    let copies = unsafe paths.map { unsafe strdup($0) }
    defer { for at in unsafe copies.indices { unsafe free(copies[at]) } }
    let names = unsafe copies.map { unsafe UnsafePointer<CChar>($0) }
    try unsafe check { message in
      unsafe names.withUnsafeBufferPointer {
        unsafe cx_join($0.baseAddress, $0.count, destination, message)
      }
    }
  }

  /// Reads every block of a database and throws where something is wrong.
  static func inspect(_ path: String) throws {
    try unsafe check { unsafe cx_check(path, $0) }
  }

  typealias Message = UnsafeMutablePointer<CChar>

  static func check(_ call: (Message) -> Int32) throws {
    var message = [CChar](repeating: 0, count: Int(CX_MESSAGE_BYTES))
    let code = unsafe message.withUnsafeMutableBufferPointer { unsafe call($0.baseAddress!) }
    guard Int(code) != CX_OK else { return }
    let bytes = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    throw IndexFailure(reason(Int(code)), String(decoding: bytes, as: UTF8.self))
  }

  static func bytes(_ call: (UnsafeMutablePointer<cx_bytes>, Message) -> Int32) throws -> [UInt8] {
    var out = unsafe cx_bytes()
    try unsafe check { message in unsafe call(&out, message) }
    defer { unsafe cx_free(out) }
    return unsafe Array(UnsafeBufferPointer(start: out.start, count: out.count))
  }

  static func withBytes(_ text: String, _ body: (UnsafePointer<UInt8>, Int) -> Int32) -> Int32 {
    var text = text
    return text.withUTF8 { utf8 in
      // An empty text may have no address, and C++ wants one.
      var nothing: UInt8 = 0
      return unsafe utf8.baseAddress.map { unsafe body($0, utf8.count) } ?? body(&nothing, 0)
    }
  }

  private static func reason(_ code: Int) -> IndexFailure.Reason {
    switch code {
    case CX_MISSING: .missing
    case CX_LOCKED: .locked
    case CX_DAMAGED: .damaged
    case CX_CHANGED: .busy
    default: .failed
    }
  }
}
