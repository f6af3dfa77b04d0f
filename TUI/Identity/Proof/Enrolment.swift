// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Turning two-factor on, over the whole window: scan, confirm, keep the recovery codes.
struct Enrolment: Sendable, Equatable {
  enum Stage: Sendable, Equatable {
    case asking
    case stuck(ClientFailure)
    case scanning(TwoFactorEnrolment)
    /// Recovery codes, shown this one time.
    case codes([String])
  }

  /// The word that says the codes are safe.
  static let keptWord = "kept"

  /// Why the codes are shown: two-factor was turned on, or they were renewed.
  let isRenewal: Bool
  private(set) var stage: Stage
  private(set) var entry = CodeEntry()
  private(set) var kept = TextEditor("", lengthMax: 12)
  private(set) var isChecking = false
  private(set) var trouble: String?

  init() {
    stage = .asking
    isRenewal = false
  }

  /// Shows renewed recovery codes.
  init(renewed codes: [String]) {
    stage = .codes(codes)
    isRenewal = true
  }

  var firstSteps: [Step] { stage == .asking ? [.perform(.identity(.account(.enrol)))] : [] }

  mutating func handle(_ key: Key) -> ProofPrompt.Outcome {
    switch stage {
    case .asking: return key == .escape ? .close(isProven: false) : .stay([])
    case .stuck:
      if key == .enter {
        stage = .asking
        return .stay(firstSteps)
      }
      return key == .escape ? .close(isProven: false) : .stay([])
    case .scanning(let enrolment):
      if key == .escape { return .close(isProven: false) }
      if key == Key("y") { return .stay([.copy(enrolment.secret), .toast(.info, "Copied the secret.")]) }
      if isChecking { return .stay([]) }
      if case .complete(let code) = entry.handle(key) { return confirm(code) }
      return .stay([])
    case .codes(let codes): return handle(key, codes)
    }
  }

  /// There is no way past the codes but to say that they are kept.
  private mutating func handle(_ key: Key, _ codes: [String]) -> ProofPrompt.Outcome {
    // The word has no y in it, so the key is free for copying.
    if key == Key("y") || key == Key("Y") {
      return .stay([.copy(codes.joined(separator: "\n")), .toast(.info, "Copied the recovery codes.")])
    }
    if key == .enter, kept.text.lowercased() == Enrolment.keptWord { return .close(isProven: true) }
    _ = kept.handle(key)
    return .stay([])
  }

  mutating func paste(_ text: String) -> ProofPrompt.Outcome {
    if case .scanning = stage, !isChecking, case .complete(let code) = entry.paste(text) { return confirm(code) }
    return .stay([])
  }

  private mutating func confirm(_ code: String) -> ProofPrompt.Outcome {
    isChecking = true
    trouble = nil
    return .stay([.perform(.identity(.account(.confirm(code: code))))])
  }

  mutating func receive(_ news: IdentityNews) {
    switch news {
    case .account(.enrol, .success(.enrolment(let enrolment))) where stage == .asking: stage = .scanning(enrolment)
    case .account(.enrol, .failure(let failure)) where stage == .asking: stage = .stuck(failure)
    case .account(.confirm, .success(.recoveryCodes(let codes))): stage = .codes(codes)
    case .account(.confirm, .failure(let failure)):
      isChecking = false
      entry.clear()
      trouble =
        failure.problemCode == .codeRefused
        ? "This is not the code of now. Is the authenticator's clock right?" : failure.words
    default: break
    }
  }
}
