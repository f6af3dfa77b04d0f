// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import Market
import Synchronization
import Terminal

/// Carries out the app's effects: starts work on the loop and sends back messages. It never blocks the loop on anything
/// but small local files.
final class AppRuntime: Sendable {
  private struct State {
    var desk: Desk
    var pool: OffloadPool?
    var handle: ProgramHandle<Message>?
  }

  private let loop: EventLoop
  private let state: Mutex<State>

  init(loop: EventLoop, desk: Desk) {
    self.loop = loop
    state = Mutex(State(desk: desk, pool: nil))
  }

  private var desk: Desk { state.withLock { $0.desk } }

  /// What comes by itself, belonging to no effect, goes to the running program.
  func connect(_ handle: ProgramHandle<Message>) {
    state.withLock { $0.handle = handle }
    move(to: desk)
  }

  /// From now on this is the account.
  func move(to desk: Desk) {
    let (old, handle) = state.withLock { state in
      defer { state.desk = desk }
      return (state.desk, state.handle)
    }
    if old !== desk { old.gate.settle(false) }
    guard let handle else { return }
    let tell: @Sendable (IdentityNews) -> Void = { news in
      handle.send(.clock(HTTPDate.now))
      handle.send(.identity(news))
    }
    desk.gate.onDemand { tell(.proofWanted($0)) }
    // A session that was left has nothing to say any more.
    desk.keeper.onNews { [weak self] news in if self?.desk === desk { tell(.session(news)) } }
  }

  /// Threads for decoding pictures, started with the first one.
  private var pool: OffloadPool {
    state.withLock { state in
      let pool = state.pool ?? OffloadPool(threadCount: 2, waitingMax: 16, name: "pictures")
      state.pool = pool
      return pool
    }
  }

  func shutDown() { state.withLock { $0.pool }?.shutDown() }

  // MARK: Effects

  func perform(_ effect: Effect, _ runner: EffectRunner<Message>) {
    let desk = desk
    switch effect {
    case .load(let slot, let query, let reload):
      run(runner, "load-\(slot)") { send in
        await query.load(desk.client, desk.sight, reload ? .reload : .standard) { result in
          send(.loaded(slot: slot, query, result))
        }
      }
    case .picture(let wish): run(runner, "picture") { send in send(.picture(wish, await self.picture(wish, desk))) }
    case .submit(let change, let seen): submit([(change, seen)], desk, runner)
    case .submitAll(let items): submit(items.map { ($0.change, $0.product) }, desk, runner)
    case .sendQueue: sendQueue(desk, runner)
    case .discard(let id):
      write(runner) {
        try desk.outbox.remove(id)
        return [.queue(try desk.outbox.all())]
      }
      sendQueue(desk, runner)
    case .takeBack(let queued, let change, let seen):
      write(runner) {
        if try !desk.outbox.takeBack(queued.id) {
          _ = try desk.outbox.add(change, seen: seen, version: seen?.version, now: HTTPDate.now)
        }
        return [.queue(try desk.outbox.all())]
      }
      sendQueue(desk, runner)
    case .theirs(let change): theirs(change, desk, runner)
    case .rebase(let change, let product):
      write(runner) {
        try desk.outbox.rebase(change.id, onto: product)
        return [.queue(try desk.outbox.all())]
      }
      sendQueue(desk, runner)
    case .identity(let effect): perform(effect, desk, runner)
    case .review(let call): perform(call, desk, runner)
    case .wishes(let effect): perform(effect, desk, runner)
    case .follow: follow(desk, runner)
    case .keepDraft(let name, let fields):
      write(runner) {
        try desk.outbox.keepDraft(name, fields, now: HTTPDate.now)
        return []
      }
    case .dropDraft(let name):
      write(runner) {
        try desk.outbox.dropDraft(name)
        return []
      }
    case .readDraft(let name): write(runner) { desk.outbox.draft(name).map { [.draft(name: name, $0)] } ?? [] }
    }
  }

  /// Starts work of a key; every message comes behind the time it came at.
  func run(
    _ runner: EffectRunner<Message>, _ key: String,
    _ work: @escaping @Sendable (@escaping @Sendable (Message) -> Void) async -> Void
  ) {
    runner.run(key: key) { send in
      await work { message in
        send(.clock(HTTPDate.now))
        send(message)
      }
    }
  }

  /// A short local write, told when it fails.
  func write(_ runner: EffectRunner<Message>, _ body: @escaping @Sendable () throws -> [Message]) {
    let result = Result { try body() }
    // The answer arrives in the next turn, as all messages do.
    run(runner, "write-\(nextNumber())") { send in
      switch result {
      case .success(let messages): messages.forEach(send)
      case .failure(let error): send(.failed("This could not be kept on this computer: \(error)"))
      }
    }
  }

  private let number = Atomic(0)
  private func nextNumber() -> Int { number.wrappingAdd(1, ordering: .relaxed).newValue }

  private func picture(_ wish: PictureWish, _ desk: Desk) async -> Picture? {
    let address = PhotoAddress(photo: wish.photo, size: wish.size)
    var bytes = desk.sight.lastBytes(Photos.show, address)?.bytes
    if bytes == nil { bytes = try? await desk.client.file(Photos.show, address) }
    guard let bytes, !Task.isCancelled else { return nil }
    return try? await pool.run { Picture(png: bytes, fitting: wish.room, mode: wish.mode) }
  }

  private func submit(_ changes: [(Change, seen: Product?)], _ desk: Desk, _ runner: EffectRunner<Message>) {
    write(runner) {
      for (change, seen) in changes {
        try desk.outbox.replaceRefused(by: change)
        _ = try desk.outbox.add(change, seen: seen, version: seen?.version, now: HTTPDate.now)
      }
      return [.queue(try desk.outbox.all())]
    }
    sendQueue(desk, runner)
  }

  /// One sending at a time: what comes meanwhile is sent by the one that runs, or right after it.
  private func sendQueue(_ desk: Desk, _ runner: EffectRunner<Message>) {
    if runner.isRunning("send") {
      mustSendAgain.store(true, ordering: .relaxed)
      return
    }
    run(runner, "send") { send in
      repeat {
        self.mustSendAgain.store(false, ordering: .relaxed)
        do {
          try await SendOutbox(outbox: desk.outbox, client: desk.client)() { report in
            send(.sent(report))
            if let queue = try? desk.outbox.all() { send(.queue(queue)) }
          }
        } catch { send(.failed("The queue of changes cannot be read: \(error)")) }
      } while self.mustSendAgain.load(ordering: .relaxed)
    }
  }

  private let mustSendAgain = Atomic(false)

  private func theirs(_ change: QueuedChange, _ desk: Desk, _ runner: EffectRunner<Message>) {
    guard let id = change.change.product else { return }
    run(runner, "theirs-\(change.id)") { send in
      do throws(ClientFailure) {
        // The members' list shows drafts and archived ones too; the page of a product does so for its members.
        let answer = try await desk.client.call(Catalogue.show, ProductAddress(product: id), mode: .reload)
        send(.theirs(change: change.id, answer.value))
      } catch { send(.failed(error.words)) }
    }
  }

  private func follow(_ desk: Desk, _ runner: EffectRunner<Message>) {
    run(runner, "follow") { send in
      do throws(ClientFailure) {
        try await desk.client.follow { send(.live($0)) }
      } catch {
        if error != .cancelled { send(.liveEnded(error)) }
      }
    }
  }
}
