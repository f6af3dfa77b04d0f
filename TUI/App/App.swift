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

  private mutating func push(_ screen: any Screen) -> [Step] {
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
    if !workspace.sections.contains(section) { workspace = workspace == .buy ? .sell : .buy }
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
    case .account: return context.session == nil ? SignInScreen() : AccountScreen()
    }
  }

  mutating func enter(_ workspace: Workspace) -> [Step] {
    guard workspace != self.workspace, let first = workspace.sections.first else { return [] }
    self.workspace = workspace
    return go(to: first)
  }

  // MARK: Messages

  private mutating func receive(_ message: Message) -> [Step] {
    switch message {
    case .clock(let now):
      context.now = now
      return []
    case .toastOver(let id):
      toasts.dismiss(id)
      undos[id] = nil
      return []
    case .picture(let wish, let picture):
      context.pictures.put(wish, picture)
      return []
    case .queue(let queue):
      context.queue = queue
      return tell(message)
    case .failed(let why): return [.toast(.error, why)]
    case .signedIn(let session): return signIn(session)
    case .signedOut(let note): return signOut(note)
    case .identity(let news): return receive(news)
    case .due(let key) where proof?.hears(key) == true: return tick(key)
    case .theirs(let id, let product):
      if let change = context.queue.first(where: { $0.id == id }) {
        overlay = .conflict(ConflictDialog(change, theirs: product))
      }
      return []
    default: break
    }
    let before = context.link
    noteLink(message)
    let steps = tell(message) + follow(message)
    return steps + noteRecovery(from: before)
  }

  /// Whether the server came back or went away: then everything in sight is asked for again, now or in a while.
  private mutating func noteRecovery(from before: LinkState) -> [Step] {
    switch (before, context.link) {
    case (.offline, .live), (.offline, .online):
      return [.cancel(key: App.retryTimer)] + refreshAll() + [.perform(.sendQueue)]
    case (_, .offline) where before != .offline: return [retryLater]
    default: return []
    }
  }

  private static let retryTimer = "retry"
  private var retryLater: Step { .later(.seconds(5), key: App.retryTimer, .due(App.retryTimer)) }

  mutating func refreshAll() -> [Step] {
    var steps: [Step] = []
    for index in stack.indices { steps += stack[index].perform(.refresh, context) }
    for (section, var screens) in parked {
      for index in screens.indices { steps += screens[index].perform(.refresh, context) }
      parked[section] = screens
    }
    return steps
  }

  /// Every screen hears every message, those that are parked too, and takes what is its own.
  mutating func tell(_ message: Message) -> [Step] {
    var steps: [Step] = []
    for index in stack.indices { steps += stack[index].receive(message, context) }
    for (section, var screens) in parked {
      for index in screens.indices { steps += screens[index].receive(message, context) }
      parked[section] = screens
    }
    return steps
  }

  private mutating func noteLink(_ message: Message) {
    switch message {
    case .loaded(_, _, .content(_, .live)): if context.link != .live { context.link = .online }
    case .loaded(_, _, .content(_, .offline)): context.link = .offline
    case .loaded(_, _, .failed(let failure)):
      // A server that refuses is there.
      if failure.isAway { context.link = .offline } else if context.link != .live { context.link = .online }
    case .live(.opened), .live(.event): context.link = .live
    case .live(.lost): context.link = .offline
    case .liveEnded: if context.link == .live { context.link = .online }
    case .sent(let report):
      if case .waiting = report.outcome {
        context.link = .offline
      } else if context.link == .offline {
        context.link = .online
      }
    default: break
    }
  }

  /// What follows for the app itself: what waited goes out, outcomes are told.
  private mutating func follow(_ message: Message) -> [Step] {
    switch message {
    case .live(.restarted): return refreshAll()
    case .live(.opened):
      return context.queue.contains { $0.state == .queued } ? [.perform(.sendQueue)] : []
    case .due(App.retryTimer) where context.link == .offline:
      // The feed comes back by itself; without one the front screen asks.
      return [retryLater] + (context.session == nil ? top { $0.perform(.refresh, $1) } : [])
    case .sent(let report): return tellOutcome(report)
    default: return []
    }
  }

  private mutating func tellOutcome(_ report: SendReport) -> [Step] {
    if context.bulk?.isOver == false, context.bulk?.take(report) == true { return tellEnd() }
    switch report.outcome {
    case .sent:
      switch report.change.change {
      case .archiveProduct: return []
      case .restoreProduct: return [.toast(.ok, "\(report.change.seen?.title ?? "The product") is back.")]
      case .editProduct, .createProduct: return [.toast(.ok, "Saved. \(report.change.title)")]
      }
    case .waiting: return [.toast(.warning, "Queued, not saved yet: the server is away.")]
    case .held(let failure): return [.toast(.warning, "Queued, not saved yet. \(failure.words)")]
    case .conflict: return [.perform(.theirs(report.change))]
    case .refused(let why, _): return [.toast(.error, why)]
    }
  }

  /// The end of what was done to many things, in one notice.
  private func tellEnd() -> [Step] {
    guard let run = context.bulk, run.isOver else { return [] }
    let (kind, text) = run.summary
    if let undo = run.undo, kind == .ok { return [.undoable(text, undo)] }
    return [.toast(kind, text)]
  }

  // MARK: Steps

  mutating func carryOut(_ steps: [Step]) -> [Command<Effect, Message>] {
    var commands: [Command<Effect, Message>] = []
    var queue = steps[...]
    while let step = queue.popFirst() {
      switch step {
      case .perform(let effect): commands.append(.perform(effect))
      case .go(let route): queue = (open(route) + queue)[...]
      case .back: queue = (goBack() + queue)[...]
      case .toast(let kind, let text): commands += show(toasts.show(kind, text))
      case .undoable(let text, let undo):
        let toast = toasts.show(.ok, text, undo: text)
        undos[toast.id] = undo
        commands += show(toast)
      case .later(let delay, let key, let message): commands.append(.after(delay, key: key, message))
      case .cancel(let key): commands.append(.cancel(key: key))
      case .copy(let text): commands.append(.copy(text))
      case .edit(let key, let text, let suffix): commands.append(.edit(key: key, text: text, suffix: suffix))
      case .choose(let title, let table): overlay = .menu(ActionMenu(title: title, table: table))
      case .bulk(let deed, let items, let undo):
        context.bulk = BulkRun(deed: deed, items, at: context.now, undo: undo)
        commands.append(.perform(.submitAll(items)))
      case .ask(let dialog, let then): overlay = .question(dialog, then)
      case .prove(let demand): queue = (self.ask(demand) + queue)[...]
      case .enrol: queue = (enrol() + queue)[...]
      case .quit: commands.append(.quit)
      }
    }
    return commands
  }

  private func show(_ toast: Toast) -> [Command<Effect, Message>] {
    toast.duration.map { [.after($0, key: "toast-\(toast.id)", .toastOver(toast.id))] } ?? []
  }

  private mutating func open(_ route: Route) -> [Step] {
    switch route {
    case .product(let card): push(ProductScreen(card: card))
    case .productByID(let id): push(ProductScreen(id: id))
    case .shop(let reference): push(ShopScreen(reference))
    case .editor(let product, let shop): push(ProductEditor(product: product, shop: shop))
    case .section(let section): go(to: section)
    case .address(let address): push(AddressEditor(address))
    }
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
