// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Testing

@testable import souk

/// What is decided about tokens and proofs, as tables.
@Suite struct TokenPlanTests {
  static func session(
    _ token: String = "t1", left: Int64 = 900, account: Account = Samples.account, id: Int = 1
  ) -> Session {
    var session = Samples.session
    session.session = OpenSession.ID(body: "000000000000000\(id)")
    session.accessToken = token
    session.refreshToken = "r of \(token)"
    session.account = account
    session.expiresAt = Timestamp(microseconds: (Samples.now + left) * 1_000_000)
    return session
  }

  static let other = Account(id: Account.ID(body: "0000000000000009"), name: "Rui", roles: [.buyer], shops: [])

  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var filed: Session?
    var refused: String?
    var plan: TokenPlan
  }

  static let rows: [Row] = [
    Row(testDescription: "it holds", filed: session(), plan: .take(session())),
    Row(testDescription: "it ends soon", filed: session(left: 60), plan: .renew(session(left: 60))),
    Row(testDescription: "it holds long enough", filed: session(left: 61), plan: .take(session(left: 61))),
    Row(testDescription: "it was refused", filed: session(), refused: "t1", plan: .renew(session())),
    Row(
      testDescription: "somebody has renewed it meanwhile", filed: session("t2"), refused: "t1",
      plan: .take(session("t2"))),
    Row(
      testDescription: "what somebody has renewed has ended again", filed: session("t2", left: 3), refused: "t1",
      plan: .renew(session("t2", left: 3))),
    Row(
      testDescription: "the same person has signed in anew", filed: session("t3", id: 2), refused: "t1",
      plan: .take(session("t3", id: 2))),
    Row(testDescription: "somebody has signed out", filed: nil, refused: "t1", plan: .over(.signedOut)),
    Row(
      testDescription: "somebody else has signed in", filed: session("t4", account: other), refused: "t1",
      plan: .over(.replaced)),
  ]

  @Test(arguments: rows) func `where the next token comes from`(row: Row) {
    let plan = TokenPlan(mine: Self.session(), filed: row.filed, refused: row.refused, now: Samples.now)
    #expect(plan == row.plan)
  }

  @Test(arguments: [
    (ProblemCode.unauthenticated, AccessRemedy.newToken), (.secondFactorRequired, .proof(.secondFactor)),
    (.stepUpRequired, .proof(.stepUp)), (.twoFactorRequired, .proof(.enrolment)), (.sessionEnded, .none),
    (.forbidden, .none), (.codeRefused, .none), (.versionMismatch, .none),
  ]) func `what a refusal asks for`(code: ProblemCode, remedy: AccessRemedy) {
    var history = AccessHistory()
    #expect(history.remedy(for: .refused(code.problem()), hasToken: true, asks: true) == remedy)
  }

  @Test func `a token is renewed once for a call, a proof asked for twice, and for nobody neither`() {
    func ask(_ codes: [ProblemCode], hasToken: Bool = true, asks: Bool = true) -> [AccessRemedy] {
      var history = AccessHistory()
      return codes.map { history.remedy(for: .refused($0.problem()), hasToken: hasToken, asks: asks) }
    }
    #expect(ask([.unauthenticated, .unauthenticated]) == [.newToken, .none])
    #expect(ask([.unauthenticated], hasToken: false) == [.none])
    #expect(
      ask([.twoFactorRequired, .stepUpRequired, .stepUpRequired]) == [.proof(.enrolment), .proof(.stepUp), .none])
    #expect(ask([.stepUpRequired], asks: false) == [.none])
    #expect(ask([.stepUpRequired, .unauthenticated]) == [.proof(.stepUp), .newToken])
    var history = AccessHistory()
    #expect(history.remedy(for: Samples.unreachable, hasToken: true, asks: true) == .none)
  }

  private static let contacts = [Contact.email("ines@example.org")]

  @Test(arguments: [
    (ProofDemand.secondFactor, false, false, true, ProofWay.authenticator),
    (.stepUp, true, false, true, .authenticator), (.stepUp, true, true, false, .authenticator),
    (.stepUp, false, false, true, .oneTimeCode(contacts)), (.stepUp, false, true, true, .enrolment),
    (.stepUp, false, false, false, .enrolment), (.enrolment, false, true, true, .enrolment),
    (.enrolment, false, false, true, .enrolment), (.enrolment, true, true, true, .authenticator),
  ]) func `how a proof is given`(
    demand: ProofDemand, isOn: Bool, isMandatory: Bool, hasContact: Bool, way: ProofWay
  ) {
    let facts = ProofFacts(
      twoFactor: TwoFactor(isOn: isOn, isMandatory: isMandatory, recoveryCodesLeft: 10),
      contacts: hasContact ? Self.contacts : [])
    #expect(ProofWay(demand, facts) == way)
  }

  @Test(arguments: [
    (ClientFailure.refused(ProblemCode.authorizationPending.problem()), LinkWait.waiting(LinkPace(intervalSeconds: 5))),
    (.refused(ProblemCode.slowDown.problem()), .waiting(LinkPace(intervalSeconds: 10))),
    (.refused(ProblemCode.accessDenied.problem()), .over(.denied)),
    (.refused(ProblemCode.expiredToken.problem()), .over(.expired)),
    (.unreachable("no connection"), .waiting(LinkPace(intervalSeconds: 5, failureCount: 3))),
    (.refused(ProblemCode.unavailable.problem()), .waiting(LinkPace(intervalSeconds: 5, failureCount: 3))),
    (
      .limited(ProblemCode.tooManyRequests.problem(), retryAfterSeconds: 40), .waiting(LinkPace(intervalSeconds: 40))
    ),
    (.unreadable("nonsense"), .over(.failed(.unreadable("nonsense")))),
  ]) func `how waiting for another device goes on`(failure: ClientFailure, wait: LinkWait) {
    #expect(LinkWait(after: failure, LinkPace(intervalSeconds: 5, failureCount: 2)) == wait)
  }

  @Test func `a server that is away is asked less often, up to once a minute`() {
    let pauses = (0...5).map { LinkPace(intervalSeconds: 5, failureCount: $0).pauseSeconds }
    #expect(pauses == [5, 10, 20, 40, 60, 60])
  }
}
