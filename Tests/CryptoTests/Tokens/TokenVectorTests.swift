// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Testing

/// The examples of the standards: a key, a token, and what the token says.
struct TokenVectorTests {
  struct Vector: CustomTestStringConvertible {
    var testDescription: String
    var key: String
    var algorithm: SignatureAlgorithm
    var token: String
    var claims: String
  }

  static let claims = "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"
  private static let encodedClaims =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"

  static let vectors = [
    Vector(
      testDescription: "RFC 7515 A.2",
      key: """
        {"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4\
        QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-\
        UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91\
        kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}
        """,
      algorithm: .rs256,
      token: """
        eyJhbGciOiJSUzI1NiJ9.\(encodedClaims).cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-\
        0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1\
        L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs\
        98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw
        """, claims: claims),
    Vector(
      testDescription: "RFC 7515 A.3",
      key: """
        {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",\
        "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}
        """,
      algorithm: .es256,
      token: """
        eyJhbGciOiJFUzI1NiJ9.\(encodedClaims).DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJq\
        PP3-Kg6NU1Q
        """, claims: claims),
    Vector(
      testDescription: "RFC 8037 A.4",
      key: #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#, algorithm: .edDSA,
      token: """
        eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki\
        4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg
        """, claims: "Example of Ed25519 signing"),
  ]

  @Test(arguments: vectors)
  func `the example is read`(_ vector: Vector) throws {
    let keys = try #require(JSONWebKeySet(json: Array(#"{"keys":[\#(vector.key)]}"#.utf8)))
    let reader = TokenReader(keys, algorithms: [vector.algorithm], needsKeyID: false)
    let token = try reader.read(vector.token)
    #expect(text(token.claims) == vector.claims)
    #expect(token.algorithm == vector.algorithm && token.keyID == nil)
    // The same key where another algorithm is asked for, or where tokens must name their key.
    let others = Set(SignatureAlgorithm.allCases).subtracting([vector.algorithm])
    #expect(throws: TokenRefusal.unknownAlgorithm) {
      try TokenReader(keys, algorithms: others, needsKeyID: false).read(vector.token)
    }
    #expect(throws: TokenRefusal.unknownKey) {
      try TokenReader(keys, algorithms: [vector.algorithm]).read(vector.token)
    }
  }

  @Test(arguments: vectors)
  func `a change of any one character is refused`(_ vector: Vector) throws {
    let keys = try #require(JSONWebKeySet(json: Array(#"{"keys":[\#(vector.key)]}"#.utf8)))
    let reader = TokenReader(keys, algorithms: Set(SignatureAlgorithm.allCases), needsKeyID: false)
    let token = Array(vector.token.utf8)
    for i in token.indices {
      for replacement in Array("A_.= \n".utf8) + [token[i] ^ 1, token[i] ^ 32] where replacement != token[i] {
        var other = token
        other[i] = replacement
        #expect(throws: TokenRefusal.self, "\(i) \(replacement)") { try reader.read(text(other)) }
      }
    }
  }

  @Test func `Ed25519 signs the example of RFC 8037`() throws {
    let seed = try #require(Base64URL.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"))
    let key = try #require(Ed25519.PrivateKey(seed: seed))
    let parts = Self.vectors[2].token.split(separator: ".")
    #expect(Base64URL.encode(key.sign(Array("\(parts[0]).\(parts[1])".utf8))) == String(parts[2]))
  }

  @Test(arguments: [
    // RFC 7638 section 3.1 and RFC 8037 A.3.
    (
      """
      {"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKR\
      XjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d\
      0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-k\
      EgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}
      """, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
    ),
    (vectors[2].key, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"),
  ])
  func `the thumbprint is that of the standards`(_ key: String, _ thumbprint: String) throws {
    let keys = try #require(JSONWebKeySet(json: Array(#"{"keys":[\#(key)]}"#.utf8)))
    #expect(try #require(keys.keys.first).key.thumbprint == thumbprint)
  }
}
