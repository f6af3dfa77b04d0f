// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Pictures made for the rooms they were asked for, the oldest leaving first.
struct PictureShelf: Sendable, Equatable {
  private struct Item: Sendable, Equatable {
    var wish: PictureWish
    /// Nil when it cannot be had.
    var picture: Picture?
  }
  private var items: [Item] = []
  private static let countMax = 48
  /// Pictures for terminals that draw pixels are a hundred kilobytes and more each.
  private static let bytesMax = 4 << 20

  init() {}

  mutating func put(_ wish: PictureWish, _ picture: Picture?) {
    items.removeAll { $0.wish == wish }
    items.append(Item(wish: wish, picture: picture))
    var bytes = items.reduce(0) { $0 + ($1.picture?.bytes ?? 0) }
    while items.count > PictureShelf.countMax || items.count > 1 && bytes > PictureShelf.bytesMax {
      bytes -= items.removeFirst().picture?.bytes ?? 0
    }
  }

  /// Whether an answer has come, a picture or none.
  func hasAnswer(_ wish: PictureWish) -> Bool { items.contains { $0.wish == wish } }

  /// The picture for that room, or the same for another room while the right one is being made.
  func picture(_ wish: PictureWish) -> Picture? {
    items.last { $0.wish == wish }?.picture ?? items.last { $0.wish.photo == wish.photo }?.picture
  }
}

/// A picture, the room it is to fill, and how the terminal shows pictures.
struct PictureWish: Sendable, Equatable {
  var photo: PhotoID
  var room: Size
  var mode = PictureMode.symbols

  /// Block symbols are eight pixels wide at most: more pixels than that are not seen. A third more than there are
  /// makes no visible difference.
  var size: PhotoSize {
    let pixels = mode.isText ? room.columns * 8 : room.columns * max(8, mode.cell.columns)
    return pixels <= PhotoSize.medium.pixels * 4 / 3 ? .medium : .large
  }
}
