// SPDX-License-Identifier: GPL-3.0-or-later
public import EventLoop
import Glibc

/// A program that can also be used in lines, by people whom a full screen does not serve: the same state, the same
/// updates and the same effects, read out as an outline and led by typed lines.
public protocol LineProgram: Program, PlainOutline {
  /// Takes a line that was typed.
  mutating func say(_ line: String) -> [Command<Effect, Message>]
  /// Lines to read out once, in place of what changed.
  mutating func takeAside() -> [OutlineLine]
  /// All notices so far, oldest first.
  var notices: [Toast] { get }
  /// What is asked for, when something is to be typed.
  var prompt: String? { get }
  /// Whether the outline is a question on the way: it is read out whole, and what it interrupted is not read again.
  var isInterlude: Bool { get }
  /// Whether something is loaded that will change the outline.
  var isBusy: Bool { get }
  /// Effects that go on for ever: nobody waits for them.
  static var background: Set<String> { get }
}

/// Runs a program in lines: reads one, lets everything that follows from it settle, and says what is new. Notices are
/// read out when they come; nothing else is while a person may be typing.
public final class LineRunner<P: LineProgram>: @unchecked Sendable {
  // Unchecked because everything is touched on the loop only.
  public private(set) var program: P
  public let loop: EventLoop

  private let perform: (P.Effect, EffectRunner<P.Message>) -> Void
  private var effects: EffectRunner<P.Message>!
  private var timers: [String: LoopTimer] = [:]
  private var reader = OutlineReader()
  private var told = 0
  /// Typed, and not yet taken.
  private var waiting: [UInt8] = []
  private var isAtEnd = false
  private var isSettling = true
  private var patience: LoopTimer?
  private var ending: ProgramEnding?
  private let hasPrompt = isatty(STDIN_FILENO) == 1

  /// After that long a person is told that something is still under way.
  private static var patience: Duration { .seconds(2) }

  public init(_ program: P, loop: EventLoop, perform: @escaping (P.Effect, EffectRunner<P.Message>) -> Void) {
    self.program = program
    self.loop = loop
    self.perform = perform
  }

  /// Sends messages to the program from any thread. One that raises a question has it read out.
  public var handle: ProgramHandle<P.Message> {
    ProgramHandle { message in
      self.loop.execute {
        let before = self.program.isInterlude
        self.carryOut(self.program.update(.message(message)))
        if self.program.isInterlude, !before, !self.isSettling { self.settle() }
      }
    }
  }

  public func run() -> ProgramEnding {
    Signals.ignore(SIGPIPE)
    loop.execute { self.begin() }
    loop.run()
    return ending ?? .quit
  }

  private func begin() {
    effects = EffectRunner(loop: loop) { [unowned self] message in self.carryOut(self.program.update(.message(message)))
    }
    if LineRunner.isWatchable {
      loop.watch(STDIN_FILENO, for: .read) { [unowned self] _ in self.readInput() }
    } else {
      while !isAtEnd { readInput() }
    }
    loop.beforeSleep { [weak self] in
      self?.speakWhenSettled()
      return nil
    }
    carryOut(program.update(.event(.resize(Size(columns: 80, rows: 40)))))
    carryOut(program.start())
    settle()
  }

  /// Whether one can wait for input: not for files and the null device, which epoll(7) refuses and are always ready.
  private static var isWatchable: Bool {
    var status = stat()
    guard unsafe fstat(STDIN_FILENO, &status) == 0 else { return false }
    switch status.st_mode & S_IFMT {
    case S_IFIFO, S_IFSOCK: return true
    case S_IFCHR: return isatty(STDIN_FILENO) == 1
    default: return false
    }
  }

  private func readInput() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = unsafe read(STDIN_FILENO, &buffer, buffer.count)
    if count < 0, errno == EINTR || errno == EAGAIN { return }
    if count > 0 {
      waiting += buffer.prefix(count)
    } else {
      isAtEnd = true
      if LineRunner.isWatchable { loop.unwatch(STDIN_FILENO) }
    }
  }

  // MARK: One line after the other

  private func settle() {
    isSettling = true
    if let patience { loop.cancel(patience) }
    patience = loop.schedule(after: LineRunner.patience) { [unowned self] in
      self.patience = nil
      if self.isSettling { self.speak() }
    }
  }

  private func speakWhenSettled() {
    if ending != nil { return }
    tellNotices()
    if isSettling {
      // What a question has interrupted goes on when it is answered.
      if !program.isBusy, program.isInterlude || effects.isIdle(but: P.background) { speak() }
    } else {
      takeLine()
    }
  }

  private func takeLine() {
    guard let end = waiting.firstIndex(of: 0x0a) ?? (isAtEnd && !waiting.isEmpty ? waiting.endIndex : nil) else {
      if isAtEnd { finish(.quit) }
      return
    }
    let line = String(decoding: waiting[..<end], as: UTF8.self)
    waiting.removeFirst(min(end + 1, waiting.count))
    carryOut(program.say(line))
    settle()
    // What follows may be there already.
    loop.execute {}
  }

  private func speak() {
    isSettling = false
    tellNotices()
    let aside = program.takeAside()
    let lines = !aside.isEmpty ? aside : program.isInterlude ? program.outline : reader.changes(to: program.outline)
    for line in lines { put(line.printed + "\n") }
    if let prompt = program.prompt { put(SafeText.sanitised(prompt) + "\n") }
    if hasPrompt { put("> ") }
    loop.execute {}
  }

  private func tellNotices() {
    for toast in program.notices where toast.id > told {
      told = toast.id
      put(SafeText.sanitised(toast.text) + "\n")
    }
  }

  private func put(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = unsafe bytes.withUnsafeBytes { unsafe write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count <= 0 { return finish(.hangup) }
      bytes = bytes.dropFirst(count)
    }
  }

  // MARK: Doing

  private func carryOut(_ commands: [Command<P.Effect, P.Message>]) {
    for command in commands { carryOut(command) }
  }

  private func carryOut(_ command: Command<P.Effect, P.Message>) {
    switch command {
    case .perform(let effect): perform(effect, effects)
    case .after(let delay, let key, let message):
      if let timer = timers[key] { loop.cancel(timer) }
      timers[key] = loop.schedule(after: delay) { [unowned self] in
        self.timers[key] = nil
        self.carryOut(self.program.update(.message(message)))
      }
    case .cancel(let key):
      if let timer = timers.removeValue(forKey: key) { loop.cancel(timer) }
      effects.cancel(key)
    case .copy(let text): put(SafeText.sanitised(text) + "\n")
    case .edit(let key, _, _): carryOut(program.update(.event(.edited(key: key, text: nil))))
    case .quit: finish(.quit)
    // There is no screen to draw again, and the shell suspends by itself.
    case .bell, .redraw, .suspend: break
    }
  }

  private func finish(_ ending: ProgramEnding) {
    if self.ending != nil { return }
    self.ending = ending
    effects.cancelAll()
    loop.stop()
  }
}
