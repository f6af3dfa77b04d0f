// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc
import HTTPServer

/// A server to measure: `bench-http <port>` answers `/json` with 2 kB from an async handler, on every core.
enum BenchHTTP {
  static func run() {
    let arguments = CommandLine.arguments
    guard arguments.count > 1, let port = UInt16(arguments[1]) else {
      print("usage: bench-http <port>")
      exit(2)
    }
    var configuration = HTTPServerConfiguration()
    configuration.port = port
    let group = LoopGroup()
    let answer = document(sizeBytes: 2048)
    let server = HTTPServer(configuration: configuration, loops: group.loops) { request in
      switch request.path {
      case "/json": HTTPResponse(contentType: "application/json", answer)
      case "/later": await later(HTTPResponse(contentType: "application/json", answer))
      default: .problem(404, code: "not_found", title: "Only /json and /later are here")
      }
    }
    do {
      print("port \(try server.start())")
    } catch {
      print(error)
      exit(1)
    }
    while true { pause() }
  }

  /// The same answer after the loop has done something else.
  private static func later(_ response: HTTPResponse) async -> HTTPResponse {
    await Task.yield()
    return response
  }

  private static func document(sizeBytes: Int) -> [UInt8] {
    let start = Array(#"{"items":[""#.utf8)
    let end = Array(#""]}"#.utf8)
    return start + [UInt8](repeating: UInt8(ascii: "a"), count: sizeBytes - start.count - end.count) + end
  }
}
