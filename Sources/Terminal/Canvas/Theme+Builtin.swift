// SPDX-License-Identifier: GPL-3.0-or-later

extension Theme {
  /// The terminal's own colours: right on light and dark backgrounds, whatever the person has chosen.
  public static let terminal = Theme(
    name: "terminal",
    inks: [
      .text: Ink(.terminal), .muted: Ink(.terminal, .dim, mono: .dim), .accent: Ink(.ansi(6), .bold, mono: .bold),
      .ok: Ink(.ansi(2)), .warn: Ink(.ansi(3), mono: .bold), .bad: Ink(.ansi(1), .bold, mono: .bold),
      .info: Ink(.ansi(4)), .title: Ink(.terminal, .bold, mono: .bold), .border: Ink(.terminal, .dim, mono: .dim),
      .focus: Ink(.ansi(6), .bold, mono: .bold), .link: Ink(.ansi(4), .underline, mono: .underline),
      .key: Ink(.terminal, .bold, mono: .bold), .placeholder: Ink(.terminal, [.dim, .italic], mono: .dim),
      .heading: Ink(.ansi(5), .bold, mono: .bold),
    ],
    papers: [
      .page: Paper(.terminal), .selection: Paper(.terminal, ink: .terminal, .reverse, mono: .reverse),
      .selectionIdle: Paper(.terminal, .bold, mono: .bold),
      .field: Paper(.terminal, .underline, mono: .underline), .panel: Paper(.terminal), .bar: Paper(.terminal),
      .mark: Paper(.terminal, .bold, mono: .bold),
    ])

  public static let dark = made(
    name: "dark", page: .rgb(18, 18, 18), text: .rgb(228, 228, 228), muted: .rgb(168, 168, 168),
    border: .rgb(138, 138, 138),
    accent: .rgb(95, 215, 215), ok: .rgb(135, 215, 135), warn: .rgb(255, 215, 95), bad: .rgb(255, 135, 135),
    info: .rgb(135, 175, 255), heading: .rgb(215, 175, 255), selection: .rgb(0, 95, 135),
    selectionText: .rgb(255, 255, 255), idle: .rgb(48, 48, 48), field: .rgb(38, 38, 38), panel: .rgb(28, 28, 28),
    mark: .rgb(58, 58, 58))

  public static let light = made(
    name: "light", page: .rgb(255, 255, 255), text: .rgb(28, 28, 28), muted: .rgb(88, 88, 88),
    border: .rgb(98, 98, 98),
    accent: .rgb(0, 95, 95), ok: .rgb(0, 95, 0), warn: .rgb(135, 95, 0), bad: .rgb(175, 0, 0),
    info: .rgb(0, 95, 175), heading: .rgb(95, 0, 135), selection: .rgb(0, 95, 135),
    selectionText: .rgb(255, 255, 255), idle: .rgb(228, 228, 228), field: .rgb(238, 238, 238),
    panel: .rgb(238, 238, 238), mark: .rgb(215, 255, 215))

  public static let highContrast = made(
    name: "high-contrast", page: .rgb(0, 0, 0), text: .rgb(255, 255, 255), muted: .rgb(218, 218, 218),
    border: .rgb(255, 255, 255),
    accent: .rgb(0, 255, 255), ok: .rgb(0, 255, 0), warn: .rgb(255, 255, 0), bad: .rgb(255, 175, 175),
    info: .rgb(175, 215, 255), heading: .rgb(255, 215, 255), selection: .rgb(255, 255, 0),
    selectionText: .rgb(0, 0, 0), idle: .rgb(0, 0, 95), field: .rgb(0, 0, 95), panel: .rgb(0, 0, 0),
    mark: .rgb(0, 0, 95), strong: true)

  /// No meaning rests on red against green: blue for good, orange for bad, told apart with every kind of colour sight.
  public static let colourBlind = made(
    name: "colour-blind", page: .rgb(18, 18, 18), text: .rgb(228, 228, 228), muted: .rgb(168, 168, 168),
    border: .rgb(138, 138, 138),
    accent: .rgb(215, 215, 255), ok: .rgb(95, 175, 255), warn: .rgb(255, 255, 135), bad: .rgb(255, 175, 0),
    info: .rgb(175, 215, 255), heading: .rgb(255, 215, 175), selection: .rgb(0, 0, 135),
    selectionText: .rgb(255, 255, 255), idle: .rgb(48, 48, 48), field: .rgb(38, 38, 38), panel: .rgb(28, 28, 28),
    mark: .rgb(58, 58, 58))

  private static func made(
    name: String, page: Colour, text: Colour, muted: Colour, border: Colour, accent: Colour, ok: Colour, warn: Colour,
    bad: Colour, info: Colour, heading: Colour, selection: Colour, selectionText: Colour, idle: Colour, field: Colour,
    panel: Colour, mark: Colour, strong: Bool = false
  ) -> Theme {
    let base: Attributes = strong ? .bold : []
    return Theme(
      name: name,
      inks: [
        .text: Ink(text), .muted: Ink(muted, mono: .dim), .accent: Ink(accent, .bold, mono: .bold), .ok: Ink(ok, base),
        .warn: Ink(warn, base, mono: .bold), .bad: Ink(bad, .bold, mono: .bold), .info: Ink(info, base),
        .title: Ink(text, .bold, mono: .bold), .border: Ink(border, mono: .dim),
        .focus: Ink(accent, .bold, mono: .bold), .link: Ink(info, .underline, mono: .underline),
        .key: Ink(text, .bold, mono: .bold), .placeholder: Ink(muted, .italic, mono: .dim),
        .heading: Ink(heading, .bold, mono: .bold),
      ],
      papers: [
        .page: Paper(page), .selection: Paper(selection, ink: selectionText, mono: .reverse),
        .selectionIdle: Paper(idle, mono: .bold), .field: Paper(field, mono: .underline), .panel: Paper(panel),
        .bar: Paper(panel), .mark: Paper(mark, mono: .bold),
      ])
  }
}
