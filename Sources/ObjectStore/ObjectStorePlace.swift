// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a bucket is, and who asks.
public struct ObjectStorePlace: Sendable, Equatable {
  let scheme: String
  let host: String
  /// Before each key: empty, or a slash and the bucket's name where the host serves many.
  let prefix: String
  let signature: SignatureV4

  /// `url` is what stands before a key: `https://pictures.s3.eu-west-1.amazonaws.com`, or `https://minio.example:9000/pictures`.
  /// Nil when it is no such address.
  public init?(url: String, region: String, accessKey: String, secretKey: String) {
    guard let scheme = ["https://", "http://"].first(where: url.hasPrefix) else { return nil }
    let rest = url.dropFirst(scheme.count)
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    var path = String(rest[slash...])
    while path.hasSuffix("/") { path.removeLast() }
    let hostBytes = rest[..<slash].utf8
    guard !hostBytes.isEmpty, hostBytes.allSatisfy(ObjectStorePlace.isHostByte),
      path.utf8.allSatisfy({ ObjectStorePlace.isPlain($0) || $0 == UInt8(ascii: "/") })
    else { return nil }
    self.scheme = scheme
    host = rest[..<slash].lowercased()
    prefix = path
    signature = SignatureV4(accessKey: accessKey, secretKey: secretKey, region: region)
  }

  /// The address without what is secret.
  public var url: String { scheme + host + prefix }

  /// Keys are written as they are signed, so that no two readings of them are possible.
  func path(of key: String) -> String { prefix + "/" + ObjectStorePlace.encode(key) }

  func address(of key: String) -> String { scheme + host + path(of: key) }

  static func encode(_ key: String) -> String {
    key.utf8.reduce(into: "") { text, byte in
      if isPlain(byte) || byte == UInt8(ascii: "/") {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += digits.utf8.count == 1 ? "%0" + digits : "%" + digits
      }
    }
  }

  /// Unreserved (RFC 3986, section 2.3).
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    isPlain(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
  }
}
