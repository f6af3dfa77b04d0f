// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// What every screen may know.
struct Context: Sendable, Equatable {
  /// Seconds since 1970, from the last message.
  var now: Int64 = 0
  var server = ""
  var session: Session?
  var link = LinkState.unknown
  var queue: [QueuedChange] = []
  /// What was last asked for many things at once.
  var bulk: BulkRun?
  /// What is on the default wishlist.
  var wished: Set<Product.ID> = []
  /// What is to be compared, in the order in which it was taken in.
  var compared: [ProductCard] = []
  var pictures = PictureShelf()
  var showsPictures = true
  var pictureMode = PictureMode.symbols
  var size = Size(columns: 80, rows: 24)
  /// Whether nothing may turn or move by itself.
  var isStill = false
  /// How often the sign of waiting has turned; 0 while it is too early for one.
  var turns = 0
  /// The person's own keys by the names of actions.
  var keys: [String: [Key]] = [:]

  /// The comparison, once there are two.
  var comparison: ProductChoice? { ProductChoice(compared.map(\.id)) }

  /// The shop that the person works in.
  var shop: ShopReference? { session?.account.shops.first }

  /// Whether the person looks at what sellers offer.
  var isModerator: Bool { session?.account.adminScopes.contains(.moderation) == true }

  /// That something is waited for: plain words at first, then a sign that turns or counts seconds.
  func waiting(_ words: String) -> [Span] {
    if turns == 0 { return [Span("\(words)…", .muted)] }
    return Spinner.spans(words, frame: turns - 1, seconds: turns - 1, isStill: isStill)
  }

  /// The first key of an action, for words on the screen.
  func key(_ action: String, standard: Key) -> String { (keys[action]?.first ?? standard).description }

  /// Changes of a product that have not gone out yet.
  func queued(for product: Product.ID) -> [QueuedChange] { queue.filter { $0.change.product == product } }
}

/// Whether the server is there.
enum LinkState: Sendable, Equatable {
  case unknown
  /// It answers; nothing is pushed.
  case online
  /// Events arrive as they happen.
  case live
  case offline
}

/// A place in the app.
enum Route: Sendable, Equatable {
  case product(ProductCard)
  case productByID(Product.ID)
  case shop(ShopReference)
  case editor(Product?, shop: ShopReference)
  case section(Section)
  case address(Address?)
  case newKey
  /// An item of the moderators' queue, and those that come after it.
  case review(ModerationItem, queue: [ModerationItem])
  case wishes
  case comparison(ProductChoice)
}

/// What a screen wants done.
enum Step: Sendable, Equatable {
  case perform(Effect)
  case go(Route)
  case back
  case toast(Toast.Kind, String)
  /// A notice with something to take back.
  case undoable(String, Undo)
  case later(Duration, key: String, Message)
  case cancel(key: String)
  case copy(String)
  case edit(key: String, text: String, suffix: String)
  /// Offers actions of the screen in a menu.
  case choose(title: String, KeyTable<ActionID>)
  /// Many changes at once, whose progress and end are told together.
  case bulk(String, [BulkEdit.Plan.Item], undo: Undo?)
  /// Asks before it is done.
  case ask(Dialog, then: [Step])
  /// Asks the person for a proof, or for setting one up.
  case prove(ProofDemand)
  case enrol
  /// Puts a product on the wishlist, or takes it off.
  case wish(ProductCard)
  /// Takes a product into the comparison, or out of it.
  case compare(ProductCard)
  case compareNone
  case quit
}

/// What `u` takes back.
enum Undo: Sendable, Equatable {
  /// The product as it was before it was archived.
  case archive(Product)
  case archiveAll([Product])
}

/// One screen: a value that takes keys and messages and draws itself.
protocol Screen: Sendable {
  var title: String { get }
  /// What of the keys of lists it takes.
  var moves: Moves { get }
  /// Whether letters are text now: then the screen sees keys before the table does.
  var isTyping: Bool { get }
  /// Whether something is waited for that is shown with a sign that turns.
  var isWaiting: Bool { get }
  /// What to ask for when it opens.
  mutating func open(_ context: Context) -> [Step]
  /// What `open` asks for that may be stored already.
  var firstQueries: [(slot: String, query: Query)] { get }
  func actions(_ context: Context) -> KeyTable<ActionID>
  mutating func perform(_ action: ActionID, _ context: Context) -> [Step]
  /// Takes a key; nil when it is none of the screen's.
  mutating func handle(_ key: Key, _ context: Context) -> [Step]?
  mutating func paste(_ text: String, _ context: Context) -> [Step]
  mutating func receive(_ message: Message, _ context: Context) -> [Step]
  mutating func click(_ event: MouseEvent, in area: Rect, _ context: Context) -> [Step]
  /// Takes the room it has, and asks for what only the room decides.
  mutating func resize(to area: Rect, _ context: Context) -> [Step]
  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context)

  // In lines:

  /// What it is and how things stand in the first line; then its facts, and its rows with their numbers.
  func outline(_ context: Context) -> [OutlineLine]
  /// What is asked for, when a typed line is an answer and not a command.
  func prompt(_ context: Context) -> String?
  /// Takes the answer.
  mutating func answer(_ text: String, _ context: Context) -> [Step]
  /// Takes a command with words of its own; nil when it has none of that name.
  mutating func command(_ name: String, _ words: String, _ context: Context) -> [Step]?
  /// The commands with words of their own, for help.
  var commands: [(usage: String, what: String)] { get }
  /// Keeps what was typed and not sent yet.
  func keepDrafts() -> [Step]
}

extension Screen {
  var isTyping: Bool { false }
  var moves: Moves { .none }
  var isWaiting: Bool { false }
  var firstQueries: [(slot: String, query: Query)] { [] }
  mutating func paste(_ text: String, _ context: Context) -> [Step] { [] }
  /// What it shows, line by line, where a screen has nothing better to say in lines.
  func outline(_ context: Context) -> [OutlineLine] {
    let size = Size(columns: 100, rows: 60)
    var canvas = Canvas(size: size)
    draw(in: Rect(x: 0, y: 0, width: size.columns, height: size.rows), on: &canvas, context)
    let lines = TextScreen.rows(of: canvas).filter { !$0.isEmpty }
    return [OutlineLine(title)] + lines.map { OutlineLine($0) }
  }
  func prompt(_ context: Context) -> String? { nil }
  mutating func answer(_ text: String, _ context: Context) -> [Step] { [] }
  mutating func command(_ name: String, _ words: String, _ context: Context) -> [Step]? { nil }
  var commands: [(usage: String, what: String)] { [] }
  mutating func click(_ event: MouseEvent, in area: Rect, _ context: Context) -> [Step] { [] }
  mutating func resize(to area: Rect, _ context: Context) -> [Step] { [] }
  func keepDrafts() -> [Step] { [] }
}

/// What a screen knows of the answer it waits for.
enum Phase: Sendable, Equatable {
  case loading
  case shown(Freshness)
  case failed(ClientFailure)

  /// A few words beside the heading; nothing when all is well.
  func note(_ context: Context) -> [Span] {
    let now = context.now
    return switch self {
    case .loading: context.waiting("loading")
    case .shown(.live): []
    case .shown(.stored(let at)): [Span("\(Words.age(now - at)) · refreshing…", .muted)]
    case .shown(.offline(let at)): [Span("offline · \(Words.age(now - at))", .warn)]
    case .failed(let failure) where failure.isAway: [Span("offline", .warn)]
    case .failed: [Span("not loaded", .bad)]
    }
  }

  /// A heading with the note beside it.
  func heading(_ title: String, _ context: Context) -> [Span] {
    let note = note(context)
    return [Span(title, .heading)] + (note.isEmpty ? [] : [Span("  ")]) + note
  }

  /// Whether the link works, if this tells.
  var link: LinkState? {
    switch self {
    case .shown(.live): .online
    case .shown(.offline): .offline
    case .failed(let failure): failure.isAway ? .offline : .online
    case .loading, .shown(.stored): nil
    }
  }
}
