// SPDX-License-Identifier: GPL-3.0-or-later
internal import CMicroHTTPD

extension ServedConnection {
  /// Answers before the body was read. The library closes the connection afterwards, and the client, who may be busy
  /// sending, is listened to until it has noticed.
  func refuse(_ response: HTTPResponse) -> Bool {
    number &+= 1
    let head = head ?? HTTPRequestHead(path: path)
    return send(PreparedAnswer(PreparedAnswer.checked(response), head: head))
  }

  /// The library sends nothing while a body arrives, and this one may never end: the refusal is written past it, and
  /// the connection is over. Returns whether it may go on, which it may not.
  func refuseDuringBody() -> Bool {
    _ = unsafe ServedConnection.sendPastTheLibrary(.tooLarge, on: handle)
    return false
  }

  /// Writes a small answer straight to the client, whom nothing else is on its way to. Returns whether it went.
  static func sendPastTheLibrary(_ response: HTTPResponse, on handle: OpaquePointer) -> Bool {
    guard case .bytes(let body) = response.body else { return false }
    let reason = unsafe MHD_get_reason_phrase_for(UInt32(response.status)).map { unsafe String(cString: $0) } ?? ""
    let date = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { text in
      unsafe cmhd_date(text.baseAddress, text.count)
      return unsafe text.baseAddress.map { unsafe String(cString: $0) } ?? ""
    }
    var head = "HTTP/1.1 \(response.status) \(reason)\r\nDate: \(date)\r\n"
    for field in response.headers.all { head += "\(field.name): \(field.value)\r\n" }
    head += "Content-Length: \(body.count)\r\nConnection: close\r\n\r\n"
    let bytes = Array(head.utf8) + body
    return unsafe bytes.withUnsafeBytes { unsafe cmhd_send_past(handle, $0.baseAddress, $0.count) } == bytes.count
  }
}

extension HTTPResponse {
  static let noSpace = HTTPResponse.problem(503, code: "no_space", title: "The body cannot be stored now")
  static let headersTooLarge = HTTPResponse.problem(
    431, code: "headers_too_large", title: "The header fields are too many or too large")
  static let tooLarge = HTTPResponse.problem(413, code: "body_too_large", title: "The body is larger than allowed")
}
