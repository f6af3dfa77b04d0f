// SPDX-License-Identifier: GPL-3.0-or-later

/// One whole index in a folder of its own. A file beside the folders names the one that serves; a rebuild makes another and
/// turns the name over.
struct Generation: Hashable, Sendable {
  let directory: String
  let number: Int

  var path: String { "\(directory)/\(Generation.prefix)\(number)" }
  var documents: String { path + "/documents" }
  var completions: String { path + "/completions" }
  var columns: String { path + "/columns" }
  var parts: String { path + "/parts" }
  private var sizes: String { path + "/sizes" }

  private static let sizesEnd = "end\n"
  private static let prefix = "generation-"
  private static func pointer(_ directory: String) -> String { directory + "/current" }

  /// The one that serves; nil where there is none.
  static func current(in directory: String) -> Generation? {
    guard let text = Files.read(pointer(directory)), let number = Int(text.filter { $0 != "\n" }) else { return nil }
    return Generation(directory: directory, number: number)
  }

  /// A number that no generation, whole or broken off, has had.
  static func next(in directory: String) throws -> Generation {
    let taken = try all(in: directory).map(\.number) + [current(in: directory)?.number ?? 0]
    return Generation(directory: directory, number: taken.max()! + 1)
  }

  static func all(in directory: String) throws -> [Generation] {
    try Files.names(in: directory).compactMap { name in
      guard name.hasPrefix(prefix), let number = Int(name.dropFirst(prefix.count)) else { return nil }
      return Generation(directory: directory, number: number)
    }
  }

  /// Makes it the one that serves, once all of it is on the disk.
  func publish() throws {
    var sizes = ""
    for folder in [documents, completions] {
      for name in try Files.names(in: folder) {
        try Files.synchronise(folder + "/" + name)
        if name.hasSuffix(".glass") {
          sizes += "\(folder.split(separator: "/").last!)/\(name) \(Files.size(folder + "/" + name) ?? 0)\n"
        }
      }
      try Files.synchronise(folder)
    }
    try Files.synchronise(columns)
    sizes += "columns \(Files.size(columns) ?? 0)\n"
    try Files.replace(self.sizes, with: sizes + Generation.sizesEnd)
    try Files.synchronise(path)
    try Files.replace(Generation.pointer(directory), with: "\(number)\n")
  }

  /// Throws where a file is missing or shorter than it was when the generation was made: tables only grow.
  func checkSizes() throws {
    guard let told = Files.read(sizes), told.hasSuffix(Generation.sizesEnd) else {
      throw IndexFailure(.damaged, "\(sizes) is missing or cut")
    }
    for line in told.dropLast(Generation.sizesEnd.count).split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard parts.count == 2, let least = Int(parts[1]) else { throw IndexFailure(.damaged, "\(sizes) is garbled") }
      guard let size = Files.size("\(path)/\(parts[0])") else { throw IndexFailure(.damaged, "\(parts[0]) is missing") }
      if size < least { throw IndexFailure(.damaged, "\(parts[0]) has \(size) of \(least) bytes") }
    }
  }
}

/// What a generation says of itself, in the metadata of its databases.
enum GenerationKey {
  static let schema = "schema"
  static let position = "position"
  static let ranks = "ranks"
  /// How far the columns are committed, in decimal digits: reader.h knows the name.
  static let columns = "columns"
  static func scale(_ number: Int) -> String { "scale\(number)" }
}
