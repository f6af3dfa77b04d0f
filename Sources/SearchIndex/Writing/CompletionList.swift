// SPDX-License-Identifier: GPL-3.0-or-later

/// Completions in falling order of weight. Of those that differ in case and marks only, the heaviest stays.
public struct CompletionList: Sendable {
  private let kept: [Completion]

  public init(_ all: [Completion]) {
    var seen: Set<String> = []
    kept = all.sorted { $0.weight > $1.weight }.filter {
      let identity = CompletionPacker.identity($0.text)
      return !identity.isEmpty && $0.text.utf8.count <= CompletionPacker.textBytesMax && seen.insert(identity).inserted
    }
  }

  public var segmentCount: Int { (kept.count + RankedParts.segmentSize - 1) / RankedParts.segmentSize }

  func segment(_ number: Int) -> ArraySlice<Completion> {
    kept.dropFirst(number * RankedParts.segmentSize).prefix(RankedParts.segmentSize)
  }
}
