// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// How the account stands with its second factor, and the ways to change that.
struct TwoFactorPane: Screen {
  var isWaiting: Bool { phase == .loading }
  let title = "Two-factor"
  private(set) var state: TwoFactor?
  private(set) var phase = Phase.loading

  private static let slot = "two-factor"

  mutating func open(_ context: Context) -> [Step] {
    [.perform(.load(slot: TwoFactorPane.slot, .twoFactor, reload: false))]
  }

  func actions(_ context: Context) -> KeyTable<ActionID> {
    let isOn = state?.isOn
    func when(_ wanted: Bool) -> Action<ActionID>.Availability {
      guard let isOn else { return .disabled(reason: "its state is not known yet") }
      return isOn == wanted ? .enabled : .hidden
    }
    return KeyTable([
      Action(
        .turnOn, name: "two-factor-on", keys: [.enter], title: "Turn two-factor on", hint: "turn on",
        availability: when(false)),
      Action(
        .renewCodes, name: "renew-codes", keys: [Key("n")], title: "Get new recovery codes", hint: "new recovery codes",
        availability: when(true)),
      Action(
        .turnOff, name: "two-factor-off", keys: [Key("D")], title: "Turn two-factor off", hint: "turn off",
        availability: when(true)),
      Action(.refresh, name: "refresh", keys: [Key("r")], title: "Ask again"),
    ])
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch action {
    case .turnOn: return [.enrol]
    case .renewCodes:
      let dialog = Dialog(
        title: "Get new recovery codes?", message: "The old ones stop working at once.", confirmTitle: "Get new ones",
        cancelTitle: "Keep the old ones")
      return [.ask(dialog, then: [.perform(.identity(.account(.renewRecoveryCodes)))])]
    case .turnOff:
      let shop =
        state?.isMandatory == true ? " Selling and managing ask for it: you will have to turn it on again." : ""
      let dialog = Dialog(
        title: "Turn two-factor off?", message: "Then whoever reads your mail can sign in as you.\(shop)",
        confirmTitle: "Turn it off", cancelTitle: "Keep it on", confirmation: "off")
      return [.ask(dialog, then: [.perform(.identity(.account(.endTwoFactor)))])]
    case .refresh: return reload
    default: return []
    }
  }

  private var reload: [Step] { [.perform(.load(slot: TwoFactorPane.slot, .twoFactor, reload: true))] }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? { nil }

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    switch message {
    case .loaded(TwoFactorPane.slot, _, .content(.twoFactor(let found), let freshness)):
      state = found
      phase = .shown(freshness)
    case .loaded(TwoFactorPane.slot, _, .failed(let failure)): phase = .failed(failure)
    case .identity(.account(.endTwoFactor, .success)): return [.toast(.ok, "Two-factor is off.")] + reload
    case .identity(.account(.confirm, .success)), .identity(.account(.renewRecoveryCodes, .success)),
      .identity(.proven(.success)):
      return state == nil ? [] : reload
    case .identity(.account(.endTwoFactor, .failure(let failure))),
      .identity(.account(.renewRecoveryCodes, .failure(let failure))):
      return failure == .cancelled ? [] : [.toast(.error, failure.words)] + reload
    default: break
    }
    return []
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    var rest = area
    let head = rest.takeTop(1)
    canvas.put(phase.heading("Two-factor", context), x: head.x, y: head.y, columnsMax: head.width)
    _ = rest.takeTop(1)
    guard let state else {
      if case .failed(let failure) = phase { StateText.draw(failure, in: rest, on: &canvas, context) }
      return
    }
    let words =
      state.isOn
      ? "A code of your authenticator is asked for when you sign in and before sensitive actions."
      : "An authenticator is an app that shows six digits, new ones every half minute. "
        + "With it nobody can sign in as you who only reads your mail."
    for line in Wrapping.lines(words, width: min(rest.width, 64)) { canvas.put(line, in: rest.takeTop(1), .muted) }
    _ = rest.takeTop(1)
    KeyValuePane(pairs(state, context.now)).draw(in: rest, on: &canvas)
  }

  private func pairs(_ state: TwoFactor, _ now: Int64) -> [(String, [Span])] {
    guard state.isOn else {
      let off = ("State", [Span("○ off", state.isMandatory ? .warn : .muted)])
      let needed = ("Needed", [Span("for people who sell or manage, before sensitive actions", .warn)])
      return state.isMandatory ? [off, needed] : [off]
    }
    let left = ((state.provenUntil.map { $0.microseconds / 1_000_000 - now } ?? 0) + 59) / 60
    let codes = "\(state.recoveryCodesLeft) of \(RecoveryCodes.count) codes left"
    return [
      ("State", [Span("● on", .ok)]), ("Recovery", [Span(codes, state.recoveryCodesLeft <= 2 ? .warn : .text)]),
      ("Last proof", [Span(left > 0 ? "holds for \(left) min more" : "too old for sensitive actions", .muted)]),
    ]
  }
}
