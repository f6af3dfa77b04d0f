// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// What comes back to the app.
enum Message: Sendable, Equatable {
  /// The time, before anything else that depends on it.
  case clock(Int64)
  case loaded(slot: String, Query, LoadResult)
  case picture(PictureWish, Picture?)
  case queue([QueuedChange])
  case sent(SendReport)
  /// What the server has now of a thing that is in conflict.
  case theirs(change: Int, Product)
  case signedIn(Session)
  case signedOut
  case refusedSignIn(String)
  case live(LiveUpdate)
  case liveEnded(ClientFailure)
  case draft(name: String, [String: String])
  /// What came back from the person's own editor; nil when it failed.
  case edited(key: String, String?)
  /// A timer of a screen.
  case due(String)
  case toastOver(Int)
  case failed(String)
}

/// What the app wants done outside.
enum Effect: Sendable, Equatable {
  /// A newer one of the same slot cancels this one.
  case load(slot: String, Query, reload: Bool)
  case picture(PictureWish)
  /// Writes a change down and tries to send it.
  case submit(Change, seen: Product?)
  case sendQueue
  case discard(Int)
  /// Drops a change that never left this computer; one that may have is undone by another.
  case takeBack(QueuedChange, orElse: Change, seen: Product?)
  /// Asks for the thing of a conflict as it is now.
  case theirs(QueuedChange)
  /// Sends a change again on top of what is there now.
  case rebase(QueuedChange, onto: Product)
  case signIn(DemoSignIn.Person)
  case signOut
  case follow
  case keepDraft(name: String, [String: String])
  case dropDraft(name: String)
  case readDraft(name: String)
}

/// Pictures drawn for the rooms they were asked for, the oldest leaving first.
struct PictureShelf: Sendable, Equatable {
  private struct Item: Sendable, Equatable {
    var wish: PictureWish
    /// Nil when it cannot be had.
    var picture: Picture?
  }
  private var items: [Item] = []
  private static let countMax = 48

  init() {}

  mutating func put(_ wish: PictureWish, _ picture: Picture?) {
    items.removeAll { $0.wish == wish }
    items.append(Item(wish: wish, picture: picture))
    if items.count > PictureShelf.countMax { items.removeFirst() }
  }

  /// Whether an answer has come, a picture or none.
  func hasAnswer(_ wish: PictureWish) -> Bool { items.contains { $0.wish == wish } }

  /// The picture for that room, or the same for another room while the right one is being made.
  func picture(_ wish: PictureWish) -> Picture? {
    items.last { $0.wish == wish }?.picture ?? items.last { $0.wish.photo == wish.photo }?.picture
  }
}

/// A picture and the room it is to fill.
struct PictureWish: Sendable, Equatable {
  var photo: PhotoID
  var room: Size

  /// Block symbols are eight pixels wide at most: more pixels than that are not seen.
  var size: PhotoSize { room.columns <= 60 ? .medium : .large }
}
