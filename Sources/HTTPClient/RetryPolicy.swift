// SPDX-License-Identifier: GPL-3.0-or-later

/// When a request is worth another attempt, and after which pause. Pure: chance and time come in.
public struct RetryPolicy: Sendable, Equatable {
  /// All attempts, the first included.
  public var attemptsMax = 3
  /// The longest possible pause before the second attempt; it doubles with each further one.
  public var firstPauseMax: Duration = .milliseconds(100)
  public var pauseMax: Duration = .seconds(5)
  /// A server that asks for a longer pause than this gets no further attempt.
  public var retryAfterMax: Duration = .seconds(30)

  public init() {}

  public static let never: RetryPolicy = {
    var policy = RetryPolicy()
    policy.attemptsMax = 1
    return policy
  }()

  /// What an attempt brought.
  enum Outcome {
    case answer(status: Int, retryAfter: Duration?)
    case failure(HTTPClientError)
  }

  /// The pause before the next attempt, or `nil` when the outcome stands. `chance` is in 0..<1; `timeLeft` is what
  /// remains until the request's deadline.
  func pause(
    after outcome: Outcome, attempt: Int, isIdempotent: Bool, chance: Double, timeLeft: Duration?
  ) -> Duration? {
    guard let pause = pause(after: outcome, attempt: attempt, isIdempotent: isIdempotent, chance: chance) else {
      return nil
    }
    // A pause that ends after the deadline only makes the caller wait for nothing.
    if let timeLeft, pause >= timeLeft { return nil }
    return pause
  }

  private func pause(after outcome: Outcome, attempt: Int, isIdempotent: Bool, chance: Double) -> Duration? {
    guard attempt < attemptsMax else { return nil }
    // Without a connection nothing was sent, so even a request that must not be doubled may go again.
    let jittered = longestPause(after: attempt) * chance
    switch outcome {
    case .failure(let error):
      let wasNeverSent = error.kind == .resolve || error.kind == .connect || error.kind == .connectTimeout
      return wasNeverSent || isIdempotent && error.isConnectionFailure ? jittered : nil
    case .answer(let status, let retryAfter):
      guard isIdempotent, [429, 502, 503, 504].contains(status) else { return nil }
      guard let retryAfter else { return jittered }
      // The jitter on top keeps clients that were sent away together from coming back together.
      return retryAfter <= retryAfterMax ? retryAfter + jittered : nil
    }
  }

  /// Exponential growth with a ceiling; full jitter picks anything below it.
  func longestPause(after attempt: Int) -> Duration {
    min(pauseMax, firstPauseMax * (1 << min(attempt - 1, 20)))
  }
}

extension ClientResponse {
  /// How long the server asks to wait: seconds or a date (RFC 9110 §10.2.3).
  func retryAfter(now: Int64) -> Duration? {
    guard let value = headers["Retry-After"]?.trimmed else { return nil }
    if let seconds = UInt32(value) { return .seconds(Int64(seconds)) }
    guard let date = HTTPDate.parse(value) else { return nil }
    return .seconds(max(0, date - now))
  }
}
