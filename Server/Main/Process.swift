// SPDX-License-Identifier: GPL-3.0-or-later
import Drawing
import EventLoop
import Glibc
import Observability
import Postgres
import Synchronization

/// The running program: its loops, its database, and the order in which things start and stop.
struct Process: Sendable {
  let configuration: Configuration
  private let log: Logger

  init(configuration: Configuration) {
    self.configuration = configuration
    log = Logger(level: configuration.logLevel)
  }

  /// Runs a command to its end. `serve` and `worker` end by SIGTERM or SIGINT, a second one ends at once.
  func run(_ verb: Command.Verb) throws {
    OpenFiles.raiseLimit()
    try Files.makeDirectory(configuration.dataDirectory)
    let control = EventLoop(name: "control")
    let stop = StopSignal()
    control.execute {
      control.watchSignals([SIGTERM, SIGINT, SIGHUP]) { signal in if !stop.ring(signal) { _exit(130) } }
    }
    let loops = LoopGroup(count: configuration.loops == 0 ? LoopGroup.processorCount : configuration.loops)
    defer { loops.shutDown() }
    try control.runUntilComplete {
      let store = try await DataStore.open(configuration, loops, control, log, visits: verb.endsByItself)
      do {
        try await store.settleSchema(isAskedFor: verb == .migrate)
        try await perform(verb, store, loops, control, stop)
      } catch {
        let reason = await store.explained(error)
        await store.close()
        throw reason
      }
      await store.close()
    }
  }

  private func perform(
    _ verb: Command.Verb, _ store: DataStore, _ loops: LoopGroup, _ control: EventLoop, _ stop: StopSignal
  ) async throws {
    switch verb {
    case .migrate: log.info("the database is up to date")
    case .seedDemo:
      let identity = try await IdentityParts.load(configuration, store.database)
      let count = try await DemoSeed(database: store.database, accounts: identity.accounts).run()
      log.info("the demo market is there; a server or worker draws its pictures", ["products": .int(count)])
    case .seedBulk(let products):
      try await BulkSeed(database: store.database).run(products: products) {
        log.info("seeded", ["products": .int($0)])
      }
    case .rotateKeys(let data): try await rotateKeys(data: data, store.database)
    case .verifyAudit: try await verifyAudit(store.database)
    case .grant(let contact, let scopes): try await grant(contact, scopes, store.database)
    case .rebuildIndex: try await rebuildIndex(store.database, log)
    case .checkIndex: try await checkIndex(store.database, log)
    case .worker: try await Service(configuration, store, loops, control, log).work(until: stop)
    case .serve: try await Service(configuration, store, loops, control, log).serve(until: stop)
    case .openAPI, .configCheck, .mail, .help, .version: preconditionFailure("these need no process")
    }
  }
}

/// Rung by the first signal to stop; waited for by what runs until then.
final class StopSignal: Sendable {
  private let stream: AsyncStream<Int32>
  private let continuation: AsyncStream<Int32>.Continuation
  private let isRung = Mutex(false)

  init() { (stream, continuation) = AsyncStream.makeStream() }

  /// False when it was rung before.
  func ring(_ signal: Int32) -> Bool {
    let isFirst = isRung.withLock { isRung in
      defer { isRung = true }
      return !isRung
    }
    if isFirst {
      continuation.yield(signal)
      continuation.finish()
    }
    return isFirst
  }

  func wait() async {
    for await _ in stream { return }
  }
}

extension Configuration {
  var photoDirectory: String { dataDirectory + "/photos" }
  var searchDirectory: String { dataDirectory + "/search" }
  var uploadDirectory: String { dataDirectory + "/uploads" }
  var mailDirectory: String { dataDirectory + "/mail" }

  var drawing: DrawingConfiguration {
    var drawing = DrawingConfiguration()
    drawing.executable = drawPath
    return drawing
  }
}
