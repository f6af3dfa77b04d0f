// SPDX-License-Identifier: GPL-3.0-or-later
import JSON

/// What of a provider's discovery document (OpenID Connect Discovery §3) is of use here.
struct Discovery: Sendable, Equatable {
  /// How we show the provider that we are who we say (OpenID Connect Core §9).
  enum ClientProof: Sendable, Equatable { case basic, post }

  var authorization: ProviderAddress
  var token: ProviderAddress
  var keys: ProviderAddress
  var proof: ClientProof
  /// It promises to name itself in what it sends people back with (RFC 9207).
  var namesItself: Bool

  struct Unusable: Error, Equatable { var what: String }

  static let bytesMax = 64 << 10

  init(_ json: [UInt8], issuer: ProviderAddress) throws(Unusable) {
    var decoder = JSONDecoder()
    decoder.limits = JSONLimits(depth: 8, sizeBytes: Discovery.bytesMax)
    guard let document = try? decoder.decode(JSONValue.self, from: json), case .object = document else {
      throw Unusable(what: "no JSON object")
    }
    // §4.3: exactly the issuer that was asked for, or anybody could speak for it.
    guard case .string(let name) = document["issuer"], name.isExactly(issuer.text) else {
      throw Unusable(what: "another issuer")
    }
    authorization = try Discovery.address("authorization_endpoint", document, issuer)
    token = try Discovery.address("token_endpoint", document, issuer)
    keys = try Discovery.address("jwks_uri", document, issuer)
    proof = try Discovery.proof(document["token_endpoint_auth_methods_supported"])
    namesItself = document["authorization_response_iss_parameter_supported"] == .bool(true)
  }

  private static func address(
    _ name: String, _ document: JSONValue, _ issuer: ProviderAddress
  ) throws(Unusable) -> ProviderAddress {
    guard case .string(let text) = document[name], let address = ProviderAddress(text), issuer.mayLead(to: address)
    else { throw Unusable(what: "no usable \(name)") }
    return address
  }

  /// Basic authentication where nothing is said.
  private static func proof(_ methods: JSONValue?) throws(Unusable) -> ClientProof {
    guard let methods else { return .basic }
    guard case .array(let names) = methods else { throw Unusable(what: "token_endpoint_auth_methods_supported") }
    if names.contains(.string("client_secret_basic")) { return .basic }
    if names.contains(.string("client_secret_post")) { return .post }
    throw Unusable(what: "it takes no client secret")
  }
}
