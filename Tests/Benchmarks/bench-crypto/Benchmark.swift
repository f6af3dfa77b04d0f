// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import JSON

/// Measures what signing in is made of; prints one line of JSON per work. Times are the least of many rounds.
enum Benchmark {
  struct Figure: Encodable {
    var name: String
    var ns: Double
  }

  static func run() throws {
    let key = Ed25519.PrivateKey()
    let claims =
      Array(
        #"{"iss":"https://souk.example","sub":"acc_9bh1ffhbghpraabr","aud":"souk","exp":1795241481,"iat":1795240581,"#
          .utf8)
      + Array(#""sid":"ses_v2jmv0m9ehsqy2kg","scope":"buyer seller"}"#.utf8)
    let signer = TokenSigner(key, type: "at+jwt")
    let reader = TokenReader(JSONWebKeySet([signer.publicKey]), type: "at+jwt")
    let token = signer.sign(claims)
    // What a token signs.
    let message = Array(token.utf8.prefix(token.utf8.count - 87))
    let signature = key.sign(message)
    try measure("sign", rounds: 40) { key.sign(message).count }
    try measure("verify", rounds: 20) { key.publicKey.isValid(signature, for: message) ? 1 : 0 }
    try measure("token sign", rounds: 40) { signer.sign(claims).utf8.count }
    try measure("token read", rounds: 20) { try reader.read(token).claims.count }

    let keys = DataKeys([DataKey(id: 1)])
    let place = SealedPlace("addresses", "phone", "adr_9bh1ffhbghpraabr")
    let value = [UInt8](repeating: 0x41, count: 100)
    let sealed = keys.seal(value, at: place)
    try measure("seal 100 bytes", rounds: 500) { keys.seal(value, at: place).count }
    try measure("open 100 bytes", rounds: 500) { try keys.open(sealed, at: place).count }

    let hash = KeyedHash(key: SecureRandom.bytes(32), label: "code")
    try measure("keyed hash of a code", rounds: 500) { hash.hash("chl_9bh1ffhbghpraabr", "123456").count }
    let totp = TOTP()
    let code = totp.code(at: 1_795_241_481)
    try measure("one-time password", rounds: 200) { totp.matchedStep(code, at: 1_795_241_481) == nil ? 0 : 1 }
  }

  private static func measure(_ name: String, rounds: Int, _ work: () throws -> Int) throws {
    var best = Double.infinity
    let clock = ContinuousClock()
    for _ in 0..<60 {
      var sum = 0
      let taken = try clock.measure {
        for _ in 0..<rounds { sum &+= try work() }
      }
      precondition(sum > 0, "the work \(name) is done")
      let (seconds, attoseconds) = taken.components
      best = min(best, (Double(seconds) * 1e9 + Double(attoseconds) / 1e9) / Double(rounds))
    }
    print(String(decoding: try JSONEncoder().encode(Figure(name: name, ns: best.rounded())), as: UTF8.self))
  }
}
