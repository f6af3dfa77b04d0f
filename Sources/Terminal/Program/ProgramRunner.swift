// SPDX-License-Identifier: GPL-3.0-or-later
internal import CTerminal
public import EventLoop
import Glibc

/// How a program came to its end.
public enum ProgramEnding: Sendable, Equatable {
  case quit
  /// Control-C twice within a second.
  case interrupted
  /// A signal asked for the end: exit with 128 plus its number.
  case signal(Int32)
  /// The terminal is gone.
  case hangup

  public var exitCode: Int32 {
    switch self {
    case .quit: 0
    case .interrupted: 130
    case .signal(let number): 128 + number
    case .hangup: 129
    }
  }
}

/// Runs a program on a loop and a terminal: reads all input, updates, paints at most once per turn of the loop, and
/// is silent while nothing happens.
public final class ProgramRunner<P: Program>: @unchecked Sendable {
  // Unchecked because everything is touched on the loop only; `handle` enters by `execute`.
  public private(set) var program: P
  public let loop: EventLoop
  /// What the terminal has said about itself so far.
  public private(set) var abilities = TerminalAbilities()
  private var pictureMode = PictureMode.symbols

  private let options: ScreenOptions
  private let perform: (P.Effect, EffectRunner<P.Message>) -> Void
  private var effects: EffectRunner<P.Message>!
  private var screen: CursesScreen!
  private var palette: Palette!
  private var themeName = ""
  private var decoder = KeyDecoder()
  private var decoderTimer: LoopTimer?
  private var timers: [String: LoopTimer] = [:]
  private var isDirty = true
  private var isAway = false
  private var lastInterrupt: UInt64 = 0
  private var ending: ProgramEnding?
  private let escapeTimeout = KeyDecoder.escapeTimeout(isRemote: environment("SSH_CONNECTION") != nil)
  private var inputBuffer = [UInt8](repeating: 0, count: 1 << 16)

  /// `perform` is called on the loop for every effect; it must not block: it starts work with the effect runner.
  public init(
    _ program: P, loop: EventLoop, options: ScreenOptions = ScreenOptions(),
    perform: @escaping (P.Effect, EffectRunner<P.Message>) -> Void
  ) {
    self.program = program
    self.loop = loop
    self.options = options
    self.perform = perform
  }

  /// Sends messages to the program from any thread.
  public var handle: ProgramHandle<P.Message> {
    ProgramHandle { message in self.loop.execute { self.take(.message(message)) } }
  }

  static var signals: [Int32] { [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT] }

  /// Takes the terminal, runs the loop on this thread until the program ends, gives the terminal back.
  ///
  /// Call it first thing: it blocks the signals that it watches, for this thread and all it starts.
  public func run() throws -> ProgramEnding {
    Signals.block(ProgramRunner.signals)
    Signals.ignore(SIGPIPE)
    screen = try CursesScreen(options: options)
    defer { screen.close() }
    loop.execute { self.begin() }
    loop.run()
    return ending ?? .quit
  }

  private func begin() {
    effects = EffectRunner(loop: loop) { [unowned self] message in self.take(.message(message)) }
    loop.watchSignals(ProgramRunner.signals) { [unowned self] signal in self.receive(signal) }
    watchTerminal()
    loop.beforeSleep { [weak self] in
      self?.paint()
      return nil
    }
    screen.setMouse(program.wantsMouse)
    decidePictures()
    take(.event(.resize(screen.size)))
    carryOut(program.start())
    paint()
    let isInTmux = !(environment("TMUX") ?? "").isEmpty
    screen.write(TerminalAbilities.questions(terminalType: environment("TERM") ?? "", isInTmux: isInTmux))
  }

  // MARK: Input

  private func watchTerminal() {
    loop.watch(STDIN_FILENO, for: .read) { [unowned self] _ in self.readAll() }
  }

  /// Reads everything that waits, so that a burst of keys is one frame.
  private func readAll() {
    for _ in 0..<64 {
      let count = unsafe inputBuffer.withUnsafeMutableBufferPointer { buffer in
        unsafe ct_read(STDIN_FILENO, buffer.baseAddress, buffer.count)
      }
      if count == -2 { break }
      if count <= 0 { return end(.hangup) }
      receive(decoder.feed(inputBuffer[0..<count]))
      if ending != nil || isAway || ct_has_input(STDIN_FILENO) == 0 { break }
    }
    armDecoderTimer()
  }

  private func armDecoderTimer() {
    if let timer = decoderTimer { loop.cancel(timer) }
    decoderTimer = nil
    if !decoder.isWaiting { return }
    let delay = decoder.isPasting ? KeyDecoder.pasteTimeout : escapeTimeout
    decoderTimer = loop.schedule(after: delay) { [unowned self] in
      self.receive(self.decoder.timeOut())
    }
  }

  private func receive(_ events: [TerminalEvent]) {
    for event in events {
      if ending != nil { return }
      if case .answer(let answer) = event { note(answer) }
      if event == .key(.control("c")), isSecondInterrupt() { return end(.interrupted) }
      take(.event(event))
    }
  }

  private func note(_ answer: TerminalAnswer) {
    guard abilities.note(answer) else { return }
    if options.synchronized == nil { screen.isSynchronized = abilities.synchronizesOutput }
    if abilities.kittyKeyboard { screen.useKittyKeyboard() }
    decidePictures()
  }

  /// Tells the program how to make its pictures, once that is known and whenever it changes.
  private func decidePictures() {
    let asked = options.drawsPixels && abilities.hasAnswered && !screen.glyphs.isASCII
    let mode = PictureMode.decide(asked ? abilities : TerminalAbilities(), window: screen.cell, depth: screen.depth)
    if mode == pictureMode { return }
    pictureMode = mode
    take(.event(.pictures(mode)))
  }

  private func isSecondInterrupt() -> Bool {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    let now = UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
    defer { lastInterrupt = now }
    return lastInterrupt != 0 && now - lastInterrupt < 1000
  }

  private func receive(_ signal: Int32) {
    switch signal {
    case SIGWINCH: isDirty = true
    case SIGTSTP: suspend()
    case SIGCONT:
      if !isAway { screen.resume() }
      isDirty = true
    case SIGHUP: end(.hangup)
    default: end(.signal(signal))
    }
  }

  // MARK: Update and paint

  private func take(_ input: Input<P.Message>) {
    if ending != nil { return }
    isDirty = true
    carryOut(program.update(input))
  }

  private func carryOut(_ commands: [Command<P.Effect, P.Message>]) {
    for command in commands { carryOut(command) }
  }

  private func carryOut(_ command: Command<P.Effect, P.Message>) {
    switch command {
    case .perform(let effect): perform(effect, effects)
    case .after(let delay, let key, let message): schedule(message, key: key, after: delay)
    case .cancel(let key):
      if let timer = timers.removeValue(forKey: key) { loop.cancel(timer) }
      effects.cancel(key)
    case .copy(let text): if let bytes = Clipboard.sequence(for: text) { screen.write(bytes) }
    case .edit(let key, let text, let suffix): edit(key: key, text: text, suffix: suffix)
    case .bell: screen.write([7])
    case .redraw: screen.forget()
    case .suspend: suspend()
    case .quit: end(.quit)
    }
  }

  private func schedule(_ message: P.Message, key: String, after delay: Duration) {
    if let timer = timers[key] { loop.cancel(timer) }
    timers[key] = loop.schedule(after: delay) { [unowned self] in
      self.timers[key] = nil
      self.take(.message(message))
    }
  }

  private func paint() {
    guard isDirty, !isAway, ending == nil else { return }
    if screen.refreshSize() { resize() }
    isDirty = false
    let theme = program.theme
    if palette == nil || theme.name != themeName {
      palette = Palette(theme, depth: screen.depth)
      themeName = theme.name
    }
    screen.setMouse(program.wantsMouse)
    var canvas = Canvas(size: screen.size, glyphs: screen.glyphs)
    program.draw(on: &canvas)
    if !screen.present(canvas, palette) { end(.hangup) }
  }

  private func resize() {
    // The font may have changed, and with it the pixels of a cell.
    if abilities.cell != nil { screen.write(TerminalAbilities.cellQuestion) }
    decidePictures()
    take(.event(.resize(screen.size)))
  }

  private func end(_ ending: ProgramEnding) {
    if self.ending != nil { return }
    self.ending = ending
    effects.cancelAll()
    loop.unwatch(STDIN_FILENO)
    loop.stop()
  }

  // MARK: Away from the screen

  private func suspend() {
    if isAway { return }
    screen.suspend()
    ct_stop_self()
    comeBack()
  }

  private func comeBack() {
    screen.resume()
    isAway = false
    take(.event(.resumed))
  }

  private func edit(key: String, text: String, suffix: String) {
    if isAway { return }
    guard let file = EditedFile(text: text, suffix: suffix) else {
      return take(.event(.edited(key: key, text: nil)))
    }
    isAway = true
    loop.unwatch(STDIN_FILENO)
    screen.suspend()
    let pid = unsafe ct_start_in_foreground(file.command)
    Task(executorPreference: loop) { [self] in
      if pid > 0 { await loop.waitForExit(of: pid) }
      loop.onLoop { self.finishEditing(file, pid: pid, key: key) }
    }
  }

  private func finishEditing(_ file: EditedFile, pid: Int32, key: String) {
    var status: Int32 = -1
    if pid > 0 { unsafe waitpid(pid, &status, 0) }
    let text = file.take()
    if ending != nil { return }
    watchTerminal()
    comeBack()
    take(.event(.edited(key: key, text: status == 0 ? text : nil)))
  }
}
