// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import JSON
import TestSupport
import Testing

struct TOTPTests {
  /// The secret of both standards.
  static let secret = Array("12345678901234567890".utf8)

  /// RFC 6238 appendix B, SHA-1; eight digits there, of which six are ours.
  @Test(
    arguments: [
      (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
      (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ] as [(Int64, String)])
  func `gives the codes of RFC 6238`(_ seconds: Int64, _ code: String) throws {
    let totp = try #require(TOTP(secret: Self.secret))
    #expect(totp.code(at: seconds) == String(code.suffix(6)))
    #expect(totp.matchedStep(String(code.suffix(6)), at: seconds) == seconds / 30)
  }

  /// RFC 4226 appendix D.
  @Test func `gives the codes of RFC 4226`() throws {
    let totp = try #require(TOTP(secret: Self.secret))
    let codes = [
      "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
    ]
    #expect((0..<10).map { totp.code(step: Int64($0)) } == codes)
  }

  /// Steps around the present one, at the first and the last second of it.
  @Test(arguments: [30_000, 30_029] as [Int64])
  func `a code is taken one step early and late, and no further`(_ seconds: Int64) throws {
    let totp = try #require(TOTP(secret: Self.secret))
    for distance in -3...3 as ClosedRange<Int64> {
      let step = 1000 + distance
      #expect(totp.matchedStep(totp.code(step: step), at: seconds) == (abs(distance) <= 1 ? step : nil))
    }
  }

  @Test func `a step is spent once it was used, and so are those before it`() throws {
    let totp = try #require(TOTP(secret: Self.secret))
    let codes = (999...1001).map { totp.code(step: $0) }
    for last in 997...1002 as ClosedRange<Int64> {
      for (code, step) in zip(codes, 999...1001 as ClosedRange<Int64>) {
        #expect(totp.matchedStep(code, at: 30_000, after: last) == (step > last ? step : nil))
      }
    }
  }

  /// The first two neighbouring steps that have one code with this secret, found by trying.
  @Test func `of two steps with one code the later is spent`() throws {
    let totp = try #require(TOTP(secret: Self.secret))
    let step: Int64 = 910_737
    let code = "911617"
    #expect(totp.code(step: step) == code && totp.code(step: step + 1) == code)
    #expect(totp.matchedStep(code, at: step * 30) == step + 1)
    #expect(totp.matchedStep(code, at: step * 30, after: step) == step + 1)
    #expect(totp.matchedStep(code, at: step * 30, after: step + 1) == nil)
  }

  @Test(arguments: [
    "", "75522", "7552244", "75522a", "755225", "755 22", "000000", "７５５２２", "-755224-0", "+755224", "755.224",
    String(repeating: " ", count: 10_000) + "755224",
  ])
  func `what is not the code matches nothing`(_ typed: String) throws {
    #expect(try #require(TOTP(secret: Self.secret)).matchedStep(typed, at: 0) == nil)
  }

  @Test(arguments: ["755224", " 755 224\n", "755-224", "７５５２２４", "७५५२२४", "٧٥٥٢٢٤", "7\u{200b}55224"])
  func `a code is taken however it is typed`(_ typed: String) throws {
    #expect(try #require(TOTP(secret: Self.secret)).matchedStep(typed, at: 0) == 0)
  }

  @Test func `time before 1970 and at the ends of time matches nothing and stops nothing`() throws {
    let totp = try #require(TOTP(secret: Self.secret))
    #expect(TOTP.step(at: -1) == -1 && TOTP.step(at: -30) == -1 && TOTP.step(at: -31) == -2)
    for seconds in [Int64.min, -31, Int64.max] {
      #expect(totp.matchedStep("123456", at: seconds) == nil || seconds > 0)
      #expect(totp.code(at: seconds).utf8.count == 6)
    }
    #expect(totp.matchedStep(totp.code(step: -2), at: -31) == nil)
  }

  @Test func `secrets are random and long enough`() {
    #expect(TOTP().secret.count == 20 && TOTP().secret != TOTP().secret)
    #expect(TOTP(secret: [UInt8](repeating: 1, count: 15)) == nil)
    #expect(TOTP(secret: [UInt8](repeating: 1, count: 16)) != nil)
  }

  @Test func `the address has the names, the secret and the form`() throws {
    let totp = try #require(TOTP(secret: Self.secret))
    #expect(
      totp.uri(issuer: "Käse & Söhne: Ltd", account: "ada+1@example.org")
        == "otpauth://totp/K%C3%A4se%20%26%20S%C3%B6hne%20Ltd:ada%2B1%40example.org"
        + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=K%C3%A4se%20%26%20S%C3%B6hne%20Ltd"
        + "&algorithm=SHA1&digits=6&period=30")
  }
}

/// Against pyotp.
@Suite(.timeLimit(.minutes(3)))
struct OTPPeerTests {
  private func ask(_ arguments: [String]) async throws -> String {
    try await onThread {
      try runProgram(try PythonTools.interpreter(), ["\(TestFiles.fixtures)/otp_peer.py"] + arguments)
    }
  }

  @Test func `pyotp has the same codes at random moments`() async throws {
    let cases = (0..<200).map { _ in (TOTP(), Int64.random(in: 0..<1 << 36)) }
    let answer = try await ask(["codes"] + cases.map { "\($0.secretText):\($1)" })
    let codes = try parsed(answer).elements
    #expect(codes == cases.map { .string($0.code(at: $1)) })
  }

  @Test(arguments: [
    ("Market", "ada@example.org"), ("Käse & Söhne?", "Zoë #1/2 100%"), ("a=b", "+45 12 34 56 78"), ("日本", "🧵"),
  ])
  func `pyotp reads what an address says`(_ issuer: String, _ account: String) async throws {
    let totp = TOTP()
    let answer = try parsed(try await ask(["uri", totp.uri(issuer: issuer, account: account)]))
    let read = try #require(answer[0])
    #expect(read["issuer"] == .string(issuer))
    #expect(read["account"] == .string(account))
    #expect(read["secret"] == .string(totp.secretText))
    #expect(read["digits"] == .int(6) && read["interval"] == .int(30) && read["digest"] == .string("sha1"))
  }
}
