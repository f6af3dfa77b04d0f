// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// A blocking socket that sends whatever bytes a test wants, well-formed or not.
final class RawClient: @unchecked Sendable {
  // Unchecked because a test hands it from thread to thread, one after the other.
  let socket: Int32
  private var buffer: [UInt8] = []

  struct Failure: Error {
    var text: String
  }

  /// `isIPv6`: connects to ::1 instead of 127.0.0.1.
  init(port: UInt16, receiveBufferBytes: Int32? = nil, isIPv6: Bool = false) throws {
    socket = Glibc.socket(isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var wait = timeval(tv_sec: 60, tv_usec: 0)
    unsafe setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    unsafe setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    if var bytes = receiveBufferBytes {
      unsafe setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
    }
    let result = isIPv6 ? connectIPv6(port) : connectIPv4(port)
    if result != 0 { throw Failure(text: "connect: errno \(errno)") }
  }

  deinit { close(socket) }

  private func connectIPv4(_ port: UInt16) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return unsafe withUnsafeBytes(of: &address) { bytes in
      unsafe connect(socket, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(bytes.count))
    }
  }

  private func connectIPv6(_ port: UInt16) -> Int32 {
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_port = port.bigEndian
    address.sin6_addr = in6addr_loopback
    return unsafe withUnsafeBytes(of: &address) { bytes in
      unsafe connect(socket, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(bytes.count))
    }
  }

  func send(_ text: String) throws { try send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.send(socket, buffer.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { throw Failure(text: "send: errno \(errno)") }
      sent += count
    }
  }

  func endSending() { shutdown(socket, Int32(SHUT_WR)) }

  /// Reads more bytes; false when the server has closed the connection.
  @discardableResult
  func fill() throws -> Bool {
    var piece = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe recv(socket, &piece, piece.count, 0)
    if count < 0 {
      if errno == ECONNRESET { return false }
      throw Failure(text: "recv: errno \(errno), have \(String(decoding: buffer.prefix(200), as: UTF8.self))")
    }
    buffer.append(contentsOf: piece[0..<count])
    return count > 0
  }

  /// Whether the server closes the connection without sending anything more.
  func isClosedByServer() -> Bool { buffer.isEmpty && (try? fill()) == false }

  /// Whether the server ends the connection in order, with nothing more and without a reset.
  func isEndedByServer() -> Bool {
    var byte: UInt8 = 0
    let count = unsafe recv(socket, &byte, 1, 0)
    return buffer.isEmpty && count == 0
  }

  func readToEnd() throws -> [UInt8] {
    while try fill() {}
    defer { buffer = [] }
    return buffer
  }

  func readUntil(_ mark: String) throws -> String {
    let wanted = Array(mark.utf8)
    while true {
      let found = buffer.indices.first { start in
        buffer[start] == wanted[0] && buffer[start...].starts(with: wanted)
      }
      if let found { return String(decoding: try take(found + mark.utf8.count), as: UTF8.self) }
      if try !fill() { throw Failure(text: "closed before \(mark)") }
    }
  }

  /// Reads one response; `isHead`: it has no body whatever its headers say.
  func readResponse(isHead: Bool = false) throws -> RawResponse {
    var response = RawResponse(head: try readUntil("\r\n\r\n"))
    if isHead || response.status == 204 || response.status == 304 || response.status == 100 { return response }
    if response["Transfer-Encoding"] == "chunked" {
      while true {
        let line = try readUntil("\r\n").prefix { $0.isHexDigit }
        let size = Int(line, radix: 16) ?? -1
        if size < 0 { throw Failure(text: "a chunk without a size") }
        let chunk = try take(size)
        _ = try take(2)
        if size == 0 { return response }
        response.body += chunk
      }
    }
    if let length = response["Content-Length"].flatMap({ Int($0) }) {
      response.body = try take(length)
    } else {
      response.body = try readToEnd()
    }
    return response
  }

  func take(_ count: Int) throws -> [UInt8] {
    while buffer.count < count {
      if try !fill() { throw Failure(text: "closed after \(buffer.count) of \(count) bytes") }
    }
    defer { buffer.removeFirst(count) }
    return Array(buffer[0..<count])
  }
}

struct RawResponse {
  var status: Int
  var headers: [(name: String, value: String)]
  var body: [UInt8] = []

  init(head: String) {
    let lines = head.split(separator: "\r\n")
    status = lines.first.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) } ?? 0
    headers = lines.dropFirst().map { line in
      let parts = line.split(separator: ":", maxSplits: 1)
      return (String(parts[0]), parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
    }
  }

  subscript(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }
  var text: String { String(decoding: body, as: UTF8.self) }
}
