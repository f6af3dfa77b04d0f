// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// The picture beside a list. It follows the caret when that comes to rest, and the one before stays while the new one
/// is made: a picture is thousands of bytes, and a held key repeats every 30 to 90 ms.
struct RestingPicture: Sendable, Equatable {
  /// That of the row where the caret last rested.
  private(set) var shown: Photo?
  /// The one before it, for a moment.
  private(set) var earlier: Photo?
  let restTimer: String
  let lateTimer: String

  private static let rest = Duration.milliseconds(120)
  /// After that long an empty frame is truer than another thing's picture.
  private static let patience = Duration.milliseconds(400)

  init(timer: String) { (restTimer, lateTimer) = ("\(timer)-rest", "\(timer)-late") }

  /// After a movement: a newer one takes its place.
  var restLater: Step { .later(RestingPicture.rest, key: restTimer, .due(restTimer)) }

  mutating func rest(on photo: Photo?) {
    if photo != shown { (earlier, shown) = (shown, photo) }
  }

  /// What is to be done at rest, with the wish for a picture that is not there yet.
  func steps(wanting wish: [Step]) -> [Step] {
    let late: [Step] = wish.isEmpty ? [] : [.later(RestingPicture.patience, key: lateTimer, .due(lateTimer))]
    return [.cancel(key: restTimer)] + wish + late
  }

  mutating func loseEarlier() { earlier = nil }
}
