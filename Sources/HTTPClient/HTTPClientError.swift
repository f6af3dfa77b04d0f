// SPDX-License-Identifier: GPL-3.0-or-later

/// A transfer that brought no usable answer, in plain words.
public struct HTTPClientError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What went wrong, for decisions. The words are for people.
  public enum Kind: String, Sendable, CaseIterable {
    /// The host's name leads nowhere.
    case resolve
    /// No connection could be made.
    case connect
    /// No connection stood in time; nothing was sent.
    case connectTimeout
    /// The deadline passed, or nothing arrived for too long.
    case timeout
    /// The secure connection failed: certificate, name or protocol.
    case tls
    /// The connection ended before the answer did.
    case interrupted
    /// The answer is larger than allowed.
    case tooLarge
    /// The answer is not what the protocol allows.
    case badAnswer
    case tooManyRedirects
    /// The server refuses: credentials, sender or recipient.
    case refused
    /// The server says to try later.
    case unavailable
    /// The request itself cannot be sent.
    case malformed
    /// The file to send cannot be read.
    case file
    /// The task was cancelled or the client shut down.
    case aborted
    /// Too many transfers are waiting already.
    case overloaded
    case other
  }

  public var kind: Kind
  public var detail: String
  /// The answer code of the server, when it got that far.
  public var status: Int?

  public init(_ kind: Kind, _ detail: String, status: Int? = nil) {
    self.kind = kind
    self.detail = detail
    self.status = status
  }

  public var description: String { "\(kind.words): \(detail)" }

  /// Whether the other side may be unreachable right now, as opposed to unwilling.
  public var isConnectionFailure: Bool {
    switch kind {
    case .resolve, .connect, .connectTimeout, .interrupted: true
    default: false
    }
  }

  static let cancelled = HTTPClientError(.aborted, "the request was cancelled")
}

extension HTTPClientError.Kind {
  var words: String {
    switch self {
    case .resolve: "the host's name was not found"
    case .connect: "no connection"
    case .connectTimeout: "no connection in time"
    case .timeout: "no complete answer in time"
    case .tls: "no secure connection"
    case .interrupted: "the connection broke"
    case .tooLarge: "the answer is too large"
    case .badAnswer: "the answer makes no sense"
    case .tooManyRedirects: "too many redirects"
    case .refused: "the server refuses"
    case .unavailable: "not now"
    case .malformed: "the request cannot be sent"
    case .file: "the file cannot be sent"
    case .aborted: "given up"
    case .overloaded: "too much at once"
    case .other: "the transfer failed"
    }
  }
}
