// SPDX-License-Identifier: GPL-3.0-or-later

/// What is on the glass of a terminal that draws pixels, and what to send so that it shows something else. Pure.
///
/// Text wipes pixels away in every terminal that draws sixel and inline files, and boxes are of a character of their own,
/// so ncurses itself rewrites what was covered. kitty keeps pixels apart from text: there every picture is taken away by
/// its number.
struct PictureGlass: Sendable {
  /// What is sent around the text of a frame.
  struct Change: Sendable, Equatable {
    var before: [UInt8] = []
    var after: [UInt8] = []
  }

  private(set) var shown: [PicturePlacement] = []
  /// Files that the terminal keeps, the latest used last.
  private(set) var kept: [Graphic] = []
  private var page: [UInt8] = []

  /// kitty keeps 320 MB of pixels for a window; ours are a few MB each.
  private static let keptMax = 16

  init() {}

  /// The bytes around a frame that is to show these pictures. `page` is what makes a space of the page's look; when that
  /// changes, the boxes are written again and their pixels are wiped away. A frame that scrolls lines drags pixels along.
  mutating func show(_ wanted: [PicturePlacement], page: [UInt8], isScrolled: Bool = false) -> Change {
    if wanted == shown, page == self.page, !isScrolled { return Change() }
    let isRewritten = isScrolled || page != self.page
    self.page = page
    func stays(_ placement: PicturePlacement) -> Bool {
      switch placement.graphic.method {
      case .kitty: !isScrolled
      case .inline, .sixel: !isRewritten
      case .symbols, .plainSymbols, .kittyCells: true
      }
    }
    let gone = shown.filter { !wanted.contains($0) || !stays($0) }
    let new = wanted.filter { !shown.contains($0) || !stays($0) }
    var change = Change()
    for placement in gone where placement.graphic.method == .kitty {
      change.before += KittyGraphics.remove(placement.graphic)
    }
    // What was there would be seen through the new picture, or beside it.
    var wipe: [UInt8] = []
    for old in gone where old.graphic.isWipedByText {
      for place in new where !place.graphic.isOpaque || place.rect != old.rect {
        wipe += PictureGlass.wipe(old.rect.intersection(place.rect))
      }
    }
    let place = new.flatMap { send($0) }
    if !place.isEmpty {
      change.after = PictureGlass.saveCursor + (wipe.isEmpty ? [] : page + wipe) + place + PictureGlass.restoreCursor
    }
    shown = wanted
    return change
  }

  private mutating func send(_ placement: PicturePlacement) -> [UInt8] {
    let graphic = placement.graphic
    let at = PictureGlass.move(x: placement.rect.x, y: placement.rect.y)
    switch graphic.method {
    case .symbols, .plainSymbols: return []
    case .inline, .sixel: return at + graphic.sequence
    case .kitty: return keep(graphic) + at + KittyGraphics.place(graphic)
    case .kittyCells: return keep(graphic)
    }
  }

  /// Sends the file unless the terminal has it, and lets it forget the one that was used longest ago.
  private mutating func keep(_ graphic: Graphic) -> [UInt8] {
    let isThere = kept.contains(graphic)
    kept.removeAll { $0 == graphic }
    kept.append(graphic)
    if isThere { return [] }
    if kept.count <= PictureGlass.keptMax { return graphic.sequence }
    return PictureGlass.forget(kept.removeFirst()) + graphic.sequence
  }

  private static func forget(_ graphic: Graphic) -> [UInt8] {
    let bytes = KittyGraphics.forget(graphic)
    return graphic.method == .kittyCells ? Passthrough.wrapped(bytes) : bytes
  }

  /// Takes everything away at the end, or when the glass is about to be cleared.
  var farewell: [UInt8] {
    if kept.isEmpty { return [] }
    if kept.contains(where: { $0.method == .kitty }) { return KittyGraphics.clear }
    return kept.flatMap { PictureGlass.forget($0) }
  }

  /// The terminal is cleared or not ours: nothing of ours is on it, and what it keeps is not known.
  mutating func forget() {
    shown = []
    kept = []
  }

  // MARK: Words

  private static let saveCursor = Array("\u{1b}7".utf8)
  private static let restoreCursor = Array("\u{1b}8".utf8)

  private static func move(x: Int, y: Int) -> [UInt8] { Array("\u{1b}[\(y + 1);\(x + 1)H".utf8) }

  private static func wipe(_ rect: Rect) -> [UInt8] {
    let blank = [UInt8](repeating: 0x20, count: rect.width)
    return (rect.y..<rect.bottom).flatMap { move(x: rect.x, y: $0) + blank }
  }
}
