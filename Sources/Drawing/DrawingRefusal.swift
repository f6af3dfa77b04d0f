// SPDX-License-Identifier: GPL-3.0-or-later

// The map of this module:
//   DrawingProcess    asks child processes for thumbnails, pictures of SVG, and PDF documents; restarts them
//   DrawingSlot       one child: its socket, the request in flight, its time limit
//   DrawingRefusal    why there is no picture
//   Thumbnails        what was asked of an uploaded picture, and what came back
//   Document          a paged text document as data
//   DrawingRequest, DrawingAnswer, ByteWriter, ByteReader   the wire format, shared with `souk-draw`
// Nothing here draws or decodes: the program `souk-draw` does, so its libraries stay out of this process.

/// Why a picture or document was not made.
public enum DrawingRefusal: Error, Equatable, Sendable {
  /// The bytes are no picture at all.
  case notAnImage
  /// A picture, but of a kind that is not accepted; the word names it.
  case unsupported(String)
  /// More pixels than are accepted, by the size the file declares, or by what fits the child's memory.
  case tooLarge(width: Int, height: Int)
  /// More bytes than are accepted.
  case tooManyBytes(max: Int)
  /// Damaged, or cut short.
  case corrupt
  /// Too many requests wait already.
  case busy
  /// The time limit has passed; the child that worked on it was killed.
  case timedOut
  /// The child died at it.
  case crashed
  /// The caller gave up while the request was waiting.
  case cancelled
  /// The drawing process has been stopped.
  case stopped

  /// A stable word for logs and problem documents.
  public var code: String {
    switch self {
    case .notAnImage: "not_an_image"
    case .unsupported: "unsupported"
    case .tooLarge: "too_large"
    case .tooManyBytes: "too_many_bytes"
    case .corrupt: "corrupt"
    case .busy: "busy"
    case .timedOut: "timed_out"
    case .crashed: "crashed"
    case .cancelled: "cancelled"
    case .stopped: "stopped"
    }
  }
}
