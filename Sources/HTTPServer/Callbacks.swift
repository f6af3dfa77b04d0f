// SPDX-License-Identifier: GPL-3.0-or-later
internal import CMicroHTTPD

// What libmicrohttpd calls, always on the loop. The daemon's context is its `LoopServer`, a socket's context its
// retained `ServedConnection`; the latter serves as the request's context too.

func connectionCallback(
  _ context: UnsafeMutableRawPointer?, _ handle: OpaquePointer?,
  _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ event: MHD_ConnectionNotificationCode
) {
  guard let context = unsafe context, let handle = unsafe handle, let slot = unsafe slot else { return }
  let server = unsafe Unmanaged<LoopServer>.fromOpaque(context).takeUnretainedValue()
  if cmhd_is_start(event) != 0 {
    let connection = unsafe ServedConnection(server: server, handle: handle)
    unsafe slot.pointee = Unmanaged.passRetained(connection).toOpaque()
    server.accept(connection)
  } else if let stored = unsafe slot.pointee {
    unsafe slot.pointee = nil
    server.remove(unsafe Unmanaged<ServedConnection>.fromOpaque(stored).takeRetainedValue())
  }
}

func targetCallback(
  _ context: UnsafeMutableRawPointer?, _ target: UnsafePointer<CChar>?, _ handle: OpaquePointer?
) -> UnsafeMutableRawPointer? {
  guard let target = unsafe target, let stored = unsafe cmhd_connection_context(handle) else { return nil }
  unsafe Unmanaged<ServedConnection>.fromOpaque(stored).takeUnretainedValue().takeTarget(target)
  return unsafe stored
}

func serveCallback(
  _ context: UnsafeMutableRawPointer?, _ handle: OpaquePointer?, _ url: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ data: UnsafePointer<CChar>?,
  _ size: UnsafeMutablePointer<Int>?, _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let stored = unsafe slot?.pointee, let method = unsafe method, let version = unsafe version,
    let size = unsafe size
  else { return cmhd_result(0) }
  let connection = unsafe Unmanaged<ServedConnection>.fromOpaque(stored).takeUnretainedValue()
  if connection.isAborted { return cmhd_result(0) }
  let goesOn: Bool
  switch connection.phase {
  case .idle, .head: goesOn = unsafe connection.takeHead(method: method, version: version)
  case .body where unsafe size.pointee > 0:
    goesOn = unsafe connection.takeBody(UnsafeRawBufferPointer(start: data, count: size.pointee))
    unsafe size.pointee = 0
  case .body: goesOn = connection.start()
  case .running: goesOn = connection.pending.map { connection.send($0) } ?? true
  case .answering, .streaming: return cmhd_result(1)
  }
  return cmhd_result(goesOn ? 1 : 0)
}

func completedCallback(
  _ context: UnsafeMutableRawPointer?, _ handle: OpaquePointer?,
  _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ code: MHD_RequestTerminationCode
) {
  guard let stored = unsafe slot?.pointee else { return }
  unsafe Unmanaged<ServedConnection>.fromOpaque(stored).takeUnretainedValue().endRequest()
}
