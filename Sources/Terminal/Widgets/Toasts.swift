// SPDX-License-Identifier: GPL-3.0-or-later

/// A short notice at the foot of the screen, perhaps with something to undo.
public struct Toast: Sendable, Equatable {
  /// How grave it is: errors stay until a key.
  public enum Kind: Sendable, Equatable {
    case info, ok, warning, error
  }
  public let id: Int
  public var kind: Kind
  public var text: String
  /// Names what `u` takes back, while the toast stands.
  public var undo: String?

  /// How long it stands; nil until it is dismissed.
  public var duration: Duration? {
    if undo != nil { return .seconds(10) }
    switch kind {
    case .info, .ok: return .seconds(3)
    case .warning: return .seconds(6)
    case .error: return nil
    }
  }
}

/// The notices that stand now, and a log of those before.
public struct Toasts: Sendable, Equatable {
  public private(set) var standing: [Toast] = []
  public private(set) var log: [Toast] = []
  private var nextID = 1

  private static let standingMax = 3
  private static let logMax = 200

  public init() {}

  /// Writes a notice into the log without showing it.
  public mutating func note(_ kind: Toast.Kind, _ text: String) {
    log.append(Toast(id: nextID, kind: kind, text: text))
    nextID += 1
    if log.count > Toasts.logMax { log.removeFirst() }
  }

  /// Adds a notice. The program schedules its end: `.after(toast.duration, key: "toast-\(toast.id)", …)`.
  public mutating func show(_ kind: Toast.Kind, _ text: String, undo: String? = nil) -> Toast {
    let toast = Toast(id: nextID, kind: kind, text: text, undo: undo)
    nextID += 1
    standing.append(toast)
    if standing.count > Toasts.standingMax { standing.removeFirst() }
    log.append(toast)
    if log.count > Toasts.logMax { log.removeFirst() }
    return toast
  }

  public mutating func dismiss(_ id: Int) { standing.removeAll { $0.id == id } }

  /// Takes away the newest notice that stays until a key. False when there is none.
  public mutating func dismissError() -> Bool {
    guard let index = standing.lastIndex(where: { $0.duration == nil }) else { return false }
    standing.remove(at: index)
    return true
  }

  /// Takes the newest notice with something to undo, and names that.
  public mutating func takeUndo() -> String? {
    guard let index = standing.lastIndex(where: { $0.undo != nil }) else { return nil }
    return standing.remove(at: index).undo
  }

  /// Draws the notices at the bottom of the rectangle, newest last. `undoKey` takes the newest one back.
  public func draw(in rect: Rect, on canvas: inout Canvas, undoKey: String = "u") {
    var area = rect
    for toast in standing.reversed() {
      let row = area.takeBottom(1)
      if row.isEmpty { return }
      let (glyph, role) = look(toast.kind, canvas.glyphs)
      var spans = [Span(" \(glyph) ", Style(role, on: .bar)), Span(toast.text, Style(.text, on: .bar))]
      if toast.undo != nil {
        spans += [Span("  \(undoKey)", Style(.key, on: .bar)), Span(" undo", Style(.muted, on: .bar))]
      }
      let width = min(row.width, HintLine.width(spans) + 1)
      let place = Rect(x: row.right - width, y: row.y, width: width, height: 1)
      canvas.fill(place, Style(.text, on: .bar))
      canvas.put(spans, x: place.x, y: place.y, columnsMax: width)
    }
  }

  private func look(_ kind: Toast.Kind, _ glyphs: Glyphs) -> (String, Role) {
    switch kind {
    case .info: (glyphs.dot, .info)
    case .ok: (glyphs.check, .ok)
    case .warning: (glyphs.warning, .warn)
    case .error: (glyphs.cross, .bad)
    }
  }
}
