// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Draws the question for a proof in the middle, over what is there.
struct ProofPromptView {
  let prompt: ProofPrompt
  let now: Int64

  private static let width = 62

  func draw(in area: Rect, on canvas: inout Canvas) {
    canvas.dim(area)
    let lines = lines(canvas.glyphs)
    let width = min(area.width, ProofPromptView.width)
    let wrapped = lines.map { Wrapping.lines([$0], width: max(1, width - 4)) }
    let extra = isTyping ? 2 : 0
    let rows = wrapped.reduce(0) { $0 + $1.count } + contacts.count + extra
    let box = area.centered(width: width, height: min(area.height, rows + 6))
    canvas.fill(box, Style(.text, on: .panel))
    canvas.clipped(to: box) { canvas in
      var inner = canvas.box(box, title: title, Style(.accent, on: .panel)).inset(horizontal: 1, vertical: 0)
      _ = inner.takeTop(1)
      let hints = inner.takeBottom(1)
      for (index, rows) in wrapped.enumerated() {
        for row in rows {
          let place = inner.takeTop(1)
          canvas.put(row, x: place.x, y: place.y, columnsMax: place.width)
        }
        guard index == 0 else { continue }
        drawContacts(in: &inner, on: &canvas)
        if isTyping {
          _ = inner.takeTop(1)
          prompt.entry.draw(in: inner.takeTop(1), isFocused: !prompt.isChecking, on: &canvas)
        }
        _ = inner.takeTop(1)
      }
      canvas.put(hint, in: hints, Style(.muted, on: .panel), alignment: .trailing)
    }
  }

  private var title: String { prompt.demand == .secondFactor ? "Second factor" : "Prove it is you" }

  private var isTyping: Bool {
    switch prompt.stage {
    case .authenticator, .oneTimeCode: true
    default: false
    }
  }

  private var contacts: [Contact] { if case .choosing(let contacts) = prompt.stage { contacts } else { [] } }

  private func drawContacts(in inner: inout Rect, on canvas: inout Canvas) {
    let contacts = contacts
    guard !contacts.isEmpty else { return }
    ListView { [Span(contacts[$0].masked)] }.draw(prompt.list, in: inner.takeTop(contacts.count), on: &canvas)
  }

  /// What is said: the question, then what went wrong or what else there is.
  private func lines(_ glyphs: Glyphs) -> [Span] {
    func plain(_ text: String) -> Span { Span(text, Style(.text, on: .panel)) }
    func quiet(_ text: String) -> Span { Span(text, Style(.muted, on: .panel)) }
    var trouble: [Span] = []
    if let words = prompt.trouble {
      let wait = prompt.waitUntil.map { " The next one is possible in \(Words.countdown($0 - now))." } ?? ""
      trouble = [Span("\(glyphs.cross) \(words)\(wait)", Style(.bad, on: .panel))]
    } else if prompt.isChecking {
      trouble = [quiet("Looking at it…")]
    }
    switch prompt.stage {
    case .learning: return [quiet("One moment…")]
    case .stuck(let failure):
      return [Span("\(glyphs.cross) \(failure.words)", Style(.bad, on: .panel)), quiet("↵ tries again.")]
    case .authenticator:
      return [plain("Type the code that your authenticator shows.")] + trouble
        + [quiet("Without it a recovery code will do: type it here, then ↵.")]
    case .choosing: return [plain("A code is sent to you. Where to?")]
    case .sending(let contact): return [quiet("Sending a code to \(contact.masked)…")]
    case .oneTimeCode(let contact, _):
      return [plain("Type the code that was sent to \(contact.masked).")] + trouble + [quiet("r sends another one.")]
    case .mustEnrol:
      return [
        plain(
          "This wants two-factor: a second proof beside the code in your mail. It takes an authenticator and a minute."),
        quiet("What you were about to do goes on afterwards."),
      ]
    }
  }

  private var hint: String {
    switch prompt.stage {
    case .mustEnrol: "↵ set it up   esc not now"
    case .choosing: "↵ send   esc not now"
    default: "esc not now"
    }
  }
}
