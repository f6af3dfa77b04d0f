// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import Testing

@testable import soukd

struct VisitTests {
  private let now = Market.Timestamp(microseconds: 1_800_000_000_000_000)
  private let account = Account.ID.random()
  private let device = Visit.Device(userCode: "BDWP-HQPK", name: "workshop laptop")

  private func visit(_ step: Visit.Step, _ device: Visit.Device?) -> Visit {
    var visit = Visit.begun(at: now)
    visit.device = device
    return visit.entering(step, at: now)
  }

  @Test func `each step waits on a page`() {
    let challenge = CodeChallenge.ID.random()
    let table: [(Visit.Step, withDevice: PagePath, without: PagePath)] = [
      (.arrived, .signIn, .device), (.codeSent(challenge, to: "i…@example.org"), .code, .code),
      (.secondFactorOwed(account), .secondFactor, .secondFactor),
      (.signedIn(account, provenAt: nil), .consent, .device),
      (.done(isAgreed: true), .result, .result), (.done(isAgreed: false), .result, .result),
    ]
    for (step, withDevice, without) in table {
      #expect(visit(step, device).next == withDevice)
      #expect(visit(step, nil).next == without)
    }
  }

  @Test func `a step has a quarter of an hour, and the device stays`() {
    let begun = visit(.arrived, device)
    let later = now.adding(seconds: 600)
    let sent = begun.entering(.codeSent(.random(), to: "x"), at: later)
    #expect(begun.expiresAt == now.adding(seconds: 900) && sent.expiresAt == later.adding(seconds: 900))
    #expect(sent.device == device)
  }

  @Test func `whoever signs in or out is a new visitor`() {
    let begun = visit(.arrived, device)
    let sent = begun.entering(.codeSent(.random(), to: "x"), at: now)
    let owing = sent.entering(.secondFactorOwed(account), at: now)
    let signedIn = owing.entering(.signedIn(account, provenAt: now), at: now)
    let out = signedIn.entering(.arrived, at: now)
    #expect(begun.id == sent.id && owing.id == signedIn.id)
    #expect(Set([sent.id, owing.id, out.id]).count == 3)
    #expect(owing.entering(.signedIn(.random(), provenAt: now), at: now).id != owing.id)
  }

  @Test func `a form's token is its visit's, its page's and, where it agrees to something, its device's`() {
    var visit = visit(.signedIn(account, provenAt: nil), device)
    let (consent, code) = (visit.token(for: .consent), visit.token(for: .code))
    #expect(visit.accepts(consent, for: .consent) && !visit.accepts(consent, for: .code))
    #expect(!visit.accepts(nil, for: .consent) && !visit.accepts("", for: .consent))
    #expect(!Visit.begun(at: now).accepts(code, for: .code))
    visit.device = Visit.Device(userCode: "BDWP-HQPL", name: "workshop laptop")
    #expect(!visit.accepts(consent, for: .consent) && visit.accepts(code, for: .code))
    #expect(!consent.contains(visit.id))
  }

  @Test func `a visit comes out of its cookie as it went in`() throws {
    let steps: [Visit.Step] = [
      .arrived, .codeSent(.random(), to: "i…@example.org"), .secondFactorOwed(account),
      .signedIn(account, provenAt: nil),
      .signedIn(account, provenAt: now), .done(isAgreed: true),
    ]
    for visit in steps.flatMap({ [visit($0, nil), visit($0, device)] }) {
      #expect(try JSONDecoder().decode(Visit.self, from: try JSONEncoder().encode(visit)) == visit)
    }
  }

  @Test(arguments: [
    ("/device", PagePath.device), ("/device/consent", .consent), ("/device/result", .result), ("/sign-in", .signIn),
    ("/sign-in/code", .code), ("/sign-in/second-factor", .secondFactor), ("/sign-in/another", .another),
    ("/sign-in/with/google", .provider("google")), ("/sign-in/with/google/callback", .callback("google")),
    ("/.well-known/jwks.json", .keySet),
  ]) func `addresses and pages`(text: String, path: PagePath) {
    #expect(PagePath(text) == path && path.text == text && PagePath.names.contains(path.name))
  }

  @Test(arguments: [
    "/", "/devices", "/device/", "/Device", "/sign-in/", "/sign-in/with", "/sign-in/with/", "/sign-in/with/Google",
    "/sign-in/with/a%20b", "/sign-in/with/google/", "/sign-in/with/google/callback/", "/sign-in/with/google/other",
    "/sign-in/with/../device", "/sign-in/with/" + String(repeating: "a", count: 33),
  ]) func `what is no page`(text: String) { #expect(PagePath(text) == nil) }
}
