// SPDX-License-Identifier: GPL-3.0-or-later
import Market

/// What comes back to the app.
enum Message: Sendable, Equatable {
  /// The time, before anything else that depends on it.
  case clock(Int64)
  case loaded(slot: String, Query, LoadResult)
  case picture(PhotoID, PhotoSize, PictureBytes?)
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
  /// A timer of a screen.
  case due(String)
  case toastOver(Int)
  case failed(String)
}

/// What the app wants done outside.
enum Effect: Sendable, Equatable {
  /// A newer one of the same slot cancels this one.
  case load(slot: String, Query, reload: Bool)
  case picture(PhotoID, PhotoSize)
  /// Writes a change down and tries to send it.
  case submit(Change, seen: Product?)
  case sendQueue
  case discard(Int)
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

/// The bytes of a picture file; equal by their count and name, since content names them.
struct PictureBytes: Sendable, Equatable {
  var bytes: [UInt8]
}

/// Pictures that were fetched, the oldest leaving first.
struct PictureShelf: Sendable, Equatable {
  private var items: [(photo: PhotoID, size: PhotoSize, picture: PictureBytes?)] = []
  private static let countMax = 24

  init() {}

  mutating func put(_ photo: PhotoID, _ size: PhotoSize, _ picture: PictureBytes?) {
    items.removeAll { $0.photo == photo && $0.size == size }
    items.append((photo, size, picture))
    if items.count > PictureShelf.countMax { items.removeFirst() }
  }

  /// The picture; nil while it has not come, and an empty one when it cannot be had.
  func picture(_ photo: PhotoID, _ size: PhotoSize) -> PictureBytes? {
    items.last { $0.photo == photo && $0.size == size }?.picture
  }

  func has(_ photo: PhotoID, _ size: PhotoSize) -> Bool { items.contains { $0.photo == photo && $0.size == size } }

  static func == (a: PictureShelf, b: PictureShelf) -> Bool {
    a.items.elementsEqual(b.items) { $0.photo == $1.photo && $0.size == $1.size && $0.picture == $1.picture }
  }
}
