// SPDX-License-Identifier: GPL-3.0-or-later

/// How large and how deep a document may be before it is refused.
public struct JSONLimits: Sendable {
  /// Containers inside containers; at most `depthCeiling`.
  public var depth: Int {
    didSet { depth = min(depth, Self.depthCeiling) }
  }
  /// Bytes of text; at most `sizeBytesCeiling`.
  public var sizeBytes: Int {
    didSet { sizeBytes = min(sizeBytes, Self.sizeBytesCeiling) }
  }

  /// Decoding is recursive, and a task's thread has a stack of 512 kB.
  public static let depthCeiling = 512
  /// The tape keeps lengths in 26 bits.
  public static let sizeBytesCeiling = 1 << 26 - 1

  public init(depth: Int = 64, sizeBytes: Int = 1 << 20) {
    self.depth = min(depth, Self.depthCeiling)
    self.sizeBytes = min(sizeBytes, Self.sizeBytesCeiling)
  }
}
