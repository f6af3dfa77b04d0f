// SPDX-License-Identifier: GPL-3.0-or-later

/// A complete answer. A body that came compressed is decoded, and the fields that described its coding are gone.
public struct ClientResponse: Sendable, Equatable {
  public var status: Int
  public var headers: HeaderFields
  public var body: [UInt8]

  public init(status: Int, headers: HeaderFields = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  public var isSuccess: Bool { 200..<300 ~= status }

  /// The body as text; broken UTF-8 is repaired.
  public var text: String { String(decoding: body, as: UTF8.self) }
}

/// An answer whose body arrives in pieces.
public struct StreamingResponse: Sendable {
  public var status: Int
  public var headers: HeaderFields
  /// Ends the transfer when it is no longer held. Read it once.
  public var body: ByteStream
}

/// Status and header of an answer.
struct ResponseHead: Sendable {
  var status = 0
  var headers = HeaderFields()
}
