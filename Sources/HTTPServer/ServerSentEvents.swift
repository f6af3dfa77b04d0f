// SPDX-License-Identifier: GPL-3.0-or-later

/// One message of a `text/event-stream` (the HTML standard, section 9.2).
public struct ServerSentEvent: Sendable, Equatable {
  /// Comes back as the Last-Event-ID header when the client reconnects.
  public var id: String?
  public var event: String?
  public var data: String
  /// How long the client waits before it reconnects.
  public var retryMilliseconds: Int?

  public init(id: String? = nil, event: String? = nil, data: String, retryMilliseconds: Int? = nil) {
    self.id = id
    self.event = event
    self.data = data
    self.retryMilliseconds = retryMilliseconds
  }

  /// The message on the wire. Line breaks in the data become lines of their own; in the other fields they end it.
  public var bytes: [UInt8] {
    var text = ""
    if let id { text += "id: \(ServerSentEvent.firstLine(id))\n" }
    if let event { text += "event: \(ServerSentEvent.firstLine(event))\n" }
    if let retryMilliseconds { text += "retry: \(retryMilliseconds)\n" }
    for line in data.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      text += "data: \(line)\n"
    }
    return Array((text + "\n").utf8)
  }

  fileprivate static func firstLine(_ text: String) -> Substring {
    text.prefix { !$0.isNewline && $0 != "\0" }
  }
}

/// Where the producer of an event stream puts its messages.
public struct ServerSentEventWriter: Sendable {
  public let stream: HTTPStreamWriter

  public func send(_ event: ServerSentEvent) async throws {
    try await stream.write(event.bytes)
  }

  /// Tells the client where it stands, without an event: an id alone is kept for Last-Event-ID and nothing is dispatched.
  public func send(place id: String) async throws {
    try await stream.write(Array("id: \(ServerSentEvent.firstLine(id))\n\n".utf8))
  }
}

extension HTTPResponse {
  /// A stream of events. A comment is sent whenever nothing else was for the time of a heartbeat.
  public static func events(
    heartbeat: Duration = .seconds(15), headers: HTTPHeaders = HTTPHeaders(),
    _ produce: @escaping @Sendable (ServerSentEventWriter) async throws -> Void
  ) -> HTTPResponse {
    var headers = headers
    headers["Content-Type"] = "text/event-stream"
    headers["Cache-Control"] = "no-store"
    // Proxies such as nginx would otherwise collect events before passing them on.
    headers["X-Accel-Buffering"] = "no"
    let beat = HTTPStream.Heartbeat(interval: heartbeat, bytes: Array(":\n\n".utf8))
    let stream = HTTPStream(heartbeat: beat) { try await produce(ServerSentEventWriter(stream: $0)) }
    return HTTPResponse(headers: headers, body: .stream(stream))
  }

  /// The events of a sequence.
  public static func events<Events: AsyncSequence & Sendable>(
    heartbeat: Duration = .seconds(15), of events: Events
  ) -> HTTPResponse where Events.Element == ServerSentEvent {
    .events(heartbeat: heartbeat) { writer in
      for try await event in events { try await writer.send(event) }
    }
  }
}
