// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// What comes back from outside, and what follows from it.
extension App {
  mutating func receive(_ message: Message) -> [Step] {
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
    case .wishes(let news): return receive(news)
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
      return [.cancel(key: App.retryTimer)] + refreshAll() + [.perform(.sendQueue), .perform(.wishes(.learn))]
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
    case .sent(let product):
      if let words = ReviewWords.outcome(of: report.change.change, product) { return [.toast(.info, words)] }
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
}
