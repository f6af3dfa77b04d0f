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
  case signedOut(note: String?)
  case identity(IdentityNews)
  case reviewed(ReviewCall, Result<ReviewAnswer, ClientFailure>)
  case wishes(WishNews)
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
  /// The same for many.
  case submitAll([BulkEdit.Plan.Item])
  case sendQueue
  case discard(Int)
  /// Drops a change that never left this computer; one that may have is undone by another.
  case takeBack(QueuedChange, orElse: Change, seen: Product?)
  /// Asks for the thing of a conflict as it is now.
  case theirs(QueuedChange)
  /// Sends a change again on top of what is there now.
  case rebase(QueuedChange, onto: Product)
  case identity(IdentityEffect)
  case review(ReviewCall)
  case wishes(WishEffect)
  case follow
  case keepDraft(name: String, [String: String])
  case dropDraft(name: String)
  case readDraft(name: String)
}
