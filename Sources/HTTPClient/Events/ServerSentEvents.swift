// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventLoop

/// A stream of events that comes back by itself when it breaks, from where it was.
///
/// It ends when the server answers 204, and throws when the server refuses (a status that trying again will not
/// change, or something that is no event stream).
public struct ServerSentEvents: AsyncSequence, Sendable {
  /// What happens on the stream.
  public enum Update: Sendable, Equatable {
    /// A connection stands.
    case opened
    case event(ServerSentEvent)
    /// The connection is gone; the next attempt follows after the pause. Without an error the server has ended it whole.
    case lost(HTTPClientError?, retryIn: Duration)
  }

  public typealias Element = Update

  private let client: HTTPClient
  private let request: ClientRequest
  private let lastEventID: String
  private let firstPause: Duration
  private let pauseMax: Duration

  /// `request` needs no Accept field. An idle timeout notices a silent peer when the server sends comments.
  public init(
    client: HTTPClient, request: ClientRequest, lastEventID: String = "", firstPause: Duration = .seconds(1),
    pauseMax: Duration = .seconds(30)
  ) {
    self.client = client
    var request = request
    request.totalTimeout = nil
    request.headers["Accept"] = "text/event-stream"
    request.headers["Cache-Control"] = "no-store"
    self.request = request
    self.lastEventID = lastEventID
    self.firstPause = firstPause
    self.pauseMax = pauseMax
  }

  public func makeAsyncIterator() -> Iterator {
    Iterator(
      client: client, request: request, parser: ServerSentEventParser(lastEventID: lastEventID),
      firstPause: firstPause, pauseMax: pauseMax)
  }

  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let client: HTTPClient
    fileprivate let request: ClientRequest
    fileprivate var parser: ServerSentEventParser
    fileprivate var firstPause: Duration
    fileprivate let pauseMax: Duration
    private var failures = 0
    private var pauseBeforeConnecting: Duration?
    private var body: ByteStream.Iterator?
    private var ready: [ServerSentEvent] = []
    private var isOver = false

    /// Where a stream that goes on after this one begins.
    public var lastEventID: String { parser.lastEventID }

    fileprivate init(
      client: HTTPClient, request: ClientRequest, parser: ServerSentEventParser, firstPause: Duration,
      pauseMax: Duration
    ) {
      self.client = client
      self.request = request
      self.parser = parser
      self.firstPause = firstPause
      self.pauseMax = pauseMax
    }

    public mutating func next() async throws -> Update? {
      while !isOver {
        if !ready.isEmpty { return .event(ready.removeFirst()) }
        do {
          if body == nil {
            if try await connect() { return .opened }
          } else if let bytes = try await body?.next() {
            ready = try parser.parse(bytes)
            if let asked = parser.retryMilliseconds { firstPause = .milliseconds(asked) }
          } else {
            return lose(nil)
          }
        } catch let error as HTTPClientError where error.isPassing {
          return lose(error)
        }
      }
      return nil
    }

    /// Waits as long as the last failure asks for, then connects. Says whether the stream is open.
    private mutating func connect() async throws -> Bool {
      if let pause = pauseBeforeConnecting.take() {
        do { try await client.loop.sleep(for: pause) } catch { throw HTTPClientError.cancelled }
      }
      var request = request
      if !parser.lastEventID.isEmpty { request.headers["Last-Event-ID"] = parser.lastEventID }
      let answer = try await client.stream(request)
      if answer.status == 204 {
        isOver = true
        return false
      }
      guard answer.status == 200 else {
        let isPassing = answer.status == 429 || answer.status >= 500
        throw HTTPClientError(
          isPassing ? .unavailable : .refused, "the event stream answers with status \(answer.status)",
          status: answer.status)
      }
      let type = answer.headers["Content-Type"]?.split(separator: ";").first ?? ""
      guard type.trimmed.equalsIgnoringCase("text/event-stream") else {
        throw HTTPClientError(.badAnswer, "not an event stream: \(type)", status: 200)
      }
      failures = 0
      body = answer.body.makeAsyncIterator()
      return true
    }

    private mutating func lose(_ error: HTTPClientError?) -> Update {
      body = nil
      // What was cut in the middle is sent again; only the id counts.
      parser = ServerSentEventParser(lastEventID: parser.lastEventID)
      let longest = Swift.min(pauseMax, firstPause * (1 << Swift.min(failures, 16)))
      failures += 1
      // Between half and all of it: a server that restarts is not met by everyone at once.
      let pause = longest * Double.random(in: 0.5...1)
      pauseBeforeConnecting = pause
      return .lost(error, retryIn: pause)
    }
  }
}

extension HTTPClientError {
  /// Whether another attempt may find the stream again.
  fileprivate var isPassing: Bool {
    isConnectionFailure || kind == .timeout || kind == .unavailable || kind == .overloaded
  }
}
