// SPDX-License-Identifier: GPL-3.0-or-later
internal import JSON

/// The public keys of somebody who signs tokens (RFC 7517 section 5).
public struct JSONWebKeySet: Sendable, Hashable {
  public let keys: [JSONWebKey]
  /// How many keys of the document are of no use here and were passed over.
  public let passedOver: Int

  public static let sizeBytesMax = 256 << 10
  public static let keysMax = 64

  public init(_ keys: [JSONWebKey]) {
    self.keys = keys
    passedOver = 0
  }

  /// Reads a document; nil for what is no key set at all, or an oversized one.
  public init?(json: [UInt8]) {
    var decoder = JSONDecoder()
    decoder.limits.sizeBytes = JSONWebKeySet.sizeBytesMax
    guard case .array(let values) = (try? decoder.decode(JSONValue.self, from: json))?["keys"],
      values.count <= JSONWebKeySet.keysMax
    else { return nil }
    keys = values.compactMap { JSONWebKey($0) }
    passedOver = values.count - keys.count
  }

  /// The document for others, to be served as `application/jwk-set+json`.
  public var json: [UInt8] {
    let json = JSONWriter(capacity: 512)
    json.beginObject()
    json.key("keys")
    json.beginArray()
    for key in keys { key.write(to: json) }
    json.endArray()
    json.endObject()
    return json.bytes
  }
}
