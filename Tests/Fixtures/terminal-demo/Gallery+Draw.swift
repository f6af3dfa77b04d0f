// SPDX-License-Identifier: GPL-3.0-or-later
public import Terminal

extension Gallery {
  public func draw(on canvas: inout Canvas) {
    canvas.title = "Gallery"
    canvas.fill(canvas.bounds, .text)
    var area = canvas.bounds
    drawHeader(in: area.takeTop(1), on: &canvas)
    let hints = area.takeBottom(1)
    if area.height > 4 {
      let rule = area.takeTop(1)
      canvas.line(x: rule.x, y: rule.y, width: rule.width)
      let foot = area.takeBottom(1)
      canvas.line(x: foot.x, y: foot.y, width: foot.width)
    }
    drawPage(in: area.inset(horizontal: area.width > 30 ? 2 : 0, vertical: area.height > 8 ? 1 : 0), on: &canvas)
    canvas.put(Gallery.keys.hintLine(width: hints.width - 2), x: hints.x + 1, y: hints.y)
    toasts.draw(in: area, on: &canvas)
    dialog?.draw(in: canvas.bounds, on: &canvas)
    menu?.draw(in: canvas.bounds, on: &canvas)
  }

  private func drawHeader(in rect: Rect, on canvas: inout Canvas) {
    let parts = rect.columns([.fixed(10), .fill, .fixed(16)])
    canvas.put(" Gallery", in: parts[0], .title)
    TabsView(titles: Gallery.pages, selected: page).draw(in: parts[1], on: &canvas)
    canvas.put(
      [Span(canvas.glyphs.dot, .ok), Span(" \(theme.name)", .muted)], x: parts[2].x, y: rect.y,
      columnsMax: parts[2].width)
  }

  private func drawPage(in rect: Rect, on canvas: inout Canvas) {
    switch page {
    case 0: drawTable(in: rect, on: &canvas)
    case 1: FormView().draw(form, in: rect, on: &canvas)
    case 2: drawDetails(in: rect, on: &canvas)
    case 3: drawFigures(in: rect, on: &canvas)
    case 4: ScrollView(lines: text(width: rect.width - 2)).draw(scroll, in: rect, on: &canvas)
    default: drawPictures(in: rect, on: &canvas)
    }
  }

  private func drawTable(in rect: Rect, on canvas: inout Canvas) {
    let states: [(String, Style)] = [("✓ shipped", .ok), ("● placed", .info), ("! late", .warn), ("✗ refused", .bad)]
    let names = ["Ada Lovelace", "漢字の皿", "Zoë Müller", "Étienne 🛒", "Grace Hopper"]
    TableView(
      columns: [
        TableColumn("Number", min: 8, importance: 5), TableColumn("Who", min: 12, weight: 2, importance: 4),
        TableColumn("State", min: 10, importance: 3), TableColumn("City", min: 8, weight: 1, importance: 1),
        TableColumn("Sum", alignment: .trailing, min: 9, importance: 2),
      ], sort: TableView.Sort(column: 0)
    ) { index in
      let state = states[index * 7 % states.count]
      return [
        Span("#\(1000 + index)", .accent), Span(names[index % names.count]), Span(state.0, state.1),
        Span(["Paris", "Kyoto", "Köln"][index % 3], .muted), Span("\(index * 37 % 400).50 €"),
      ]
    }.draw(list, in: rect, on: &canvas)
  }

  private func drawDetails(in rect: Rect, on canvas: inout Canvas) {
    var area = rect
    Breadcrumb(["Cart", "Address", "Shipping", "Payment", "Done"], current: 2).draw(in: area.takeTop(1), on: &canvas)
    _ = area.takeTop(1)
    let panes = area.columns([.fill, .fill], gap: 3)
    Timeline([
      Timeline.Step("Placed", .done, time: "Mon 09:12"),
      Timeline.Step("Confirmed", .done, time: "Mon 10:40", note: "The maker will engrave it on both sides."),
      Timeline.Step("On its way", .current, time: "Tue 08:05", note: "DHL 00340434161094042557"),
      Timeline.Step("Delivered", .pending),
    ]).draw(in: panes[0], on: &canvas)
    var right = panes[1]
    KeyValuePane([
      ("To", [Span("Ada Lovelace, 12 rue des Martyrs, 75009 Paris")]), ("Sum", [Span("128.40 €", .title)]),
      ("State", [Span("● on its way", .info)]), ("Note", [Span(note, .muted)]),
    ]).draw(in: right.takeTop(8), on: &canvas)
    Chips([
      Chips.Chip("silver"), Chips.Chip("under 50 €"), Chips.Chip("ships to FR", .ok), Chips.Chip("gift", isOn: false),
    ])
    .draw(in: right.takeTop(1), on: &canvas)
    let link = "https://example.org/track/1042"
    canvas.putLink(link, url: link, in: right.takeTop(2).row(1))
  }

  private func drawFigures(in rect: Rect, on canvas: inout Canvas) {
    var area = rect
    let values = (0..<30).map { day -> Double in
      let wave = day * day * 7 % 90
      return Double(wave + day * 3)
    }
    canvas.put("Thirty days", in: area.takeTop(1), .heading)
    let charts = area.takeTop(max(4, area.height - 6)).columns([.fill, .fill], gap: 3)
    Chart(values, firstLabel: "1 Nov", lastLabel: "30 Nov").draw(in: charts[0], on: &canvas)
    Chart(values, ink: .braille, firstLabel: "1 Nov", lastLabel: "30 Nov").draw(in: charts[1], on: &canvas)
    _ = area.takeTop(1)
    Chart(values).drawSparkline(in: area.takeTop(1), on: &canvas)
    _ = area.takeTop(1)
    ProgressBar(done: percent * 50, total: 5000, elapsed: .milliseconds(percent * 20), unit: "rows")
      .draw(in: area.takeTop(1), on: &canvas)
    canvas.put(Spinner.spans("Searching", frame: percent, seconds: 4, isStill: false), x: area.x, y: area.takeTop(1).y)
  }

  private func drawPictures(in rect: Rect, on canvas: inout Canvas) {
    var below = rect
    let panes = below.takeTop(max(16, rect.height / 2)).columns([.fill, .fill], gap: 2)
    picture?.draw(in: panes[0], on: &canvas)
    QRCode("https://example.org/pay/8F3KQ2")?.draw(in: panes[1], on: &canvas)
    ListView { [Span("Line \($0), as any other")] }.draw(list, in: below, on: &canvas)
  }

  /// The picture is made when its page is opened, its room changes or the terminal says how to make it.
  mutating func makePicture() {
    if page != Gallery.pages.count - 1 { return }
    let room = Size(columns: min(40, size.columns / 2 - 2), rows: min(12, size.rows - 8))
    if picture != nil, madeFor?.0 == room, madeFor?.1 == pictureMode { return }
    madeFor = (room, pictureMode)
    picture = Gallery.sunset.map { Picture($0, fitting: room, mode: pictureMode) }
  }

  /// A sky with a sun over water.
  private static let sunset: Pixels? = {
    let (width, height) = (160, 120)
    var bytes = [UInt8](repeating: 255, count: width * height * 4)
    for y in 0..<height {
      for x in 0..<width {
        let at = (y * width + x) * 4
        let (dx, dy) = (x - 80, y - 55)
        let isSun = dx * dx + dy * dy < 600 && y < 70
        let isWater = y >= 70
        bytes[at] = isSun ? 255 : isWater ? UInt8(20 + y / 3) : UInt8(90 + y * 2)
        bytes[at + 1] = isSun ? 220 : isWater ? UInt8(60 + y / 4) : UInt8(60 + y)
        bytes[at + 2] = isSun ? 120 : isWater ? UInt8(120 + (x + y) % 20) : UInt8(160 - y)
      }
    }
    return Pixels(width: width, height: height, rgba: bytes)
  }()

  func text(width: Int) -> [[Span]] {
    Markdown.lines(
      """
      # About the maker

      A small workshop by the sea. Every piece is **made by hand** and *never twice the same*; the tools are older than
      the house.

      - Silver, `925`, from the region
      - Boxes of recycled paper, with a note that is written by hand and mentions the name you give
      - Repairs for life

      > It is the most beautiful ring I have ever had, and it came in two days.

      ## Care

      1. Keep it dry.
      2. Wipe it with a soft cloth.
      3. Wear it often: silver likes company.
      """, width: max(1, width))
  }
}
