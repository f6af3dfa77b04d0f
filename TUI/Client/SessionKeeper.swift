// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import Market
import Synchronization

/// Keeps a person signed in: gives out access tokens that hold, and gets the next one when one ends.
///
/// A refresh token works once and ends the session when it comes twice. So it is spent by one caller at a time: within
/// the process the others wait for the same renewal, and between processes it happens under a lock, in which the file
/// is read first, because somebody else may have renewed it already, and written before the lock is given back.
final class SessionKeeper: Sendable {
  private struct State {
    var session: Session?
    var end: SessionEnd?
    /// The renewal under way. It belongs to the keeper and not to a caller: a caller that gives up must not break off
    /// what has spent the token already.
    var renewal: Task<Result<Session, ClientFailure>, Never>?
    var tell: (@Sendable (SessionNews) -> Void)?
  }

  /// An API key in place of a session: it is what it is, and never renewed.
  let key: String?
  private let file: SessionFile
  private let loop: EventLoop
  private let now: @Sendable () -> Int64
  private let renew: @Sendable (_ refreshToken: String) async throws(ClientFailure) -> Session
  private let state: Mutex<State>

  init(
    _ session: Session?, key: String? = nil, file: SessionFile, loop: EventLoop,
    now: @escaping @Sendable () -> Int64 = { HTTPDate.now },
    renew: @escaping @Sendable (_ refreshToken: String) async throws(ClientFailure) -> Session
  ) {
    self.key = key
    self.file = file
    self.loop = loop
    self.now = now
    self.renew = renew
    state = Mutex(State(session: session))
  }

  var session: Session? { state.withLock { $0.session } }

  /// Where it is told that the session changed or ended.
  func onNews(_ tell: @escaping @Sendable (SessionNews) -> Void) { state.withLock { $0.tell = tell } }

  // MARK: Tokens

  /// A token to call with; nil for nobody. `refused` is one that the server would not have.
  func token(insteadOf refused: String? = nil) async throws(ClientFailure) -> String? {
    if let key {
      if key == refused { throw .refused(ProblemCode.unauthenticated.problem()) }
      return key
    }
    let moment = now()
    let ready = state.withLock { state -> Result<String?, ClientFailure>? in
      if let end = state.end { return .failure(end.failure) }
      guard let session = state.session else { return .success(nil) }
      return session.holds(insteadOf: refused, at: moment) ? .success(session.accessToken) : nil
    }
    if let ready { return try ready.get() }
    return try await renewal(insteadOf: refused).value.get().accessToken
  }

  /// Gets a new token although the old one holds: what it says of the account has changed.
  func renewEarly() async throws(ClientFailure) {
    guard let session else { return }
    _ = try await token(insteadOf: session.accessToken)
  }

  private func renewal(insteadOf refused: String?) -> Task<Result<Session, ClientFailure>, Never> {
    state.withLock { state in
      if let renewal = state.renewal { return renewal }
      let renewal = Task(executorPreference: loop) { [self] in
        let result = await renewLocked(insteadOf: refused)
        self.state.withLock { $0.renewal = nil }
        return result
      }
      state.renewal = renewal
      return renewal
    }
  }

  private func renewLocked(insteadOf refused: String?) async -> Result<Session, ClientFailure> {
    do {
      return .success(try await locked { try await self.renewed(insteadOf: refused) })
    } catch {
      let failure = ClientFailure(error)
      // While the server is away a token that has not quite ended will do.
      if failure.isAway, let session, session.holds(insteadOf: refused, at: now(), margin: 0) {
        return .success(session)
      }
      return .failure(failure)
    }
  }

  private func renewed(insteadOf refused: String?) async throws -> Session {
    guard let mine = session else { throw SessionEnd.signedOut.failure }
    switch TokenPlan(mine: mine, filed: file.read(), refused: refused, now: now()) {
    case .take(let session):
      keep(session)
      return session
    case .over(let end): throw finish(end)
    case .renew(let old):
      // A disk that is full is noticed before the token is spent, not after.
      try file.write(old)
      do {
        let fresh = try await renew(old.refreshToken)
        keep(fresh)
        try store(fresh)
        return fresh
      } catch let failure as ClientFailure where failure.problemCode == .sessionEnded {
        file.remove()
        throw finish(.ended)
      }
    }
  }

  /// A spent token must not stay in the file: the next process would spend it again.
  private func store(_ fresh: Session) throws {
    do { try file.write(fresh) } catch {
      file.remove()
      throw error
    }
  }

  // MARK: Changes

  /// Writes down what a proof has given, unless the session was changed by somebody else meanwhile.
  func note(_ token: ProvenToken) async throws {
    try await locked { [self] in
      guard let mine = session else { return }
      guard let filed = file.read(), filed.session == mine.session else { return keep(mine.proven(by: token)) }
      let proven = filed.proven(by: token)
      try file.write(proven)
      keep(proven)
    }
  }

  /// Puts a session in the file in place of what is there.
  func write(_ session: Session) async throws { try await locked { try self.file.write(session) } }

  /// Removes the session from the file if it is still there.
  func forget() async throws {
    try await locked { [self] in
      guard let mine = session, file.read()?.session == mine.session else { return }
      file.remove()
    }
  }

  private func locked<Success>(_ body: () async throws -> Success) async throws -> Success {
    try await FileLock.hold(file.path + ".lock", on: loop, body)
  }

  private func keep(_ session: Session) {
    let tell = state.withLock { state in
      let isNew = state.session != session
      state.session = session
      return isNew ? state.tell : nil
    }
    tell?(.renewed(session))
  }

  private func finish(_ end: SessionEnd) -> ClientFailure {
    let tell = state.withLock { state in
      let isFirst = state.end == nil
      state.end = end
      return isFirst ? state.tell : nil
    }
    tell?(.over(end))
    return end.failure
  }
}

/// What happens to a session by itself.
enum SessionNews: Sendable, Equatable {
  case renewed(Session)
  case over(SessionEnd)
}
