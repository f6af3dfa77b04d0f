// SPDX-License-Identifier: GPL-3.0-or-later
internal import CMicroHTTPD

// What libmicrohttpd cannot parse it refuses by itself, with a page of its own and no hook for another. It queues that
// page with its own public MHD_queue_response, called by name through the dynamic linker, which looks for a name in the
// program first: as a program may bring its own malloc, this one brings its own MHD_queue_response. Nobody but the
// library calls it; answers of the server go straight to the library's function.
//
// Where a build of the library binds that call within itself, its pages stay what they were, and nothing else changes.
// MalformedRequestTests tell which it is.

/// Answers with a problem in place of the library's page, under the same status.
///
/// The problem is written past the library, which then is told that nothing could be queued and ends the connection:
/// of a page that it queues about a broken Content-Length, version 0.9.75 sends the head twice.
@_cdecl("MHD_queue_response")
public func refuseForTheLibrary(_ connection: OpaquePointer?, _ status: UInt32, _ page: OpaquePointer?) -> UInt32 {
  guard let connection = unsafe connection,
    unsafe ServedConnection.sendPastTheLibrary(.libraryRefusal(Int(status)), on: connection)
  else { return unsafe libraryQueue(connection, status, page).rawValue }
  return 0
}

/// Queues an answer of the server.
func queueAnswer(_ connection: OpaquePointer, _ status: UInt32, _ response: OpaquePointer) -> Bool {
  unsafe libraryQueue(connection, status, response).rawValue != 0
}

private let libraryQueue: cmhd_queue_function = {
  guard let function = unsafe cmhd_library_queue() else { preconditionFailure("libmicrohttpd is a shared library") }
  return unsafe function
}()

extension HTTPResponse {
  /// What a status means when the library gives it.
  static func libraryRefusal(_ status: Int) -> HTTPResponse {
    switch status {
    case 413: .tooLarge
    case 414: .problem(414, code: "target_too_long", title: "The request target is too long")
    case 431: .headersTooLarge
    case 505: .problem(505, code: "bad_version", title: "Only HTTP/1.0 and 1.1 are spoken here")
    case 400..<500: .problem(status, code: "bad_request", title: "The request is malformed")
    default: .problem(status, code: "internal", title: "The server could not take the request")
    }
  }
}
