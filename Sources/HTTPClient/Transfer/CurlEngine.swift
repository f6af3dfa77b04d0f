// SPDX-License-Identifier: GPL-3.0-or-later
internal import CCurl
import EventLoop
import Glibc

/// libcurl's multi handle as a citizen of one loop: its sockets are watched, its timeout is a timer.
///
/// The socket and timer callbacks run inside libcurl and only note what is wanted; `advance` is the one place
/// that lets libcurl work, and it hands out finished transfers afterwards.
@safe
final class CurlEngine: @unchecked Sendable {
  // Unchecked because everything here is confined to the loop's thread; each entrance asserts it.
  let loop: EventLoop
  let configuration: ClientConfiguration
  private let multi: UnsafeMutableRawPointer
  private var idleHandles: [UnsafeMutableRawPointer] = unsafe []
  private var live: [ObjectIdentifier: CurlTransfer] = [:]
  private var timer: LoopTimer?
  private var isShutDown = false

  /// Handles kept for reuse; resetting one is far cheaper than making one.
  private static let idleHandlesMax = 64

  private static let started: Bool = ccurl_start() == CURLE_OK

  init(loop: EventLoop, configuration: ClientConfiguration) {
    precondition(CurlEngine.started, "libcurl can start")
    guard let multi = unsafe curl_multi_init() else { preconditionFailure("memory for a multi handle") }
    self.loop = loop
    self.configuration = configuration
    unsafe self.multi = unsafe multi
    unsafe ccurl_multi_set_number(
      multi, CURLMOPT_MAX_HOST_CONNECTIONS, configuration.connectionsPerHostMax)
    unsafe ccurl_multi_set_number(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, configuration.connectionsMax)
    unsafe ccurl_multi_set_number(multi, CURLMOPT_MAXCONNECTS, configuration.idleConnectionsMax)
    let me = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe ccurl_multi_set_callbacks(multi, socketChanged, timerChanged, me)
  }

  /// Starts a transfer. Its end is reported once, whatever happens.
  func start(_ transfer: CurlTransfer) {
    loop.assertOnLoop()
    guard transfer.state == .waiting else { return }
    if isShutDown { return transfer.end(with: HTTPClientError(.aborted, "the client has been shut down")) }
    if live.count >= configuration.transfersMax {
      return transfer.end(with: HTTPClientError(.overloaded, "\(live.count) transfers are under way"))
    }
    guard let easy = unsafe idleHandles.popLast() ?? curl_easy_init() else {
      return transfer.end(with: HTTPClientError(.other, "no memory for a transfer"))
    }
    do {
      try unsafe transfer.prepare(easy, engine: self)
    } catch {
      unsafe recycle(easy)
      let failure = error as? HTTPClientError ?? HTTPClientError(.other, "\(error)")
      return transfer.end(with: failure)
    }
    live[ObjectIdentifier(transfer)] = transfer
    let code = unsafe curl_multi_add_handle(multi, easy)
    if code != CURLM_OK {
      finish(transfer, with: HTTPClientError(.other, "libcurl refuses the transfer (\(code.rawValue))"))
    }
  }

  /// Ends a transfer now. Its connection is closed, since the rest of the answer is on it.
  func abort(_ transfer: CurlTransfer, _ reason: HTTPClientError = .cancelled) {
    loop.assertOnLoop()
    switch transfer.state {
    case .waiting: transfer.end(with: reason)
    case .running: finish(transfer, with: reason)
    case .ended: return
    }
  }

  /// Lets a transfer go on that its reader had stopped.
  func resume(_ transfer: CurlTransfer) {
    loop.assertOnLoop()
    guard transfer.state == .running, let easy = unsafe transfer.easy else { return }
    unsafe curl_easy_pause(easy, CURLPAUSE_CONT)
    collectFinished()
  }

  /// Ends every transfer and closes every connection. Whoever made the engine calls this in the end.
  func shutDown() {
    loop.assertOnLoop()
    guard !isShutDown else { return }
    isShutDown = true
    for transfer in Array(live.values) {
      finish(transfer, with: HTTPClientError(.aborted, "the client has been shut down"))
    }
    unsafe idleHandles.forEach { unsafe curl_easy_cleanup($0) }
    unsafe idleHandles = []
    // Here and not in a deinit, which could run on any thread: closing connections unwatches their sockets.
    unsafe curl_multi_cleanup(multi)
    if let timer { loop.cancel(timer) }
    timer = nil
  }

  // MARK: libcurl wants

  fileprivate func watch(_ socket: Int32, _ wanted: Int32) {
    switch wanted {
    case CURL_POLL_REMOVE: loop.unwatch(socket)
    default:
      var interest: EventLoop.Readiness = []
      if wanted & CURL_POLL_IN != 0 { interest.insert(.read) }
      if wanted & CURL_POLL_OUT != 0 { interest.insert(.write) }
      loop.watch(socket, for: interest) { [weak self] ready in self?.advance(socket, ready) }
    }
  }

  fileprivate func setTimer(milliseconds: Int) {
    guard !isShutDown else { return }
    if let timer { loop.cancel(timer) }
    timer = nil
    guard milliseconds >= 0 else { return }
    timer = loop.schedule(after: .milliseconds(milliseconds)) { [weak self] in
      self?.timer = nil
      self?.advance(CURL_SOCKET_TIMEOUT, [])
    }
  }

  private func advance(_ socket: Int32, _ ready: EventLoop.Readiness) {
    var flags: Int32 = 0
    if ready.contains(.read) || ready.contains(.hangup) { flags |= CURL_CSELECT_IN }
    if ready.contains(.write) { flags |= CURL_CSELECT_OUT }
    if ready.contains(.error) { flags |= CURL_CSELECT_ERR }
    var running: Int32 = 0
    unsafe curl_multi_socket_action(multi, socket, flags, &running)
    collectFinished()
  }

  // MARK: Ends

  private func collectFinished() {
    var code = CURLE_OK
    while let easy = unsafe ccurl_multi_next_finished(multi, &code) {
      guard let context = unsafe ccurl_context(easy) else { continue }
      let transfer = unsafe Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
      finish(transfer, with: transfer.failure(code))
    }
  }

  private func finish(_ transfer: CurlTransfer, with error: HTTPClientError?) {
    live[ObjectIdentifier(transfer)] = nil
    if let easy = unsafe transfer.easy {
      unsafe curl_multi_remove_handle(multi, easy)
      unsafe recycle(easy)
    }
    transfer.end(with: error)
  }

  private func recycle(_ easy: UnsafeMutableRawPointer) {
    if unsafe idleHandles.count >= CurlEngine.idleHandlesMax || isShutDown { return unsafe curl_easy_cleanup(easy) }
    unsafe curl_easy_reset(easy)
    unsafe idleHandles.append(easy)
  }
}

private func socketChanged(
  _: UnsafeMutableRawPointer?, socket: curl_socket_t, wanted: Int32, context: UnsafeMutableRawPointer?,
  _: UnsafeMutableRawPointer?
) -> Int32 {
  guard let context = unsafe context else { return 0 }
  unsafe Unmanaged<CurlEngine>.fromOpaque(context).takeUnretainedValue().watch(socket, wanted)
  return 0
}

private func timerChanged(
  _: UnsafeMutableRawPointer?, milliseconds: Int, context: UnsafeMutableRawPointer?
) -> Int32 {
  guard let context = unsafe context else { return 0 }
  unsafe Unmanaged<CurlEngine>.fromOpaque(context).takeUnretainedValue().setTimer(milliseconds: milliseconds)
  return 0
}

/// Forgets a descriptor before it is closed, so that its number cannot come back still watched.
func closeSocket(_ context: UnsafeMutableRawPointer?, _ socket: curl_socket_t) -> Int32 {
  if let context = unsafe context {
    unsafe Unmanaged<EventLoop>.fromOpaque(context).takeUnretainedValue().unwatch(socket)
  }
  return close(socket)
}
