// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Terminal

@Suite struct FormTests {
  private var form: Form {
    Form([
      FormField("name", label: "Name", hint: "As on the parcel", isRequired: true),
      FormField("post", label: "Postcode", hint: "Five digits") { $0.count == 5 ? nil : "Five digits, please." },
      FormField("land", label: "Country", kind: .choice(["France", "Italy"])),
      FormField("gift", label: "Gift wrap", kind: .toggle),
      FormField("pin", label: "PIN", kind: .secret),
      FormField("note", label: "Note", kind: .area(rows: 2)),
    ])
  }

  private func type(_ text: String, into form: inout Form) {
    for character in text { _ = form.handle(Key(character)) }
  }

  @Test func `a form shows labels, values and a line for hints`() {
    var form = form
    type("Ada", into: &form)
    _ = form.handle(.tab)
    #expect(
      screen(44, 15) { FormView().draw(form, in: $0.bounds, on: &$0) } == """

          Name *        Ada
                        As on the parcel
        ▸ Postcode
                        Five digits
          Country       ‹ France ›

          Gift wrap     [ ] no

          PIN

          Note

        \("")
        \("")
        """)
  }

  @Test func `an error takes the hint's line, so that nothing moves`() {
    var form = form
    _ = form.handle(.tab)
    type("12", into: &form)
    let before = screen(44, 15) { FormView().draw(form, in: $0.bounds, on: &$0) }
    _ = form.handle(.tab)
    let after = screen(44, 15) { FormView().draw(form, in: $0.bounds, on: &$0) }
    #expect(after.contains("✗ Five digits, please."))
    #expect(
      before.split(separator: "\n", omittingEmptySubsequences: false).count
        == after.split(separator: "\n", omittingEmptySubsequences: false).count)
    #expect(form.errors["name"] == nil, "an untouched field is not judged")
  }

  @Test func `submitting a wrong form goes to the first error and keeps what was typed`() {
    var form = form
    _ = form.handle(.tab)
    type("12", into: &form)
    #expect(form.handle(.control("s")) == .refused)
    #expect(form.focus == 0)
    #expect(form.errors.keys.sorted() == ["name", "post"])
    #expect(screen(44, 3) { FormView().draw(form, in: $0.bounds, on: &$0) }.hasPrefix("✗ 2 fields need attention"))
    type("Ada", into: &form)
    #expect(form.errors["name"] == nil, "a shown error goes as soon as it can")
    #expect(form.value("post") == "12")
  }

  @Test func `a right form is submitted once`() {
    var form = form
    type("Ada", into: &form)
    guard case .submitted(let values) = form.handle(.control("s")) else {
      Issue.record("not submitted")
      return
    }
    #expect(values["name"] == "Ada" && values["land"] == "France" && values["gift"] == "false")
    #expect(form.handle(.control("s")) == .ignored)
    form.refuse(["post": "No such place."])
    #expect(form.focus == 1)
  }

  @Test func `the draft survives leaving and never holds secrets`() {
    var form = form
    #expect(form.handle(.escape) == .left(draft: nil))
    type("Ada", into: &form)
    form.setValue("pin", "1234")
    guard case .left(let draft?) = form.handle(.escape) else {
      Issue.record("no draft")
      return
    }
    #expect(draft["name"] == "Ada" && draft["pin"] == nil)
    var again = self.form
    again.restore(draft.merging(["gone": "x", "land": "Nowhere"]) { _, new in new })
    #expect(again.value("name") == "Ada" && again.value("land") == "France" && again.isChanged)
  }

  @Test func `Tab, Shift-Tab and Esc work in every state of a form`() {
    let keys: [Key] = [
      Key("x"), Key(" "), .enter, .left, .right, .up, .down, .backspace, .control("s"), .control("k"), .tab, .backTab,
    ]
    for _ in 0..<300 {
      var form = form
      for _ in 0..<Int.random(in: 0...25) { _ = form.handle(keys.randomElement()!) }
      let focus = form.focus
      #expect(form.handle(.backTab) == .moved)
      #expect(form.focus == (focus + 5) % 6)
      #expect(form.handle(.tab) == .moved)
      #expect(form.focus == focus)
      guard case .left = form.handle(.escape) else {
        Issue.record("Esc did not leave")
        return
      }
    }
  }

  @Test func `text is edited by what people see as characters`() {
    var editor = TextEditor("naïve 👩‍🔬 e\u{301}")
    _ = editor.handle(.backspace)
    #expect(editor.text == "naïve 👩‍🔬 ")
    _ = editor.handle(.backspace)
    _ = editor.handle(.backspace)
    #expect(editor.text == "naïve ")
    _ = editor.handle(.control("w"))
    #expect(editor.text == "")
    editor.undo()
    #expect(editor.text == "naïve ")
  }

  @Test func `undo takes back a word of typing at once and redo gives it again`() {
    var editor = TextEditor()
    for character in "hello" { _ = editor.handle(Key(character)) }
    _ = editor.handle(.control("u"))
    #expect(editor.text == "")
    _ = editor.handle(.control("z"))
    #expect(editor.text == "hello")
    _ = editor.handle(.control("z"))
    #expect(editor.text == "")
    _ = editor.handle(.control("r"))
    #expect(editor.text == "hello")
  }

  @Test func `a paste into one line loses its line ends and its control codes`() {
    var editor = TextEditor("ab")
    _ = editor.handle(.left)
    editor.paste("1\n2\u{1b}[A")
    #expect(editor.text == "a1 2[Ab")
  }

  @Test func `typing over a selection replaces it`() {
    var editor = TextEditor("abc def")
    _ = editor.handle(Key(.left, [.shift, .control]))
    #expect(editor.selectedText == "def")
    _ = editor.handle(Key("x"))
    #expect(editor.text == "abc x")
  }
}
