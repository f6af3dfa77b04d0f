// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

// The map of the app:
//   App          the program: workspaces, their sections, a stack of screens, and what lies over them
//   Screen       one screen; it returns Steps, which the app turns into commands
//   Context      what every screen may know
//   AppKeys      the keys that work everywhere, as a table of ActionIDs
//   Frame        header, tabs, body, hint line
//   Query        what can be asked, and which endpoint answers it
//   Effect       what is done outside, by AppRuntime; Message is what comes back

/// The full-screen client.
struct App: Program {
  var context: Context
  var workspace = Workspace.buy
  /// The screens of the open section, the front one last.
  var stack: [any Screen]
  /// The sections that were left, as they were.
  var parked: [Section: [any Screen]] = [:]
  var section = Section.browse
  var overlay: Overlay?
  /// A proof that is asked for, over everything.
  var proof: ProofLayer?
  /// Where somebody was whose session ended.
  var interrupted: Interruption?
  var toasts = Toasts()
  var undos: [Int: Undo] = [:]
  private(set) var themeIndex: Int
  private(set) var wantsMouse: Bool
  private var recent: [ActionID] = []
  /// Where reading stands, in lines.
  var lines = LineReading()

  /// What was wrong in the file of settings, to be told once.
  private let faults: [SettingsFault]

  init(
    server: String, session: Session?, queue: [QueuedChange], settings: Settings = Settings(),
    faults: [SettingsFault] = []
  ) {
    context = Context(server: server, session: session, queue: queue, showsPictures: settings.images != .off)
    context.keys = settings.keys
    context.isStill = settings.isStill
    wantsMouse = settings.usesMouse
    stack = [BrowseScreen()]
    themeIndex = Theme.all.firstIndex { $0.name == settings.theme } ?? 0
    self.faults = faults
  }

  var theme: Theme { Theme.all[themeIndex] }

  mutating func start() -> [Command<Effect, Message>] {
    var steps = stack[0].open(context)
    if context.session?.secondFactor == .owed { return carryOut(steps + ask(.secondFactor)) }
    steps.append(.perform(.wishes(.learn)))
    if context.session != nil { steps.append(.perform(.follow)) }
    if !context.queue.isEmpty { steps.append(.perform(.sendQueue)) }
    if !faults.isEmpty {
      for fault in faults { toasts.note(.warning, fault.description) }
      let words = Words.count(faults.count, "line of your settings is", "lines of your settings are")
      steps.append(.toast(.warning, "\(words) wrong: souk config check"))
    }
    return carryOut(steps) + turn()
  }

  mutating func update(_ input: Input<Message>) -> [Command<Effect, Message>] { take(input) + turn() }

  private mutating func take(_ input: Input<Message>) -> [Command<Effect, Message>] {
    switch input {
    case .message(.due(App.turnTimer)):
      isTurning = false
      context.turns += 1
      return []
    case .message(let message): return carryOut(receive(message))
    case .event(.key(let key)): return press(key)
    case .event(.paste(let text, let isCut)): return paste(text, isCut: isCut)
    case .event(.mouse(let event)): return carryOut(mouse(event))
    case .event(.resize(let size)):
      context.size = size
      return carryOut(fitScreens())
    case .event(.pictures(let mode)):
      context.pictureMode = mode
      return carryOut(fitScreens())
    case .event(.edited(let key, let text)):
      return carryOut(top { $0.receive(.edited(key: key, text), $1) })
    case .event: return []
    }
  }

  private static let turnTimer = "turn"
  private var isTurning = false

  /// Keeps the sign of waiting turning, from 300 ms on and only while something is waited for.
  private mutating func turn() -> [Command<Effect, Message>] {
    if !front.isWaiting {
      defer { (isTurning, context.turns) = (false, 0) }
      return isTurning ? [.cancel(key: App.turnTimer)] : []
    }
    if isTurning { return [] }
    isTurning = true
    let pause = context.turns == 0 ? .milliseconds(300) : context.isStill ? .seconds(1) : Spinner.interval
    return [.after(pause, key: App.turnTimer, .due(App.turnTimer))]
  }

  // MARK: Screens

  var front: any Screen { stack[stack.count - 1] }

  mutating func replaceFront(_ screen: any Screen) { stack[stack.count - 1] = screen }

  /// Lets the front screen change.
  mutating func top(_ change: (inout any Screen, Context) -> [Step]) -> [Step] {
    change(&stack[stack.count - 1], context)
  }

  mutating func fitScreens() -> [Step] {
    let body = Frame(context.size).body
    return top { $0.resize(to: body, $1) }
  }

  mutating func push(_ screen: any Screen) -> [Step] {
    stack.append(screen)
    return fitScreens() + top { $0.open($1) }
  }

  mutating func goBack() -> [Step] {
    if stack.count > 1 { stack.removeLast() }
    return fitScreens()
  }

  mutating func go(to section: Section) -> [Step] {
    if section == self.section {
      stack = [stack[0]]
      return fitScreens()
    }
    if !workspace.sections.contains(section) {
      workspace = Workspace.allCases.first { $0.sections.contains(section) } ?? workspace
    }
    parked[self.section] = stack
    self.section = section
    if let screens = parked.removeValue(forKey: section) {
      stack = screens
      return fitScreens()
    }
    stack = [screen(for: section)]
    return fitScreens() + top { $0.open($1) }
  }

  func screen(for section: Section) -> any Screen {
    let shop = context.shop
    switch section {
    case .browse: return BrowseScreen()
    case .shops: return ShopsScreen()
    case .products: return shop.map { ProductTable(shop: $0) } ?? screen(for: .account)
    case .myShop: return shop.map { ShopScreen($0) } ?? screen(for: .account)
    case .queue: return QueueScreen()
    case .audit: return AuditScreen()
    case .moderation: return context.isModerator ? ModerationScreen() : screen(for: .account)
    case .account: return context.session == nil ? SignInScreen() : AccountScreen()
    }
  }

  mutating func enter(_ workspace: Workspace) -> [Step] {
    guard workspace != self.workspace, let first = workspace.sections.first else { return [] }
    self.workspace = workspace
    return go(to: first)
  }

  // MARK: What the app itself does

  mutating func note(_ action: ActionID) {
    recent.removeAll { $0 == action }
    recent.insert(action, at: 0)
    if recent.count > 8 { recent.removeLast() }
  }

  var recentActions: [ActionID] { recent }

  mutating func nextTheme() -> [Step] {
    themeIndex = (themeIndex + 1) % Theme.all.count
    return [.toast(.info, "Colours: \(theme.name)")]
  }

  mutating func toggleMouse() -> [Step] {
    wantsMouse.toggle()
    return [.toast(.info, wantsMouse ? "Mouse on. Shift-drag selects text." : "Mouse off.")]
  }

  mutating func togglePictures() -> [Step] {
    context.showsPictures.toggle()
    return fitScreens()
  }
}

extension App {
  /// Fills the first screen with what is stored, before anything is asked: the first frame is worth looking at.
  mutating func recall(_ sight: FirstSight, now: Int64) {
    _ = update(.message(.clock(now)))
    for (slot, query) in front.firstQueries {
      guard let (content, at) = query.stored(sight) else { continue }
      _ = update(.message(.loaded(slot: slot, query, .content(content, .stored(at: at)))))
    }
  }
}
