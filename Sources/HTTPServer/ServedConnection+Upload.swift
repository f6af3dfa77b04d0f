// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop

extension ServedConnection {
  /// A body is announced: decides what becomes of it. Returns whether the connection may go on.
  func beginUpload(_ head: HTTPRequestHead) -> Bool {
    upload.policy = server.bodyPolicy(head)
    if case .refuse(let response) = upload.policy { return refuse(response) }
    if let length = head.contentLength, length > upload.policy.bytesMax { return refuse(.tooLarge) }
    switch upload.policy {
    case .none: return refuse(.tooLarge)
    case .refuse: break
    case .buffer: upload.bytes.reserveCapacity(min(head.contentLength ?? 0, 65_536))
    case .spool(let directory, _):
      do {
        let file = try SpooledFile(directory: directory)
        upload.file = file
        if let pool = configuration.offload { upload.writer = makeWriter(file, pool) }
      } catch {
        return refuse(.noSpace)
      }
    }
    return true
  }

  private func makeWriter(_ file: SpooledFile, _ pool: OffloadPool) -> SpoolWriter {
    let serial = number
    return SpoolWriter(file, loop: server.loop, pool: pool) { [weak self] in
      guard let self, number == serial, phase == .body, let start = upload.waitsSince else { return }
      // The client has no part in this wait: its time for the body goes on from here.
      since += server.now - start
      upload.waitsSince = nil
      resume()
    }
  }

  /// Sleeps until the writer has written something.
  private func waitForWriter() -> Bool {
    // The library may hand over what it has read already, small chunks above all, although the connection sleeps.
    if isSuspended { return true }
    upload.waitsSince = server.now
    suspend()
    return true
  }

  /// Takes a piece of the body. Returns whether the connection may go on.
  func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    upload.receivedBytes += bytes.count
    server.counters.bodyBytesReceived.add(bytes.count)
    if upload.receivedBytes > upload.policy.bytesMax {
      // A sleeping connection cannot be closed: it is refused with its next bytes, or at their end.
      if !isSuspended { return refuseDuringBody() }
      upload.failure = .tooLarge
    }
    if upload.failure != nil { return true }
    if let writer = upload.writer {
      unsafe writer.append(bytes)
      if writer.isFull { return waitForWriter() }
    } else if let file = upload.file {
      do {
        try unsafe file.append(bytes)
      } catch {
        upload.failure = .noSpace
      }
    } else {
      unsafe upload.bytes.append(contentsOf: bytes)
    }
    return true
  }

  /// The request is whole: runs its task until it first waits, which for many is until its answer.
  func start() -> Bool {
    guard let head else { return false }
    isRequestWhole = true
    if let writer = upload.writer, upload.failure == nil {
      if !writer.finish() { return waitForWriter() }
      if writer.hasFailed { upload.failure = .noSpace }
    }
    if let failure = upload.failure { return send(PreparedAnswer(failure)) }
    upload.file?.seal()
    var request = HTTPRequest(head: head)
    if let file = upload.file {
      request.body = .file(file)
    } else if !upload.bytes.isEmpty {
      request.body = .bytes(upload.bytes)
    }
    upload = Upload()
    movesInPieces = false
    enter(.running)
    number &+= 1
    let number = number
    task = Task.immediate(executorPreference: server.loop) { [self, request] in
      let response = await server.handler(request)
      guard var answer = deliver(response, for: request.head, to: number) else { return }
      await answer.finish(for: request.head, configuration)
      deliver(answer, to: number)
    }
    if let answer = pending { return send(answer) }
    waitForAnswer()
    return true
  }

  /// Prepares and hands over a response, or returns what must be waited for first.
  ///
  /// Not part of the task's function: what is worked with here would lie in the memory of each running task.
  @inline(never)
  private func deliver(_ response: HTTPResponse, for head: HTTPRequestHead, to number: UInt64) -> PreparedAnswer? {
    let answer = PreparedAnswer(response, for: head, on: self)
    if answer.rest != nil { return answer }
    deliver(answer, to: number)
    return nil
  }
}
