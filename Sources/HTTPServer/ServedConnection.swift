// SPDX-License-Identifier: GPL-3.0-or-later
internal import CMicroHTTPD
import EventLoop
import Glibc

/// One connection and the request that is on it. The object lives as long as the connection and is used again for
/// each request; an answer that comes too late is told by its number.
///
///     idle → head → body → running → answering → idle
///                                  ↘ streaming ↗
@safe
final class ServedConnection: @unchecked Sendable {
  // Unchecked because everything is confined to the loop's thread; the tasks of requests come back to it.
  let server: LoopServer
  let handle: OpaquePointer
  let socket: Int32
  let remoteAddress: String
  let client: AddressLimit.Client
  /// The place in the server's list.
  var index = 0

  enum Phase { case idle, head, body, running, answering, streaming }
  var phase = Phase.idle
  /// When the phase began, by the server's sweeps.
  var since: Duration
  private(set) var isSuspended = false
  /// The request waits unsuspended: the library asks for its answer whenever it runs.
  private(set) var isPolled = false
  /// A head or a body is coming, or a file, a stream or a large answer going: the library may have more to do although
  /// the socket tells nothing new.
  var movesInPieces = false {
    didSet { countPieces() }
  }
  private var isCountedAsMoving = false
  var isAborted = false
  private var isCut = false
  var isAdmitted = false
  var isCounted = false
  private var hasServed = false
  /// The last request has arrived to its end.
  var isRequestWhole = false
  /// The client wants the connection to end after this request.
  var wantsEnd = false
  /// Whether it was looked whether the client has ended its side since the last request.
  private var hasLooked = false
  private var isWatchingPeer = false

  // The request
  var path = ""
  var query: String?
  var isTargetMalformed = false
  var head: HTTPRequestHead?
  var asksForGzipTag = false
  var upload = Upload()

  // The answer
  var number: UInt64 = 0
  var task: Task<Void, Never>?
  var pending: PreparedAnswer?
  var queue: ChunkQueue?
  private var heartbeat: HTTPStream.Heartbeat?
  private var lastBeat: Duration = .zero

  init(server: LoopServer, handle: OpaquePointer) {
    self.server = server
    unsafe self.handle = handle
    socket = unsafe cmhd_socket(handle)
    since = server.now
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    var raw = [UInt8](repeating: 0, count: 16)
    unsafe cmhd_address(handle, &text, text.count, &raw)
    remoteAddress = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    client = AddressLimit.Client(raw)
  }

  var configuration: HTTPServerConfiguration { server.configuration }

  func enter(_ phase: Phase) {
    self.phase = phase
    since = server.now
  }

  // MARK: Waiting and waking

  /// Sleeps until the answer is there; called between two turns of the library. Had it been put to sleep inside the
  /// turn, the library would look for more bytes before it takes the answer, and close the connection of a client that
  /// has ended its sending side.
  func sleepUntilAnswered() {
    guard phase == .running, !isSuspended, !isAborted else { return }
    suspend()
    if pending != nil { resume() }
  }

  func suspend() {
    stopPolling()
    isSuspended = true
    countPieces()
    unsafe MHD_suspend_connection(handle)
  }

  func resume() {
    guard isSuspended else { return }
    isSuspended = false
    countPieces()
    stopWatchingPeer()
    unsafe MHD_resume_connection(handle)
    server.work.noteNews()
  }

  /// Waits for the answer. To suspend a connection and to resume it costs three system calls and a run of the library
  /// more, which a short wait is not worth; the next sweep suspends those that wait longer.
  func waitForAnswer() {
    guard server.mayPoll else { return server.noteWaiting(self) }
    isPolled = true
    server.work.polledCount += 1
  }

  private func stopPolling() {
    if !isPolled { return }
    isPolled = false
    server.work.polledCount -= 1
  }

  private func countPieces() {
    let isMoving = movesInPieces && !isSuspended
    if isMoving == isCountedAsMoving { return }
    isCountedAsMoving = isMoving
    server.work.movingCount += isMoving ? 1 : -1
  }

  /// Hands over the answer of the request with that number; a late one is dropped.
  func deliver(_ answer: PreparedAnswer, to number: UInt64) {
    guard number == self.number, phase == .running, pending == nil else { return }
    pending = answer
    guard isPolled else { return resume() }
    stopPolling()
    server.work.noteNews()
  }

  func begin(_ stream: ChunkQueue, heartbeat: HTTPStream.Heartbeat?) {
    queue = stream
    self.heartbeat = heartbeat
    lastBeat = server.now
    enter(.streaming)
    if server.isDraining { drain() }
  }

  /// The library is done with the request, well or not.
  func endRequest() {
    stopPolling()
    movesInPieces = false
    // The next request may have come already; and after a suspension the library listens only when it has looked.
    server.work.noteUnfinished()
    task?.cancel()
    queue?.finish(.abandoned)
    task = nil
    queue = nil
    pending = nil
    head = nil
    upload = Upload()
    number &+= 1
    hasServed = true
    hasLooked = false
    if isCounted {
      isCounted = false
      server.counters.requestsRunning.add(-1)
    }
    enter(.idle)
    if server.isDraining { cmhd_end_reading(socket) }
  }

  // MARK: The sweep

  /// Looks at the clock: cuts slow clients, ends what takes too long, watches for clients that leave.
  func sweep() {
    let elapsed = server.now - since
    switch phase {
    case .idle where hasServed:
      if elapsed > configuration.idleTimeout {
        cut()
      } else if !hasLooked {
        // Once is enough: the library notices an end that comes alone.
        hasLooked = true
        endIfClientHas()
      }
    case .idle, .head:
      if elapsed > configuration.headerTimeout { cut() } else { endIfClientHas() }
    case .body where isSuspended:
      break  // the disk is slow, not the client
    case .body:
      let allowance = Duration.seconds(upload.receivedBytes / max(1, configuration.bodyBytesPerSecondMin))
      if elapsed > configuration.bodyTimeout + allowance { cut() } else { endIfClientHas() }
    case .running:
      if elapsed > configuration.requestDeadline {
        expire()
      } else if isPolled {
        suspend()
      } else if isSuspended {
        watchPeer()
      }
    case .answering:
      break  // the library's own time-out notices a client that takes nothing
    case .streaming:
      if isSuspended { watchPeer() }
      if let heartbeat, server.now - lastBeat >= heartbeat.interval {
        lastBeat = server.now
        queue?.beat(heartbeat.bytes)
      }
    }
  }

  /// Ends a connection whose client has ended its side and has nothing more to come. The library is told of that once,
  /// and does not notice when bytes come with it.
  private func endIfClientHas() {
    if cmhd_is_ended(socket) != 0 { cmhd_cut(socket) }
  }

  private func cut() {
    server.counters.slowClientsCut.add()
    isCut = true
    cmhd_cut(socket)
  }

  private func expire() {
    guard pending == nil else { return }
    server.counters.deadlinesMissed.add()
    task?.cancel()
    var response = HTTPResponse.problem(503, code: "deadline", title: "The answer took too long")
    response.headers["Retry-After"] = "1"
    deliver(PreparedAnswer(response), to: number)
  }

  /// The library does not notice that a suspended connection's client leaves. Requests that last longer than a
  /// sweep are worth a look of their own. A client that only ends its sending side counts as gone.
  private func watchPeer() {
    if isWatchingPeer { return }
    isWatchingPeer = true
    server.loop.watch(socket, for: .peerClosed) { [unowned self] _ in
      stopWatchingPeer()
      server.counters.clientsGone.add()
      task?.cancel()
      queue?.finish(.abandoned)
    }
  }

  private func stopWatchingPeer() {
    if !isWatchingPeer { return }
    isWatchingPeer = false
    server.loop.unwatch(socket)
  }

  // MARK: The end

  /// No new requests: an idle connection ends, an event stream ends, what runs may finish.
  func drain() {
    switch phase {
    case .idle: cmhd_end_reading(socket)
    case .streaming where heartbeat != nil:
      task?.cancel()
      queue?.finish(.complete)
    default: break
    }
  }

  /// The connection is over: whether its client may not know yet, and still be sending.
  var mayStillSend: Bool {
    if isAborted || isCut { return false }
    var byte: UInt8 = 0
    let count = unsafe recv(socket, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
    if count < 0 && errno != EAGAIN { return false }
    let isAgreed = isRequestWhole && (wantsEnd || server.isDraining)
    return count > 0 || (count < 0 && !isAgreed)
  }

  func abort() {
    isAborted = true
    task?.cancel()
    queue?.finish(.abandoned)
    resume()
    cmhd_cut(socket)
  }
}
