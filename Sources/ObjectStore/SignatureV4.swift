// SPDX-License-Identifier: GPL-3.0-or-later
internal import Crypto
internal import HTTPClient

/// Signs requests the way object stores want it (AWS Signature Version 4, in the header, with the body's hash).
struct SignatureV4: Sendable, Equatable {
  var accessKey: String
  var secretKey: String
  var region: String
  var service = "s3"

  /// The fields that a request needs to be believed, `Authorization` among them. `path` is what is sent, encoded; `more`
  /// are other fields to be signed, by lower-case names.
  func headers(
    _ method: String, host: String, path: String, more: [String: String] = [:], body: [UInt8], at seconds: Int64
  ) -> [(String, String)] {
    let time = HTTPDate.basic(seconds)
    let hash = Hex.encode(SHA256.hash(body))
    let fields = more.merging(["host": host, "x-amz-content-sha256": hash, "x-amz-date": time]) { _, ours in ours }
      .sorted { $0.key < $1.key }
    let names = fields.map(\.key).joined(separator: ";")
    let lines = fields.map { "\($0.key):\($0.value)\n" }.joined()
    let request = [method, path, "", lines, names, hash].joined(separator: "\n")
    let day = String(time.prefix(8))
    let scope = "\(day)/\(region)/\(service)/aws4_request"
    let text = ["AWS4-HMAC-SHA256", time, scope, Hex.encode(SHA256.hash(Array(request.utf8)))].joined(separator: "\n")
    var key = Array("AWS4\(secretKey)".utf8)
    for part in [day, region, service, "aws4_request"] { key = HMACKey(key).authenticate(part) }
    let signature = Hex.encode(HMACKey(key).authenticate(text))
    return [
      ("X-Amz-Date", time), ("X-Amz-Content-Sha256", hash),
      (
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=\(accessKey)/\(scope),SignedHeaders=\(names),Signature=\(signature)"
      ),
    ]
  }
}
