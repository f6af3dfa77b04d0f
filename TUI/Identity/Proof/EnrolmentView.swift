// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Draws the set-up of two-factor over the whole window: a code needs the room.
struct EnrolmentView {
  let enrolment: Enrolment

  func draw(in area: Rect, on canvas: inout Canvas) {
    canvas.fill(area, .text)
    let body = area.inset(horizontal: 1, vertical: 0)
    switch enrolment.stage {
    case .asking: write([("Asking for a secret…", .muted)], in: body, on: &canvas)
    case .stuck(let failure):
      write(
        [
          ("Two-factor", .heading), ("", .text), ("\(canvas.glyphs.cross) \(failure.words)", .bad), ("", .text),
          ("↵ tries again   esc leaves", .muted),
        ], in: body, on: &canvas)
    case .scanning(let secret): drawSecret(secret, in: body, on: &canvas)
    case .codes(let codes): drawCodes(codes, in: body, on: &canvas)
    }
  }

  private static let textWidth = 28

  private func drawSecret(_ secret: TwoFactorEnrolment, in area: Rect, on canvas: inout Canvas) {
    var rest = area
    let room = Size(columns: area.width - EnrolmentView.textWidth - 2, rows: area.height)
    let code = EnrolmentView.texts(secret.uri).lazy.compactMap { QRCode($0, fitting: room) }.first
    if let code {
      let side = rest.takeRight(code.size.columns + 2)
      let top = side.y + max(0, (side.height - code.size.rows) / 2)
      code.draw(in: Rect(x: side.x + 2, y: top, width: code.size.columns, height: code.size.rows), on: &canvas)
    }
    var lines: [(String, Style)] = [
      ("Turn two-factor on", .heading), ("", .text),
      (
        code == nil
          ? "1  Type this secret into an authenticator (the window is too small for its code):"
          : "1  Scan the code with an authenticator, or type this secret into it:", .text
      ),
      (EnrolmentView.grouped(secret.secret), .title), ("", .text), ("2  Type the six digits that it shows:", .text),
    ]
    if enrolment.isChecking { lines.append(("Looking at them…", .muted)) }
    if let trouble = enrolment.trouble { lines.append(("\(canvas.glyphs.cross) \(trouble)", .bad)) }
    write(lines, in: &rest, on: &canvas)
    _ = rest.takeTop(1)
    enrolment.entry.draw(in: rest.takeTop(1), isFocused: !enrolment.isChecking, on: &canvas)
    canvas.put("y copy secret   esc not now", in: rest.takeBottom(1), .muted)
  }

  /// What the code may say: the address as it is, else without what every authenticator takes for granted, which makes
  /// a smaller code.
  static func texts(_ uri: String) -> [String] {
    let parts = uri.split(separator: "&")
    let short = parts.filter { !["algorithm=SHA1", "digits=6", "period=30"].contains($0) }
    return parts.count == short.count ? [uri] : [uri, short.joined(separator: "&")]
  }

  private func drawCodes(_ codes: [String], in area: Rect, on canvas: inout Canvas) {
    var rest = area
    let first = enrolment.isRenewal ? "The old recovery codes are void. These are the new ones." : "Two-factor is on."
    write(
      [
        ("Recovery codes", .heading), ("", .text), (first, .ok),
        (
          "Each stands in for the authenticator once. They are shown this one time: write them down or copy them.",
          .text
        ),
        ("", .text),
      ], in: &rest, on: &canvas)
    let half = (codes.count + 1) / 2
    for row in 0..<half {
      let line = [row, row + half].filter { $0 < codes.count }.map { SafeText.padded(codes[$0], to: 16) }
      canvas.put("   " + line.joined(), in: rest.takeTop(1), .title)
    }
    _ = rest.takeTop(1)
    write([("Type \(Enrolment.keptWord) when they are in a safe place, then ↵:", .text)], in: &rest, on: &canvas)
    var field = rest.takeTop(1)
    TextField().draw(enrolment.kept, in: field.takeLeft(14), on: &canvas)
    canvas.put("y copy the codes", in: rest.takeBottom(1), .muted)
  }

  /// In groups of four, as people read them.
  static func grouped(_ secret: String) -> String {
    let characters = Array(secret)
    return stride(from: 0, to: characters.count, by: 4).map { String(characters[$0..<min($0 + 4, characters.count)]) }
      .joined(separator: " ")
  }

  private func write(_ lines: [(String, Style)], in rest: inout Rect, on canvas: inout Canvas) {
    for (text, style) in lines {
      if text.isEmpty {
        _ = rest.takeTop(1)
        continue
      }
      for line in Wrapping.lines(text, width: max(1, min(rest.width, 72))) {
        canvas.put(line, in: rest.takeTop(1), style)
      }
    }
  }

  private func write(_ lines: [(String, Style)], in area: Rect, on canvas: inout Canvas) {
    var rest = area
    write(lines, in: &rest, on: &canvas)
  }
}
