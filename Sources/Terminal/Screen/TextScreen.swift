// SPDX-License-Identifier: GPL-3.0-or-later

/// A canvas as text: what tests compare with a literal and what bug reports can carry.
public enum TextScreen {
  /// The rows of the canvas, without trailing spaces, joined by line ends.
  public static func text(of canvas: Canvas) -> String {
    rows(of: canvas).joined(separator: "\n")
  }

  /// The cells of a box that is kept for pixels are shown as `░`.
  public static func rows(of canvas: Canvas) -> [String] {
    let boxes = canvas.picturesInSight.map(\.rect)
    return (0..<canvas.size.rows).map { y in
      var line = String.UnicodeScalarView()
      for x in 0..<canvas.size.columns {
        let cell = canvas[x, y]
        if cell.width == 0 { continue }
        if boxes.contains(where: { $0.contains(Point(x: x, y: y)) }) {
          line.append("░")
          continue
        }
        line.append(cell.scalar)
        line.append(contentsOf: canvas.marks(of: cell))
      }
      while line.last == " " { line.removeLast() }
      return String(line)
    }
  }

  /// One letter per cell for its style: `.` plain text, a small letter for a role, a capital for a ground.
  public static func styles(of canvas: Canvas) -> String {
    (0..<canvas.size.rows).map { y in
      String((0..<canvas.size.columns).map { letter(canvas[$0, y].style) })
    }.joined(separator: "\n")
  }

  private static func letter(_ style: Style) -> Character {
    switch style.ground {
    case .selection: return "S"
    case .selectionIdle: return "I"
    case .field: return "F"
    case .mark: return "M"
    case .bar: return "B"
    case .panel where style.role == .text: return "P"
    case .page, .panel: break
    case nil: return "#"
    }
    switch style.role {
    case .text: return style.attributes.contains(.bold) ? "T" : "."
    case .muted: return "m"
    case .accent: return "a"
    case .ok: return "o"
    case .warn: return "w"
    case .bad: return "b"
    case .info: return "i"
    case .title: return "t"
    case .border: return "-"
    case .focus: return "f"
    case .link: return "l"
    case .key: return "k"
    case .placeholder: return "p"
    case .heading: return "h"
    case nil: return "#"
    }
  }
}
