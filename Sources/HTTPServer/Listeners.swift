// SPDX-License-Identifier: GPL-3.0-or-later
internal import CMicroHTTPD
import Glibc

/// Listening sockets on one port, one per loop; the kernel spreads connections over them.
struct Listeners {
  var sockets: [Int32] = []
  var port: UInt16

  init(_ configuration: HTTPServerConfiguration, count: Int) throws {
    port = configuration.port
    let address = configuration.address
    func open(port: UInt16, backlog: Int32, shares: Bool) throws -> Int32 {
      let socket = unsafe cmhd_listen(address, port, backlog, shares ? 1 : 0)
      if socket >= 0 { return socket }
      let reason = unsafe String(cString: strerror(-socket))
      throw HTTPServerFailure.listen(address: address, port: port, code: -socket, reason: reason)
    }
    // Sockets that share a port would join another server of the same user without a word; one that does not
    // share it finds out.
    if port != 0 && !configuration.sharesPort { close(try open(port: port, backlog: 0, shares: false)) }
    do {
      for _ in 0..<count {
        sockets.append(try open(port: port, backlog: configuration.backlog, shares: true))
        if port == 0 { port = cmhd_port(sockets[0]) }
      }
    } catch {
      for socket in sockets { close(socket) }
      throw error
    }
  }
}
