// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc
import Market
import Synchronization
import Terminal

/// The program: one face for people at a screen, one for lines and scripts.
enum Souk {
  static let version = "0.1.0"

  static func run(_ arguments: [String]) -> Int32 {
    let out = LinePrinter(isJSON: arguments.contains("--json"))
    switch ArgumentParser.parse(arguments) {
    case .help(let words): out.line(HelpText.text(for: words))
    case .version: out.line("souk \(version)")
    case .fault(let words):
      out.note("\(words) \(ArgumentParser.about(arguments)) says more.")
      return ExitCode.usage
    case .run(let invocation): return run(invocation, out)
    }
    return ExitCode.done
  }

  private static func run(_ invocation: Invocation, _ out: LinePrinter) -> Int32 {
    guard let settings = SettingsFile(invocation, places: .current, environment: Environment.value) else {
      out.note("The file of settings that was named cannot be read.")
      return ExitCode.usage
    }
    guard let server = serverAddress(settings.values.server) else {
      out.note("The server's address begins with http:// or https://, unlike \(settings.values.server)")
      return ExitCode.usage
    }
    do {
      let loop = EventLoop(name: "souk")
      let desk = try Desk(server: server, places: .current, loop: loop, key: key(for: invocation.command))
      if invocation.command == nil {
        if settings.values.isPlain { return try inLines(desk, settings) }
        // A terminal that cannot place a cursor can still show lines.
        do { return try fullScreen(desk, settings) } catch TerminalRefusal.tooSimple {
          return try inLines(desk, settings)
        }
      }
      return runCommand(CommandRunner(desk: desk, invocation: invocation, out: out, settings: settings), on: loop)
    } catch let refusal as TerminalRefusal {
      out.note("\(refusal). Commands work everywhere: souk --help")
      return ExitCode.usage
    } catch {
      out.note("souk cannot keep its files: \(error)")
      return ExitCode.failed
    }
  }

  /// The key in the environment: for commands, but for those that sign people in and out. The full screen is for people.
  private static func key(for command: CommandName?) -> String? {
    switch command {
    case nil, .login, .logout: nil
    default: Environment.value(Desk.keyVariable).flatMap { $0.isEmpty ? nil : $0 }
    }
  }

  /// Without a slash at the end; nil when it is no web address.
  static func serverAddress(_ text: String) -> String? {
    guard text.hasPrefix("http://") || text.hasPrefix("https://") else { return nil }
    var address = text
    while address.hasSuffix("/") { address.removeLast() }
    return address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f } ? address : nil
  }

  private static func runCommand(_ runner: CommandRunner, on loop: EventLoop) -> Int32 {
    Signals.ignore(SIGPIPE)
    let code = Atomic<Int32>(ExitCode.failed)
    let task = Task(executorPreference: loop) {
      code.store(await runner.run(), ordering: .sequentiallyConsistent)
      loop.stop()
    }
    loop.run()
    task.cancel()
    return code.load(ordering: .sequentiallyConsistent)
  }

  /// The same app, read out and led by lines.
  private static func inLines(_ desk: Desk, _ settings: SettingsFile) throws -> Int32 {
    var values = settings.values
    values.images = .off
    let app = App(
      server: desk.server, session: desk.session, queue: try desk.outbox.all(), settings: values,
      faults: settings.faults)
    let runtime = AppRuntime(loop: desk.loop, desk: desk)
    defer { runtime.shutDown() }
    let program = LineRunner(app, loop: desk.loop) { runtime.perform($0, $1) }
    runtime.connect(program.handle)
    return program.run().exitCode
  }

  private static func fullScreen(_ desk: Desk, _ settings: SettingsFile) throws -> Int32 {
    var app = App(
      server: desk.server, session: desk.session, queue: try desk.outbox.all(), settings: settings.values,
      faults: settings.faults)
    app.recall(desk.sight, now: Int64(time(nil)))
    let runtime = AppRuntime(loop: desk.loop, desk: desk)
    let options = settings.values.screenOptions
    let program = ProgramRunner(app, loop: desk.loop, options: options) { runtime.perform($0, $1) }
    runtime.connect(program.handle)
    defer { runtime.shutDown() }
    return try program.run().exitCode
  }
}
