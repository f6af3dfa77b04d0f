// SPDX-License-Identifier: GPL-3.0-or-later
import Drawing
import EventLoop
import HTTPClient
import HTTPServer
import Observability
import Postgres
import Synchronization

/// The composition root: every part made once, from the configuration, and handed to those that need it.
struct Service: Sendable {
  private let configuration: Configuration
  private let store: DataStore
  private let loops: LoopGroup
  private let control: EventLoop
  private let log: Logger

  init(_ configuration: Configuration, _ store: DataStore, _ loops: LoopGroup, _ control: EventLoop, _ log: Logger) {
    self.configuration = configuration
    self.store = store
    self.loops = loops
    self.control = control
    self.log = log
  }

  /// Serves until told to stop, then lets requests under way finish.
  func serve(until stop: StopSignal) async throws {
    let offload = OffloadPool()
    let http = try httpConfiguration(offload)
    let drawing = DrawingProcess(configuration.drawing, loop: control)
    try await drawing.start()
    try Files.makeDirectory(configuration.uploadDirectory)
    let importer = PhotoImporter(
      store: .configured(configuration, HTTPClient(loop: control), offload), drawing: drawing, offload: offload)
    let metrics = ServerMetrics()
    let bell = EventBell()
    let doorway = Doorway(uploadDirectory: configuration.uploadDirectory)
    let server = HTTPServer(
      configuration: http, loops: loops.loops, bodyPolicy: doorway.bodyPolicy, handler: doorway.answer)
    let port = try server.start()
    let reached = configuration.listening(on: port)
    let identity = try await IdentityParts.load(reached, store.database)
    if configuration.isDemo {
      let count = try await DemoSeed(database: store.database, accounts: identity.accounts).run()
      log.info("the demo market is there", ["products": .int(count)])
    }
    let index = try CatalogueIndex(directory: configuration.searchDirectory, database: store.database, log: log)
    let api = try await API.assembled(reached, store.database, importer, bell, identity, index)
    let pages = Pages.assembled(reached, identity, api.limiter, HTTPClient(loop: control))
    let storefronts = try await StorefrontPages.assembled(reached, store.database, api.limiter)
    let front = Front(
      api: api, pages: pages, storefronts: storefronts, metrics: metrics, log: log,
      trustedProxies: configuration.trustedProxies)
    doorway.open(to: front)
    let readiness = Readiness()
    let admin = HTTPServer(
      configuration: adminConfiguration(), loops: [control], bodyPolicy: { _ in .none },
      handler: AdminPages(
        metrics: metrics, database: store.database, server: server, offload: offload, readiness: readiness,
        loop: control, index: index
      ).answer)
    let adminPort = try admin.start()
    readiness.isServing = true
    log.info(
      "serving", ["url": .string(url(port)), "admin_port": .int(Int(adminPort)), "demo": .bool(configuration.isDemo)])
    await withTaskGroup(of: Void.self) { group in
      group.addTask(executorPreference: control) { await bell.run(store.database, on: control) }
      group.addTask(executorPreference: control) { await identity.run(on: control) }
      group.addTask(executorPreference: control) { await index.run(on: control) }
      if configuration.runsWorkers {
        group.addTask(executorPreference: control) { await worker(importer, identity, offload).run(store.database) }
      }
      await stop.wait()
      log.info("draining")
      readiness.isServing = false
      await server.drain(within: .seconds(configuration.drainSeconds))
      group.cancelAll()
    }
    await admin.drain(within: .seconds(1))
    await drawing.stop()
    index.shutDown()
    offload.shutDown()
    log.info("stopped")
  }

  /// Runs jobs only.
  func work(until stop: StopSignal) async throws {
    let offload = OffloadPool()
    let drawing = DrawingProcess(configuration.drawing, loop: control)
    try await drawing.start()
    let importer = PhotoImporter(
      store: .configured(configuration, HTTPClient(loop: control), offload), drawing: drawing, offload: offload)
    let identity = try await IdentityParts.load(configuration, store.database)
    log.info("working")
    await withTaskGroup(of: Void.self) { group in
      group.addTask(executorPreference: control) { await identity.run(on: control) }
      group.addTask(executorPreference: control) { await worker(importer, identity, offload).run(store.database) }
      await stop.wait()
      group.cancelAll()
    }
    await drawing.stop()
    offload.shutDown()
    log.info("stopped")
  }

  private func worker(_ importer: PhotoImporter, _ identity: IdentityParts, _ offload: OffloadPool) -> Worker {
    let database = store.database
    let post = Post.configured(configuration, on: control, offload)
    var handlers = JobHandlers()
    handlers.add(RewriteCards.self) { try await $0.run(database) }
    handlers.add(DrawDemoPicture.self) { try await $0.run(database, importer) }
    handlers.add(SendCode.self) { try await $0.run(post, identity.seal, now: SystemClock.timestamp()) }
    handlers.add(TellContactChanged.self) { try await $0.run(post, identity.seal) }
    handlers.add(SealAnew.self) { try await $0.run(database, identity.seal) }
    handlers.add(WakeShop.self) { try await $0.run(database) }
    handlers.add(TellSeller.self) { try await $0.run(database, post, identity.accounts) }
    let dormancy = Dormancy(database: database, days: configuration.dormantDays)
    let rest = Schedule(name: "let idle shops fall dormant", everySeconds: 24 * 3600) { try await dormancy.run() }
    return Worker(
      database, handlers: handlers, schedules: Housekeeping.schedules(database) + [rest], log: log, loop: control)
  }

  private func httpConfiguration(_ offload: OffloadPool) throws -> HTTPServerConfiguration {
    var http = HTTPServerConfiguration()
    http.address = configuration.host
    http.port = UInt16(configuration.port)
    http.connectionsMax = configuration.connections(openFilesMax: OpenFiles.limit, loops: loops.loops.count)
    if http.connectionsMax < configuration.connectionsMax {
      log.notice(
        "fewer connections than set, since the process may not open more files",
        ["connections": .int(http.connectionsMax), "open_files": .int(OpenFiles.limit)])
    }
    http.connectionsPerAddressMax = configuration.connectionsPerAddressMax
    http.requestDeadline = .seconds(configuration.requestSeconds)
    http.offload = offload
    if let certificate = configuration.tlsCertificate, let key = configuration.tlsKey {
      http.certificatePEM = String(decoding: try Files.read(certificate), as: UTF8.self)
      http.keyPEM = String(decoding: try Files.read(key), as: UTF8.self)
    }
    return http
  }

  private func adminConfiguration() -> HTTPServerConfiguration {
    var http = HTTPServerConfiguration()
    http.address = configuration.adminHost
    http.port = UInt16(configuration.adminPort)
    http.connectionsMax = 64
    return http
  }

  private func url(_ port: UInt16) -> String {
    let scheme = configuration.tlsCertificate == nil ? "http" : "https"
    let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
    return "\(scheme)://\(host):\(port)"
  }
}
