// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import JSON
import Market
import Terminal

extension CommandRunner {
  func showTwoFactor() async throws {
    _ = try requireSession()
    let answer = try await read(Identity.twoFactor, Nothing())
    if out.isJSON { return out.bytes(answer.bytes) }
    let state = answer.value
    out.line(
      "two-factor: \(state.isOn ? "on" : "off")\(state.isMandatory ? " (needed by those who sell or manage)" : "")")
    if state.isOn { out.line("recovery codes left: \(state.recoveryCodesLeft)") }
    if let until = state.provenUntil { out.line("proven until: \(until)") }
  }

  func enrolTwoFactor() async throws {
    _ = try requireSession()
    let answer = try await desk.client.call(Identity.enrolTwoFactor, Nothing())
    if out.isJSON { return out.bytes(answer.bytes) }
    if out.width != nil, let code = QRCode(answer.value.uri, isSturdy: false) { out.line(code.text) }
    out.line("secret: \(answer.value.secret)")
    out.line("link:   \(answer.value.uri)")
    out.note("give it to an authenticator, then: souk two-factor confirm CODE")
  }

  func confirmTwoFactor() async throws {
    _ = try requireSession()
    let input = AuthenticatorCode(code: invocation.operands[0])
    let answer = try await desk.client.call(Identity.confirmTwoFactor, input)
    try await keep(answer.value.token, answer.clock)
    try show(RecoveryCodes(codes: answer.value.codes), after: "two-factor is on")
  }

  func renewRecoveryCodes() async throws {
    _ = try requireSession()
    let codes = try await desk.client.call(Identity.renewRecoveryCodes, Nothing()).value
    try show(codes, after: "the old recovery codes are void")
  }

  /// For JSON the codes alone: the token beside them is nobody's to see.
  private func show(_ codes: RecoveryCodes, after words: String) throws {
    if out.isJSON { return out.bytes(try JSONEncoder().encode(codes)) }
    out.note("\(words); keep these recovery codes, they are shown this one time")
    for code in codes.codes { out.line(code) }
  }

  func endTwoFactor() async throws {
    _ = try requireSession()
    _ = try await desk.client.call(Identity.endTwoFactor, Nothing())
    try await desk.keeper.renewEarly()
    out.say("Two-factor is off.")
  }

  /// Proves the second factor for five minutes, in this session and all that use its file.
  func proveTwoFactor() async throws {
    _ = try requireSession()
    if let code = invocation.operands.first {
      try await prove(Proof(code: code))
    } else {
      guard await TerminalProof(runner: self, line: input)(.stepUp) else {
        throw CommandFailure.other("Nothing was proven.")
      }
    }
    out.say("Proven. It holds for \(Sensitivity.proofSeconds / 60) minutes.")
  }

  func prove(_ proof: Proof) async throws {
    let quiet = CallOptions(asksForProof: false)
    let answer = try await desk.client.call(Identity.proveSecondFactor, proof, quiet)
    try await keep(answer.value, answer.clock)
  }

  private func keep(_ token: ProvenToken, _ clock: ServerClock) async throws {
    var token = token
    token.expiresAt = clock.local(token.expiresAt)
    try await desk.keeper.note(token)
  }
}
