// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import Market

/// Asks for a proof in lines: what the layer over the screen does for the full screen.
struct TerminalProof: Sendable {
  let runner: CommandRunner
  let line: LineInput

  private static let triesMax = 3

  /// Whether it was given.
  func callAsFunction(_ demand: ProofDemand) async -> Bool {
    do {
      switch try await way(for: demand) {
      case .authenticator: return try await ask("Authenticator or recovery code: ") { Proof(code: $0) }
      case .enrolment: return false
      case .oneTimeCode(let contacts):
        let quiet = CallOptions(asksForProof: false)
        let request = CodeRequest(contact: contacts[0])
        let challenge = try await runner.desk.client.call(Identity.requestCode, request, quiet).value.challenge
        runner.out.note("to prove that it is you, a code was sent to \(contacts[0].masked)")
        return try await ask("Code: ") { Proof(code: $0, challenge: challenge) }
      }
    } catch {
      runner.out.note(ClientFailure(error).words)
      return false
    }
  }

  private func way(for demand: ProofDemand) async throws(ClientFailure) -> ProofWay {
    demand == .secondFactor ? .authenticator : ProofWay(demand, try await runner.desk.client.proofFacts())
  }

  private func ask(_ question: String, _ proof: (String) -> Proof) async throws -> Bool {
    for _ in 0..<TerminalProof.triesMax {
      guard let code = line.ask(question) else { return false }
      do {
        try await runner.prove(proof(code))
        return true
      } catch let failure as ClientFailure where failure.problemCode == .codeRefused {
        runner.out.note("this code is wrong, used up or too old")
        guard line.isInteractive else { return false }
      }
    }
    return false
  }
}

extension MarketClient {
  /// What decides how a proof can be given.
  func proofFacts() async throws(ClientFailure) -> ProofFacts {
    let quiet = CallOptions(asksForProof: false)
    let twoFactor = try await call(Identity.twoFactor, Nothing(), quiet, mode: .reload).value
    // Those who have an authenticator need no contact.
    if twoFactor.isOn { return ProofFacts(twoFactor: twoFactor, contacts: []) }
    let contacts = try await call(Contacts.list, Nothing(), quiet, mode: .reload).value.items
    return ProofFacts(twoFactor: twoFactor, contacts: contacts.map(\.contact))
  }
}
