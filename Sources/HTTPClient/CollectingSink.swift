// SPDX-License-Identifier: GPL-3.0-or-later

/// Keeps a whole answer in memory, up to a limit, and hands it to the task that waits.
final class CollectingSink: TransferSink {
  private var response = ClientResponse(status: 0)
  private let bytesMax: Int
  private let waiter: CheckedContinuation<ClientResponse, any Error>

  init(bytesMax: Int, _ waiter: CheckedContinuation<ClientResponse, any Error>) {
    self.bytesMax = bytesMax
    self.waiter = waiter
  }

  func receive(_ head: ResponseHead) {
    response.status = head.status
    response.headers = head.headers
    if let length = head.headers["Content-Length"].flatMap({ Int($0) }), length <= bytesMax {
      response.body.reserveCapacity(min(length, 1 << 20))
    }
  }

  func receive(_ bytes: UnsafeRawBufferPointer) -> SinkAnswer {
    if response.body.count + bytes.count > bytesMax { return .tooLarge }
    unsafe response.body.append(contentsOf: bytes)
    return .taken
  }

  func end(_ error: HTTPClientError?) {
    if let error { waiter.resume(throwing: error) } else { waiter.resume(returning: response) }
  }
}
