// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// A picture for a terminal that draws pixels.
///
/// Terminals that take files get the PNG as it came: it is a third of what its pixels would be. Sixel is pixels, made
/// by libchafa.
public struct Graphic: Sendable {
  /// Its number, by which terminals that keep files know it.
  let id: Int
  let method: PictureMode.Method
  /// The cells it fills.
  let size: Size
  /// Whether it covers all that was there before.
  let isOpaque: Bool
  /// What the terminal is sent: ready, since making it takes time. Where pictures are placed by number, this is only the
  /// file and its number.
  let sequence: [UInt8]

  private static let made = Atomic(0)

  init(_ pixels: Pixels, _ size: Size, _ mode: PictureMode, file: () -> [UInt8]) {
    self.init(mode.method, size: size, isOpaque: pixels.isOpaque) { id in
      switch mode.method {
      case .kitty: KittyGraphics.send(file(), as: id)
      case .kittyCells: KittyGraphics.sendThrough(file(), as: id, size)
      case .inline: InlineFile.sequence(file(), size)
      case .sixel: Sixel.sequence(pixels, size, cell: mode.cell)
      case .symbols, .plainSymbols: []
      }
    }
  }

  init(_ method: PictureMode.Method, size: Size, isOpaque: Bool = true, sequence: (_ id: Int) -> [UInt8]) {
    let number = Graphic.made.wrappingAdd(1, ordering: .relaxed).newValue
    // Characters say the number by a colour of the palette, of which the first sixteen are the person's own.
    id = method == .kittyCells ? 16 + number % 240 : 0x50_0000 + number
    self.method = method
    self.size = size
    self.isOpaque = isOpaque
    self.sequence = sequence(id)
  }
}

extension Graphic {
  /// Whether writing text over its pixels takes them away.
  var isWipedByText: Bool { method == .inline || method == .sixel }
}

extension Graphic: Equatable {
  public static func == (one: Graphic, other: Graphic) -> Bool {
    one.id == other.id && one.method == other.method && one.size == other.size
  }
}

/// A graphic in its place.
public struct PicturePlacement: Sendable, Equatable {
  public var rect: Rect
  var graphic: Graphic
}
