// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

extension ServedConnection {
  /// Refuses a body before it has come. A client that is busy sending loses the answer when its connection is cut at
  /// once, so a body of bearable size is read and dropped after the answer; a large one, or one that waits for leave
  /// and will not be sent, is not waited for.
  func refuseUpload(_ response: HTTPResponse, _ head: HTTPRequestHead) -> Bool {
    let droppedBytesMax = 4 << 20
    guard let length = head.contentLength, length <= droppedBytesMax, head.headers["Expect"] == nil,
      sendPastTheLibrary(PreparedAnswer.checked(response))
    else { return refuse(response) }
    upload.isAnswered = true
    return true
  }

  /// Answers before the body was read: the library closes the connection afterwards.
  func refuse(_ response: HTTPResponse) -> Bool {
    number &+= 1
    let head = head ?? HTTPRequestHead(path: path)
    return send(PreparedAnswer(PreparedAnswer.checked(response), head: head))
  }

  /// The library sends nothing while a body arrives, and this one may never end: the refusal is written past it,
  /// then the connection is cut. Under TLS it is only cut.
  func refuseDuringBody() -> Bool {
    _ = sendPastTheLibrary(.tooLarge)
    return false
  }

  /// Writes a small answer straight to the socket. Returns whether all of it went.
  private func sendPastTheLibrary(_ response: HTTPResponse) -> Bool {
    guard configuration.keyPEM == nil, case .bytes(let body) = response.body else { return false }
    var head = "HTTP/1.1 \(response.status) \(response.status == 413 ? "Content Too Large" : "Refused")\r\n"
    for field in response.headers.all { head += "\(field.name): \(field.value)\r\n" }
    head += "Content-Length: \(body.count)\r\nConnection: close\r\n\r\n"
    let bytes = Array(head.utf8) + body
    return unsafe Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)) == bytes.count
  }
}

extension HTTPResponse {
  static let noSpace = HTTPResponse.problem(503, code: "no_space", title: "The body cannot be stored now")
  static let tooLarge = HTTPResponse.problem(413, code: "body_too_large", title: "The body is larger than allowed")
}
