// SPDX-License-Identifier: GPL-3.0-or-later
public import EventLoop
import Synchronization

// The map of this module:
//   HTTPClient       sends requests: whole answers (`send`, with retries) or bodies in pieces (`stream`)
//   RetryPolicy      decides about another attempt (pure)
//   Transfer/        libcurl on the loop: CurlEngine runs CurlTransfers, CurlOptions writes a TransferPlan
//   ByteStream       a body in pieces, with back-pressure
//   Events/          server-sent events: a parser (pure) and a stream that reconnects
//   Cache/           RFC 9111: CachePolicy decides (pure), CacheStorage keeps, CachingClient does
//   Mail/            MailMessage writes MIME (pure), MailSender hands it to a server

/// Sends HTTP requests on one loop, without ever blocking it. Usable from any task.
public final class HTTPClient: Sendable {
  let engine: CurlEngine
  public var loop: EventLoop { engine.loop }

  public init(loop: EventLoop, configuration: ClientConfiguration = ClientConfiguration()) {
    engine = CurlEngine(loop: loop, configuration: configuration)
  }

  deinit {
    engine.loop.execute { [engine] in engine.shutDown() }
  }

  /// Sends a request and waits for the whole answer. Any status is an answer; failing to get one throws
  /// `HTTPClientError`. Cancelling the task ends the transfer at once.
  public func send(_ request: ClientRequest) async throws -> ClientResponse {
    try request.validate()
    let start = ContinuousClock.now
    var attempt = 1
    while true {
      let result = await attemptOnce(request, timeLeft: request.timeLeft(since: start))
      let outcome: RetryPolicy.Outcome
      switch result {
      case .success(let answer):
        outcome = .answer(status: answer.status, retryAfter: answer.retryAfter(now: HTTPDate.now))
      case .failure(let error): outcome = .failure(error)
      }
      let pause = request.retry.pause(
        after: outcome, attempt: attempt, isIdempotent: request.isIdempotent, chance: Double.random(in: 0..<1),
        timeLeft: request.timeLeft(since: start))
      guard let pause else { return try result.get() }
      do { try await loop.sleep(for: pause) } catch { throw HTTPClientError.cancelled }
      attempt += 1
    }
  }

  /// Sends a request and returns once the header of the answer is there; the body follows in pieces. There
  /// are no further attempts here.
  public func stream(_ request: ClientRequest) async throws -> StreamingResponse {
    try request.validate()
    let buffer = StreamBuffer(bytesMax: engine.configuration.streamBufferBytesMax)
    let transfer = CurlTransfer(TransferPlan(request, timeLeft: request.totalTimeout), sink: buffer)
    let body = ByteStream(buffer, engine: engine, transfer: transfer)
    engine.loop.onLoop { [engine] in engine.start(transfer) }
    let head = try await withTaskCancellationHandler {
      try await buffer.head()
    } onCancel: {
      engine.loop.execute { [engine] in engine.abort(transfer) }
    }
    return StreamingResponse(status: head.status, headers: head.headers, body: body)
  }

  private func attemptOnce(
    _ request: ClientRequest, timeLeft: Duration?
  ) async -> Result<ClientResponse, HTTPClientError> {
    if let timeLeft, timeLeft <= .zero { return .failure(HTTPClientError(.timeout, "the deadline has passed")) }
    let plan = TransferPlan(request, timeLeft: timeLeft)
    return await engine.perform(plan, responseBytesMax: request.responseBytesMax)
  }
}

extension ClientRequest {
  /// What is left of the time for everything; nil where there is no limit.
  fileprivate func timeLeft(since start: ContinuousClock.Instant) -> Duration? {
    totalTimeout.map { $0 - (ContinuousClock.now - start) }
  }
}

extension CurlEngine {
  /// Runs one transfer to its end. Cancelling the task aborts it.
  func perform(_ plan: TransferPlan, responseBytesMax: Int) async -> Result<ClientResponse, HTTPClientError> {
    let started = Mutex<(transfer: CurlTransfer?, isCancelled: Bool)>((nil, false))
    do {
      return .success(
        try await withTaskCancellationHandler {
          try await withCheckedThrowingContinuation { continuation in
            let transfer = CurlTransfer(plan, sink: CollectingSink(bytesMax: responseBytesMax, continuation))
            let isCancelled = started.withLock { state in
              state.transfer = transfer
              return state.isCancelled
            }
            loop.onLoop {
              if isCancelled { self.abort(transfer) } else { self.start(transfer) }
            }
          }
        } onCancel: {
          let transfer = started.withLock { state in
            state.isCancelled = true
            return state.transfer
          }
          if let transfer { loop.execute { self.abort(transfer) } }
        })
    } catch {
      return .failure(error as? HTTPClientError ?? HTTPClientError(.other, "\(error)"))
    }
  }
}
