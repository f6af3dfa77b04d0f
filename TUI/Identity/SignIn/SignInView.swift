// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Draws the sign-in screen.
struct SignInView {
  let screen: SignInScreen
  let now: Int64

  private static let labelWidth = 18

  func draw(in area: Rect, on canvas: inout Canvas) {
    switch screen.stage {
    case .ways: drawWays(in: area, on: &canvas)
    case .contact, .sending: drawContact(in: area, on: &canvas)
    case .code, .checking: drawCode(in: area, on: &canvas)
    case .beginningLink: text(["Asking for a link…"], .muted, in: area, on: &canvas)
    case .link(let grant, let pace): drawLink(grant, pace, in: area, on: &canvas)
    case .linkOver(let end): drawEnd(end, in: area, on: &canvas)
    }
  }

  // MARK: Choosing

  private static func headHeight(_ screen: SignInScreen, width: Int) -> Int {
    screen.reason.map { Wrapping.lines($0, width: width).count + 1 } ?? 0
  }

  static func waysArea(_ area: Rect, _ screen: SignInScreen) -> Rect {
    var rest = area
    _ = rest.takeTop(2 + headHeight(screen, width: area.width))
    return rest.takeTop(screen.ways.count)
  }

  private func drawWays(in area: Rect, on canvas: inout Canvas) {
    var rest = area
    canvas.put("Sign in", in: rest.takeTop(1), .heading)
    _ = rest.takeTop(1)
    if let reason = screen.reason {
      for line in Wrapping.lines(reason, width: rest.width) { canvas.put(line, in: rest.takeTop(1), .warn) }
    }
    let names = screen.providers.map(\.name)
    let also = names.isEmpty ? "" : "; also \(SignInView.listed(names))"
    let rows = [
      ("With a code", "six digits, sent to your e-mail address or phone"),
      ("With a browser", "a link or a QR code for another device\(also)"),
    ]
    ListView { index in
      [Span(SafeText.padded(rows[index].0, to: SignInView.labelWidth), .title), Span(rows[index].1, .muted)]
    }.draw(screen.ways, in: SignInView.waysArea(area, screen), on: &canvas)
  }

  /// `A`, `A or B`, `A, B or C`.
  static func listed(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " or " + last
  }

  // MARK: Code

  private func drawContact(in area: Rect, on canvas: inout Canvas) {
    var rest = area
    canvas.put("Sign in with a code", in: rest.takeTop(1), .heading)
    _ = rest.takeTop(1)
    var field = rest.takeTop(1)
    let isSending = screen.stage == .sending
    canvas.put("E-mail or phone", in: field.takeLeft(SignInView.labelWidth), isSending ? .muted : .title)
    TextField(placeholder: "ines@example.org or +351 212 345 678", isFocused: !isSending).draw(
      screen.contact, in: Rect(x: field.x, y: field.y, width: min(44, field.width), height: 1), on: &canvas)
    _ = rest.takeTop(1)
    if isSending { return text(["Sending the code…"], .muted, in: rest, on: &canvas) }
    if drawTrouble(in: &rest, on: &canvas) { return }
    text(
      ["Six digits are sent there. Whoever is new gets an account; there are no passwords."], .muted, in: rest,
      on: &canvas)
  }

  private func drawCode(in area: Rect, on canvas: inout Canvas) {
    var rest = area
    canvas.put("Type the code", in: rest.takeTop(1), .heading)
    _ = rest.takeTop(1)
    if let sent = screen.sent {
      let left = sent.challenge.expiresAt.microseconds / 1_000_000 - now
      let life: Span =
        left > 0
        ? Span("It works for \(Words.countdown(left)).", .muted)
        : Span("It is too old now; have another one sent.", .warn)
      let row = rest.takeTop(1)
      canvas.put(
        [Span("Sent to "), Span(sent.contact.masked, .title), Span(".  "), life], x: row.x, y: row.y,
        columnsMax: row.width)
    }
    _ = rest.takeTop(1)
    let isChecking = screen.stage == .checking
    screen.entry.draw(in: rest.takeTop(1), isFocused: !isChecking, on: &canvas)
    _ = rest.takeTop(1)
    if isChecking { return text(["Signing in…"], .muted, in: rest, on: &canvas) }
    _ = drawTrouble(in: &rest, on: &canvas)
    if let wait = screen.resendWait(now) {
      text(["Not there? Another code can be sent in \(Words.countdown(wait))."], .muted, in: rest, on: &canvas)
    } else {
      text(["Not there? r sends another code."], .muted, in: rest, on: &canvas)
    }
  }

  /// What went wrong, with the time to wait. False when nothing did.
  private func drawTrouble(in rest: inout Rect, on canvas: inout Canvas) -> Bool {
    guard let trouble = screen.trouble else { return false }
    var words = "\(canvas.glyphs.cross) \(trouble.words)"
    if let until = trouble.waitUntil { words += " The next one is possible in \(Words.countdown(until - now))." }
    for line in Wrapping.lines([Span(words, .bad)], width: min(rest.width, 72)) {
      let row = rest.takeTop(1)
      canvas.put(line, x: row.x, y: row.y, columnsMax: row.width)
    }
    _ = rest.takeTop(1)
    return true
  }

  // MARK: Link

  private func drawLink(_ grant: DeviceGrant, _ pace: LinkPace, in area: Rect, on canvas: inout Canvas) {
    var rest = area
    if let code = QRCode(grant.verificationURIComplete, fitting: Size(columns: area.width - 30, rows: area.height)) {
      let side = rest.takeRight(code.size.columns + 2)
      code.draw(in: Rect(x: side.x + 2, y: side.y, width: code.size.columns, height: code.size.rows), on: &canvas)
    }
    canvas.put("Sign in with a browser", in: rest.takeTop(1), .heading)
    _ = rest.takeTop(1)
    text(["Open this link on any device, or scan the code:"], .text, in: &rest, on: &canvas)
    text([grant.verificationURI], .link, in: &rest, on: &canvas)
    _ = rest.takeTop(1)
    text(["The page must show this code:"], .text, in: &rest, on: &canvas)
    canvas.put(grant.userCode, in: rest.takeTop(1), Style(.title, on: .page, .bold))
    _ = rest.takeTop(1)
    if !screen.providers.isEmpty {
      text(["You can use \(SignInView.listed(screen.providers.map(\.name))) there."], .muted, in: &rest, on: &canvas)
    }
    let left = grant.expiresAt.microseconds / 1_000_000 - now
    if pace.isAway {
      text(["\(canvas.glyphs.hollowDot) The server is away; waiting for it."], .warn, in: &rest, on: &canvas)
    } else {
      text(["Waiting for you to agree there…"], .muted, in: &rest, on: &canvas)
    }
    text(["The link works for \(Words.countdown(left))."], .muted, in: &rest, on: &canvas)
  }

  private func drawEnd(_ end: LinkEnd, in area: Rect, on canvas: inout Canvas) {
    var rest = area
    canvas.put("Sign in with a browser", in: rest.takeTop(1), .heading)
    _ = rest.takeTop(1)
    text(["\(canvas.glyphs.cross) \(end.words)"], .bad, in: &rest, on: &canvas)
    _ = rest.takeTop(1)
    text(["↵ makes a new link."], .muted, in: rest, on: &canvas)
  }

  // MARK: Text

  private func text(_ lines: [String], _ style: Style, in rest: inout Rect, on canvas: inout Canvas) {
    for line in lines.flatMap({ Wrapping.lines($0, width: max(1, min(rest.width, 72))) }) {
      canvas.put(line, in: rest.takeTop(1), style)
    }
  }

  private func text(_ lines: [String], _ style: Style, in area: Rect, on canvas: inout Canvas) {
    var rest = area
    text(lines, style, in: &rest, on: &canvas)
  }
}
