// SPDX-License-Identifier: GPL-3.0-or-later
internal import CPostgres
import EventLoop

/// One libpq connection in pipeline mode, confined to its loop.
///
/// It does what `Pipeline` and `StatementCache` decide: sends, reads when the descriptor is ready, and hands every
/// finished statement to its owner.
@safe
final class Connection: @unchecked Sendable {
  // Unchecked because every entry asserts the loop.
  enum Phase { case connecting, ready, closed }

  typealias Answered = Pipeline<Statement, Rows>

  enum Event {
    case opened
    /// The statements of one segment.
    case finished([Answered.Finished])
    case notified(channel: String, payload: String)
    /// The last event of a connection.
    case closed(PostgresError)
  }

  let loop: EventLoop
  private(set) var phase = Phase.connecting
  private(set) var statements: StatementCache
  private(set) var pipeline: Answered
  /// What runs outside the pipeline: a script or a copy.
  var conversation: Conversation?
  /// A cancel request is under way, or statements sent before it are still open. Nothing new is sent meanwhile, so
  /// that it cannot hit a later statement.
  private(set) var isDraining = false
  private var isCancelPending = false
  /// What may be sent once the connection has drained.
  private var held: [Statement] = []
  var onEvent: ((Event) -> Void)?
  var handle: OpaquePointer?
  private var fd: Int32 = -1
  private var isWatchingWrites = false
  private var isReadingPaused = false
  private var connectTimer: LoopTimer?

  /// Up to `sharedMax` reads share a synchronisation.
  init(loop: EventLoop, statementsMax: Int, sharedMax: Int = 1) {
    loop.assertOnLoop()
    self.loop = loop
    statements = StatementCache(capacity: statementsMax)
    pipeline = Pipeline(sharedMax: sharedMax)
  }

  deinit { if let handle = unsafe handle { unsafe PQfinish(handle) } }

  /// The statements sent and not yet answered.
  var load: Int { pipeline.count + held.count }
  /// Whether reads wait for the end of the turn, and another may join them.
  var isGathering: Bool { pipeline.isOpen }
  var isIdle: Bool { phase == .ready && pipeline.isEmpty && conversation == nil && !isDraining }
  /// Whether the session is outside any transaction.
  var isOutsideTransaction: Bool { unsafe handle.map { unsafe PQtransactionStatus($0) == PQTRANS_IDLE } ?? false }
  var backendID: Int32 { unsafe handle.map { unsafe PQbackendPID($0) } ?? 0 }

  // MARK: Opening

  func open(_ info: ConnectionInfo, within limit: Duration) {
    connectTimer = loop.schedule(after: limit) { [weak self] in
      self?.close(.connectionLost("connecting took longer than \(limit)", mayHaveExecuted: false))
    }
    if info.isLocal { return began(HandleBox.start(info)) }
    // A host name is looked up while connecting starts, which blocks.
    Task(executorPreference: loop) {
      let started = try? await BlockingCalls.pool.run { HandleBox.start(info) }
      self.loop.onLoop { unsafe self.began(started ?? HandleBox(nil)) }
    }
  }

  private func began(_ box: HandleBox) {
    guard phase == .connecting else {
      if let handle = unsafe box.handle { unsafe PQfinish(handle) }
      return
    }
    unsafe handle = box.handle
    guard let handle = unsafe self.handle, unsafe PQstatus(handle) != CONNECTION_BAD else { return closeForLoss() }
    unsafe _ = PQsetNoticeReceiver(handle, { _, _ in }, nil)  // the default prints to standard error
    watch(.write)
  }

  private func watch(_ interest: EventLoop.Readiness) {
    fd = unsafe PQsocket(handle)
    loop.watch(fd, for: interest) { [self] readiness in ready(readiness) }
  }

  private func ready(_ readiness: EventLoop.Readiness) {
    switch phase {
    case .connecting: continueConnecting()
    case .ready:
      if readiness.contains(.write) { flush() }
      if phase != .ready || readiness == .write { return }
      // The socket fills up and holds the server back while nobody takes what a copy brings.
      if conversation?.isTakingNothing == true && readiness == .read { return pauseReading(true) }
      readInput()
    case .closed: break
    }
  }

  private func continueConnecting() {
    loop.unwatch(fd)  // libpq may close it and open another one under the same number
    switch unsafe PQconnectPoll(handle) {
    case PGRES_POLLING_READING: watch(.read)
    case PGRES_POLLING_WRITING: watch(.write)
    case PGRES_POLLING_OK: opened()
    default: closeForLoss()
    }
  }

  private func opened() {
    guard unsafe PQsetnonblocking(handle, 1) == 0, unsafe PQenterPipelineMode(handle) == 1 else {
      return closeForLoss()
    }
    stopConnectTimer()
    phase = .ready
    watch(.read)
    onEvent?(.opened)
  }

  private func stopConnectTimer() {
    if let connectTimer { loop.cancel(connectTimer) }
    connectTimer = nil
  }

  // MARK: Sending

  /// Sends a statement; its end comes as an event.
  func send(_ statement: Statement) {
    loop.assertOnLoop()
    statement.place = .sent(self)
    guard phase == .ready else {
      return refuse(statement, .connectionLost("the connection is closed", mayHaveExecuted: false))
    }
    if let refusal = statement.sql.refusal { return refuse(statement, refusal) }
    if isDraining { return held.append(statement) }
    var steps: Answered.Steps = .execute
    var isSent = true
    let key = statement.key
    var name = statements.find(key)
    if name == nil {
      let added = statements.add(key)
      name = added.name
      steps.insert(.prepare)
      if let evicted = added.evicted { isSent = deallocate(evicted) }
    }
    if statement.prefix != nil { steps.insert(.prefix) }
    let wasGathering = isGathering
    let cuts = pipeline.add(statement, steps, mayShare: statement.mayShare)
    if cuts.contains(.before) { isSent = unsafe isSent && PQpipelineSync(handle) == 1 }
    if let prefix = statement.prefix {
      isSent = unsafe isSent && PQsendQueryParams(handle, prefix, 0, nil, nil, nil, nil, 1) == 1
    }
    if steps.contains(.prepare) {
      isSent =
        unsafe isSent
        && PQsendPrepare(handle, name, statement.sql.text, Int32(key.types.count), key.types) == 1
    }
    isSent = unsafe isSent && statement.sql.sendPrepared(handle, name ?? "")
    if cuts.contains(.after) { isSent = isSent && synchronise() }
    if !isSent { return closeForLoss() }
    if isGathering && !wasGathering { loop.atEndOfTurn { self.endGathering() } }
  }

  /// Ends a segment that reads may still join: what the turn of the loop has gathered in libpq's buffer is sent.
  private func endGathering() {
    if phase == .ready && pipeline.close() && !synchronise() { closeForLoss() }
  }

  /// Ends a segment. Returns whether the connection still is.
  private func synchronise() -> Bool {
    if unsafe PQpipelineSync(handle) != 1 { return false }
    flush()
    cancelRunningIfAsked()
    return phase == .ready
  }

  private func refuse(_ statement: Statement, _ error: PostgresError) {
    // Once closed there is nobody left to tell but the statement itself: a rollback after a loss would wait for ever.
    guard let onEvent else { return statement.finish(.failure(error)) }
    onEvent(.finished([.init(request: statement, outcome: .failure(error))]))
  }

  /// Frees a prepared statement on the server, in a segment of its own that nobody waits for.
  private func deallocate(_ name: String) -> Bool {
    let cuts = pipeline.add(Statement("deallocate"), .execute)
    return unsafe (!cuts.contains(.before) || PQpipelineSync(handle) == 1)
      && PQsendQueryParams(handle, "deallocate \(name)", 0, nil, nil, nil, nil, 1) == 1 && PQpipelineSync(handle) == 1
  }

  /// Writes what libpq has buffered; watches for room when the socket is full. libpq 15 flushes at every
  /// synchronisation by itself, so this is a system call only when something is left.
  func flush() {
    let left = unsafe PQflush(handle)
    if left < 0 { return closeForLoss() }
    let mustWatch = left == 1
    if mustWatch != isWatchingWrites {
      isWatchingWrites = mustWatch
      watchAgain()
    }
    if !mustWatch { conversation?.hasRoom() }
  }

  private func watchAgain() {
    var interest: EventLoop.Readiness = isReadingPaused ? [] : .read
    if isWatchingWrites { interest.insert(.write) }
    loop.rewatch(fd, for: interest)
  }

  // MARK: Receiving

  func pauseReading(_ isPaused: Bool) {
    if isPaused == isReadingPaused { return }
    isReadingPaused = isPaused
    watchAgain()
  }

  func readInput() {
    if unsafe PQconsumeInput(handle) == 0 { return closeForLoss() }
    if let conversation { conversation.read(from: self) } else { readAnswers() }
    readNotifications()
  }

  private func readAnswers() {
    var emptyAnswers = 0
    while phase == .ready, !pipeline.isEmpty, emptyAnswers < 2, unsafe PQisBusy(handle) == 0 {
      guard let result = unsafe PQgetResult(handle) else {
        emptyAnswers += 1
        _ = pipeline.received(.endOfStep)
        continue
      }
      emptyAnswers = 0
      if unsafe PQresultStatus(result).isCopy {
        unsafe PQclear(result)
        return refuseCopy()
      }
      let finished = unsafe pipeline.received(answer(result))
      if !finished.isEmpty { end(finished) }
    }
  }

  /// A pipeline cannot leave a copy that it did not ask for: libpq reports it for ever.
  private func refuseCopy() {
    let sql = pipeline.answering?.sql.text ?? ""
    let refusal = PostgresError(sqlState: "0A000", message: "use copyIn or copyOut for copy", sql: sql)
    _ = pipeline.received(.failure(refusal))
    close(.connectionLost("the connection was closed because of a copy before", mayHaveExecuted: true))
  }

  private func answer(_ result: OpaquePointer) -> Answered.Answer {
    let sql = pipeline.answering?.sql.text ?? ""
    switch unsafe PQresultStatus(result) {
    case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: return unsafe .success(Rows(result, sql: sql))
    case PGRES_PIPELINE_SYNC:
      unsafe PQclear(result)
      return .synchronised
    case PGRES_PIPELINE_ABORTED:
      unsafe PQclear(result)
      return .skipped
    default:
      let error = unsafe PostgresError(result: result, sql: sql)
      unsafe PQclear(result)
      return .failure(error)
    }
  }

  private func end(_ segment: [Answered.Finished]) {
    var segment = segment
    var staleNames: [String] = []
    for index in segment.indices { explain(&segment[index], &staleNames) }
    if pipeline.isEmpty { statements.forgetFailures() }
    onEvent?(.finished(segment))
    for name in staleNames where phase == .ready && !deallocate(name) { closeForLoss() }
    cancelRunningIfAsked()
    endDraining()
  }

  /// Notes what a failure says of prepared statements, and finds its cause if that is an older one.
  private func explain(_ finished: inout Answered.Finished, _ staleNames: inout [String]) {
    guard case .failure(let error) = finished.outcome else { return }
    let key = finished.request.key
    if !finished.isPrepared { statements.failed(key, error) }
    if error.sqlState == "26000", let cause = statements.failure(of: key) { return finished.outcome = .failure(cause) }
    if error.isStalePlan, let name = statements.remove(key) { staleNames.append(name) }
  }

  private func readNotifications() {
    while phase == .ready, let note = unsafe PQnotifies(handle) {
      let channel = unsafe String(cString: note.pointee.relname)
      let payload = unsafe note.pointee.extra.map { unsafe String(cString: $0) } ?? ""
      unsafe PQfreemem(note)
      onEvent?(.notified(channel: channel, payload: payload))
    }
  }

  // MARK: Cancelling

  /// Ends what runs if its task has been cancelled. A read beside it that is hit instead is sent again, alone.
  func cancelRunningIfAsked() {
    guard phase == .ready, !isCancelPending,
      pipeline.mayRun(where: \.isCancelled) || conversation?.isCancelled == true
    else { return }
    guard let request = unsafe PQgetCancel(handle) else { return closeForLoss() }
    isCancelPending = true
    isDraining = true
    let box = unsafe CancelBox(request)
    Task(executorPreference: loop) {
      let problem = try? await BlockingCalls.pool.run { box.send() }
      self.loop.onLoop { self.cancelled(problem ?? "the cancel request could not be sent") }
    }
  }

  private func cancelled(_ problem: String) {
    isCancelPending = false
    guard phase == .ready else { return }
    if !problem.isEmpty { return close(.connectionLost(problem, mayHaveExecuted: true)) }
    cancelRunningIfAsked()
    endDraining()
  }

  private func endDraining() {
    guard isDraining, !isCancelPending, pipeline.isEmpty, conversation == nil else { return }
    isDraining = false
    let statements = held
    held = []
    for statement in statements {
      statement.isCancelled
        ? refuse(statement, PostgresError(sqlState: "57014", message: "cancelled before it was sent")) : send(statement)
    }
    onEvent?(.opened)
  }

  // MARK: Closing

  /// Closes with libpq's own message. Before it was open nothing can have been carried out.
  func closeForLoss() {
    let text = unsafe handle.flatMap { unsafe PQerrorMessage($0) }.map { unsafe String(cString: $0).trimmedLine }
    let mayHaveExecuted = phase != .connecting
    close(.connectionLost(text ?? "the connection could not be made", mayHaveExecuted: mayHaveExecuted))
  }

  /// Closes the connection; everything unanswered fails with the error.
  func close(_ error: PostgresError) {
    loop.assertOnLoop()
    if phase == .closed { return }
    phase = .closed
    stopConnectTimer()
    if fd >= 0 { loop.unwatch(fd) }
    unsafe PQfinish(handle)
    unsafe handle = nil
    let unanswered = pipeline.drain { statement in
      var lost = error
      lost.sql = statement.sql.text
      return lost
    }
    if !unanswered.isEmpty { onEvent?(.finished(unanswered)) }
    for statement in held { refuse(statement, .connectionLost(error.message, mayHaveExecuted: false)) }
    held = []
    conversation?.lost(error)
    conversation = nil
    onEvent?(.closed(error))
    onEvent = nil
  }
}

extension ExecStatusType {
  fileprivate var isCopy: Bool { self == PGRES_COPY_IN || self == PGRES_COPY_OUT || self == PGRES_COPY_BOTH }
}
