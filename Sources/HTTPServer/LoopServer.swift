// SPDX-License-Identifier: GPL-3.0-or-later
internal import CMicroHTTPD
import EventLoop
import Glibc
import Synchronization

/// One libmicrohttpd daemon driven by one loop.
@safe
final class LoopServer: @unchecked Sendable {
  // Unchecked because everything is confined to the loop's thread, except `open` before it serves and `ended`.
  let loop: EventLoop
  let configuration: HTTPServerConfiguration
  let counters = LoopCounters()
  let addresses: AddressLimit
  let bodyPolicy: HTTPBodyPolicy
  let handler: HTTPHandler
  /// The time of the last sweep: deadlines are counted from it, so that requests need not read the clock.
  private(set) var now: Duration = .zero
  private(set) var isDraining = false

  private let connectionsMax: Int
  private var daemon: OpaquePointer?
  private var connections: [ServedConnection] = []
  private lazy var lingering = LingeringSockets(
    loop: loop, limits: configuration.linger, count: counters.connectionsLingering
  ) { [unowned self] in endWhenDrained() }
  /// Requests of this run that have no answer yet and must not wait for it unsuspended.
  private var waiting: [ServedConnection] = []
  private var isRunning = false
  var work = DaemonWork()
  private var hook: LoopHook?
  private var sweepTimer: LoopTimer?
  private let started = ContinuousClock.now
  private let ended = Mutex(Ended())
  /// Where a request's head is copied by the library's iterator.
  let scratch: UnsafeMutablePointer<CChar>
  let scratchEntries: UnsafeMutablePointer<cmhd_entry>

  private struct Ended {
    var isOver = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  init(
    loop: EventLoop, configuration: HTTPServerConfiguration, connectionsMax: Int, addresses: AddressLimit,
    bodyPolicy: @escaping HTTPBodyPolicy, handler: @escaping HTTPHandler
  ) {
    self.loop = loop
    self.configuration = configuration
    self.connectionsMax = connectionsMax
    self.addresses = addresses
    self.bodyPolicy = bodyPolicy
    self.handler = handler
    unsafe scratch = .allocate(capacity: configuration.headerBytesMax)
    unsafe scratchEntries = .allocate(capacity: configuration.headersMax)
  }

  deinit {
    unsafe scratch.deallocate()
    unsafe scratchEntries.deallocate()
  }

  // MARK: Starting

  /// Makes the daemon. From any thread, before `serve`.
  func open(listener: Int32) throws {
    var plan = unsafe cmhd_plan()
    unsafe plan.listener = listener
    unsafe plan.connection_memory_bytes = configuration.connectionMemoryBytes
    unsafe plan.connections_max = UInt32(connectionsMax)
    unsafe plan.idle_seconds = UInt32(max(1, configuration.idleTimeout.components.seconds))
    unsafe plan.context = Unmanaged.passUnretained(self).toOpaque()
    unsafe plan.access = serveCallback
    unsafe plan.target = targetCallback
    unsafe plan.connection = connectionCallback
    unsafe plan.completed = completedCallback
    unsafe daemon = withOptionalCString(configuration.keyPEM) { key in
      unsafe withOptionalCString(configuration.certificatePEM) { certificate in
        unsafe plan.key_pem = key
        unsafe plan.certificate_pem = certificate
        return unsafe cmhd_start(&plan)
      }
    }
    if unsafe daemon == nil {
      if configuration.keyPEM == nil { throw HTTPServerFailure.library("libmicrohttpd does not start") }
      throw HTTPServerFailure.certificate(
        "the certificate or its key is not usable: both must be PEM, and the key the certificate's own")
    }
  }

  /// Begins to serve. On the loop.
  func serve() {
    guard let daemon = unsafe daemon else { return }
    // The daemon's callbacks hold an unretained pointer; this reference is given back in `end`.
    _ = unsafe Unmanaged.passRetained(self)
    loop.watch(unsafe cmhd_epoll(daemon), for: .read) { _ in self.run() }
    hook = loop.beforeSleep { self.turn() }
    sweep()
  }

  /// Undoes `open`.
  func abandon() {
    if let daemon = unsafe daemon { unsafe MHD_stop_daemon(daemon) }
    unsafe daemon = nil
  }

  // MARK: Running, on the loop

  /// Whether a request may wait unsuspended. Under TLS more is read from the socket than handed on, so there the
  /// library's word is needed.
  var mayPoll: Bool { work.mayPoll && configuration.keyPEM == nil }

  /// A request has no answer yet: its connection sleeps after this run.
  func noteWaiting(_ connection: ServedConnection) { waiting.append(connection) }

  func run() {
    guard let daemon = unsafe daemon, !isRunning else { return }
    isRunning = true
    work.begin()
    unsafe MHD_run(daemon)
    isRunning = false
    for connection in waiting { connection.sleepUntilAnswered() }
    waiting.removeAll(keepingCapacity: true)
  }

  /// Before the loop sleeps: answers given in this turn, and what the daemon has left over, must not wait.
  private func turn() -> Duration? {
    guard let daemon = unsafe daemon else { return nil }
    // An answer takes three runs: one makes its head, one sends it, one finds that there is nothing more to read.
    for _ in 0..<3 where unsafe work.mustRun(libraryAsks: cmhd_must_run(daemon) != 0) { run() }
    return unsafe work.mustRun(libraryAsks: cmhd_must_run(daemon) != 0) ? .zero : nil
  }

  private var sweepInterval: Duration {
    let shortest = min(
      configuration.headerTimeout, configuration.bodyTimeout, configuration.idleTimeout,
      configuration.requestDeadline, configuration.linger.quiet)
    return max(.milliseconds(20), min(.milliseconds(500), shortest / 8))
  }

  private func sweep() {
    guard unsafe daemon != nil else { return }
    now = ContinuousClock.now - started
    // Backwards, because a connection that ends leaves its place to the last one.
    for index in stride(from: connections.count - 1, through: 0, by: -1) where index < connections.count {
      connections[index].sweep()
    }
    lingering.sweep(at: now)
    // The library notices its own idle connections only when it runs.
    run()
    sweepTimer = loop.schedule(after: sweepInterval) { [weak self] in self?.sweep() }
  }

  // MARK: Connections, on the loop

  func accept(_ connection: ServedConnection) {
    connection.index = connections.count
    connections.append(connection)
    counters.connectionsAccepted.add()
    counters.connectionsOpen.add()
    connection.isAdmitted = addresses.enter(connection.client)
    if connection.isAdmitted { return }
    counters.connectionsRefused.add()
    connection.abort()
  }

  func remove(_ connection: ServedConnection) {
    if connection.isAdmitted { addresses.leave(connection.client) }
    let last = connections.removeLast()
    if last !== connection {
      connections[connection.index] = last
      last.index = connection.index
    }
    counters.connectionsOpen.add(-1)
    if unsafe daemon != nil && connection.mayStillSend { lingering.keep(connection.socket) }
    endWhenDrained()
  }

  // MARK: Ending

  private func endWhenDrained() {
    if isDraining && connections.isEmpty && lingering.isEmpty { loop.execute { self.end() } }
  }

  func beginDrain(within limit: Duration) {
    guard let daemon = unsafe daemon, !isDraining else { return }
    isDraining = true
    let listener = unsafe MHD_quiesce_daemon(daemon)
    if listener >= 0 { close(listener) }
    for connection in connections { connection.drain() }
    run()
    if connections.isEmpty && lingering.isEmpty { return end() }
    loop.schedule(after: limit) { [weak self] in self?.end() }
  }

  /// Cuts what is left, and stops the daemon. The library demands that no connection is suspended then.
  private func end() {
    guard let daemon = unsafe daemon else { return }
    for connection in connections { connection.abort() }
    run()
    lingering.endAll()
    // The daemon's descriptor is closed with it; nothing may call it from here on.
    loop.unwatch(unsafe cmhd_epoll(daemon))
    if let hook { loop.remove(hook) }
    if let sweepTimer { loop.cancel(sweepTimer) }
    unsafe self.daemon = nil
    unsafe MHD_stop_daemon(daemon)
    unsafe Unmanaged.passUnretained(self).release()
    let waiting = ended.withLock { ended in
      ended.isOver = true
      defer { ended.waiting = [] }
      return ended.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  func waitForEnd() async {
    await withCheckedContinuation { continuation in
      let isOver = ended.withLock { ended in
        if !ended.isOver { ended.waiting.append(continuation) }
        return ended.isOver
      }
      if isOver { continuation.resume() }
    }
  }
}

private func withOptionalCString<Result>(
  _ string: String?, _ body: (UnsafePointer<CChar>?) -> Result
) -> Result {
  guard let string else { return body(nil) }
  return unsafe string.withCString { unsafe body($0) }
}
