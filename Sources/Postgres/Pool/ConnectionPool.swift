// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Synchronization

/// The connections of one loop. Single statements share them, several on their way on each; a transaction has one
/// to itself.
final class ConnectionPool: @unchecked Sendable {
  // Unchecked because everything but `figures` is confined to the loop.
  let loop: EventLoop
  let configuration: PoolConfiguration
  private let info: ConnectionInfo
  private var members: [Member] = []
  private var waitingStatements = WaitingLine<Statement>()
  private var waitingLeases = WaitingLine<LeaseRequest>()
  private var backoff = Backoff(first: .milliseconds(20), longest: .milliseconds(500))
  private var retryTimer: LoopTimer?
  private var lastFailure: PostgresError?
  private var isClosed = false
  private let figures = Mutex(PoolStatistics())
  private let hasFailed = Atomic(false)

  /// A connection and what the pool uses it for.
  private final class Member {
    enum Use { case opening, shared, reserved, leased }
    let connection: Connection
    var use = Use.opening
    init(_ connection: Connection) { self.connection = connection }
  }

  init(_ info: ConnectionInfo, loop: EventLoop, configuration: PoolConfiguration) {
    self.info = info
    self.loop = loop
    self.configuration = configuration
  }

  var statistics: PoolStatistics { figures.withLock { $0 } }
  /// Whether the last attempt to connect succeeded, or none was needed yet.
  var isHealthy: Bool { !hasFailed.load(ordering: .relaxed) }

  // MARK: Statements

  /// Runs one statement on a shared connection.
  func run(_ statement: Statement) {
    loop.assertOnLoop()
    if statement.isCancelled { return statement.finish(.failure(CancellationError())) }
    if let member = member(for: statement) { return member.connection.send(statement) }
    guard mayWait else { return statement.finish(.failure(exhausted)) }
    statement.place = .waiting
    waitingStatements.append(statement)
    statement.timer = loop.schedule(after: configuration.waitLimit) { [self] in
      waitingStatements.remove(statement)
      statement.finish(.failure(exhausted))
      count()
    }
    count()
  }

  /// The task that waits for the statement was cancelled.
  func cancel(_ statement: Statement) {
    loop.assertOnLoop()
    statement.isCancelled = true
    switch statement.place {
    case .new, .done: break
    case .waiting:
      waitingStatements.remove(statement)
      stopTimer(of: statement)
      statement.finish(.failure(CancellationError()))
      count()
    case .sent(let connection): connection.cancelRunningIfAsked()
    }
  }

  /// For a read that may share, where others of this turn wait to be sent. Else an idle connection, else a new one
  /// while there may be more, else the least loaded.
  private func member(for statement: Statement) -> Member? {
    if !waitingStatements.isEmpty { return nil }
    var best: Member?
    let open = members.lazy.filter { $0.use == .shared && !$0.connection.isDraining }
    if statement.mayShare, let member = open.first(where: \.connection.isGathering) { return member }
    for member in open {
      if member.connection.load == 0 { return member }
      if member.connection.load < best?.connection.load ?? configuration.pipelineMax { best = member }
    }
    grow()
    return best
  }

  private func end(_ statement: Statement, _ outcome: Connection.Answered.Outcome) {
    switch outcome {
    case .success(let rows): statement.finish(.success(rows))
    case .undone: sendAgain(statement)
    case .failure(let error):
      if statement.isCancelled && (error.sqlState == "57014" || error.isConnectionLoss) {
        return statement.finish(.failure(CancellationError()))
      }
      if statement.prefix == nil && mayRepeat(statement, error) {
        statement.repeats += 1
        return sendAgain(statement)
      }
      figures.withLock { $0.failures += 1 }
      statement.finish(.failure(error))
    }
  }

  private func sendAgain(_ statement: Statement) {
    statement.mayShare = false
    run(statement)
  }

  /// A statement that the server certainly did not run is sent again, a few times: its plan was stale, or a cancel
  /// request for a neighbour hit it.
  private func mayRepeat(_ statement: Statement, _ error: PostgresError) -> Bool {
    guard statement.repeats < 3, case .sent(let connection) = statement.place else { return false }
    guard members.contains(where: { $0.connection === connection && $0.use != .leased }) else { return false }
    return error.isStalePlan || (error.sqlState == "57014" && connection.isDraining)
  }

  // MARK: Leases

  /// Hands out a connection for one transaction alone.
  func lease(_ request: LeaseRequest) {
    loop.assertOnLoop()
    if request.isCancelled { return request.finish(.failure(CancellationError())) }
    if waitingLeases.isEmpty, let member = idleMember() { return hand(member, to: request) }
    guard mayWait else { return request.finish(.failure(exhausted)) }
    waitingLeases.append(request)
    request.timer = loop.schedule(after: configuration.waitLimit) { [self] in
      waitingLeases.remove(request)
      request.finish(.failure(exhausted))
      count()
    }
    reserve()
    grow()
    count()
  }

  func cancel(_ request: LeaseRequest) {
    loop.assertOnLoop()
    request.isCancelled = true
    guard waitingLeases.remove(request) else { return }
    if let timer = request.timer { loop.cancel(timer) }
    request.finish(.failure(CancellationError()))
    count()
  }

  /// Takes a connection back. One that is not as it was given is closed.
  func release(_ connection: Connection) {
    loop.assertOnLoop()
    guard let member = members.first(where: { $0.connection === connection }) else { return }
    guard connection.isIdle, connection.isOutsideTransaction else {
      return connection.close(.connectionLost("the transaction was left open", mayHaveExecuted: true))
    }
    member.use = .shared
    serve()
  }

  /// One connection always stays for single statements, so that transactions cannot lock them out.
  private var mayLeaseMore: Bool {
    members.count { $0.use == .leased } < max(1, configuration.connectionsMax - 1)
  }

  private func idleMember() -> Member? {
    guard mayLeaseMore else { return nil }
    return members.first { ($0.use == .shared || $0.use == .reserved) && $0.connection.isIdle }
  }

  private func hand(_ member: Member, to request: LeaseRequest) {
    member.use = .leased
    if let timer = request.timer { loop.cancel(timer) }
    request.finish(.success(member.connection))
    count()
  }

  /// Keeps new statements off the least loaded connection, so that a waiting transaction gets it.
  private func reserve() {
    guard mayLeaseMore, members.count(where: { $0.use == .reserved }) < waitingLeases.count else { return }
    let shared = members.filter { $0.use == .shared }
    if shared.count < 2 && configuration.connectionsMax > 1 { return }
    shared.min { $0.connection.load < $1.connection.load }?.use = .reserved
  }

  // MARK: Waiting

  private var mayWait: Bool { !isClosed && waitingStatements.count + waitingLeases.count < configuration.waitingMax }

  private var exhausted: PoolExhausted {
    PoolExhausted(waiting: waitingStatements.count + waitingLeases.count, lastFailure: lastFailure)
  }

  private func stopTimer(of statement: Statement) {
    if let timer = statement.timer { loop.cancel(timer) }
    statement.timer = nil
  }

  /// Gives free connections to whoever waits.
  private func serve() {
    while !waitingLeases.isEmpty, let member = idleMember(), let request = waitingLeases.popFirst() {
      hand(member, to: request)
    }
    if waitingLeases.isEmpty {
      for member in members where member.use == .reserved { member.use = .shared }
    }
    if !waitingStatements.isEmpty { serveStatements() }
    count()
  }

  private func serveStatements() {
    let open = members.filter { $0.use == .shared && !$0.connection.isDraining }
    while let member = open.min(by: { $0.connection.load < $1.connection.load }),
      member.connection.phase == .ready, member.connection.load < configuration.pipelineMax,
      let statement = waitingStatements.popFirst()
    {
      stopTimer(of: statement)
      member.connection.send(statement)
    }
  }

  // MARK: Connections

  private func grow() {
    guard !isClosed, retryTimer == nil, members.count < configuration.connectionsMax,
      !members.contains(where: { $0.use == .opening })
    else { return }
    let member = Member(
      Connection(loop: loop, statementsMax: configuration.preparedMax, sharedMax: configuration.sharedMax))
    members.append(member)
    let setUp = Statement(configuration.setUp)
    member.connection.onEvent = { [weak self, unowned member] event in
      guard let self else { return }
      switch event {
      case .opened: member.use == .opening ? member.connection.send(setUp) : self.serve()
      case .finished(let segment) where segment.first?.request === setUp: self.opened(member, segment[0].outcome)
      case .finished(let segment):
        let member = member  // which may leave the pool meanwhile
        self.figures.withLock { $0.statements += segment.count }
        for finished in segment { self.end(finished.request, finished.outcome) }
        if member.use == .reserved || !self.waitingStatements.isEmpty || !self.waitingLeases.isEmpty { self.serve() }
      case .notified: break
      case .closed(let error): self.closed(member, error)
      }
    }
    member.connection.open(info, within: configuration.connectLimit)
  }

  private func opened(_ member: Member, _ outcome: Connection.Answered.Outcome) {
    if case .failure(let error) = outcome { return member.connection.close(error) }
    if lastFailure != nil { figures.withLock { $0.reconnects += 1 } }
    lastFailure = nil
    hasFailed.store(false, ordering: .relaxed)
    backoff.reset()
    member.use = .shared
    serve()
    if !waitingStatements.isEmpty || !waitingLeases.isEmpty { grow() }
  }

  private func closed(_ member: Member, _ error: PostgresError) {
    members.removeAll { $0 === member }
    count()
    if isClosed { return }
    lastFailure = error
    if member.use == .opening {
      hasFailed.store(true, ordering: .relaxed)
      retryLater()
    } else {
      serve()
      grow()
    }
  }

  private func retryLater() {
    guard retryTimer == nil else { return }
    retryTimer = loop.schedule(after: backoff.next()) { [self] in
      retryTimer = nil
      grow()
    }
  }

  private func count() {
    let open = members.count { $0.use != .opening }
    let busy = members.count { $0.use == .leased || $0.connection.load > 0 }
    let waiting = waitingStatements.count + waitingLeases.count
    figures.withLock { figures in
      figures.open = open
      figures.busy = busy
      figures.waiting = waiting
    }
  }

  /// Closes everything; whoever waits gets an error.
  func close() {
    loop.assertOnLoop()
    isClosed = true
    if let retryTimer { loop.cancel(retryTimer) }
    let closing = PostgresError.connectionLost("the database is being closed", mayHaveExecuted: false)
    while let statement = waitingStatements.popFirst() {
      stopTimer(of: statement)
      statement.finish(.failure(closing))
    }
    while let request = waitingLeases.popFirst() {
      if let timer = request.timer { loop.cancel(timer) }
      request.finish(.failure(closing))
    }
    for member in members { member.connection.close(.connectionLost(closing.message, mayHaveExecuted: true)) }
    members = []
    count()
  }
}
