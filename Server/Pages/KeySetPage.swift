// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import HTTPServer

/// The public keys of access tokens (RFC 7517 §5). A new key is published five minutes before it signs, so five minutes
/// are how long others may keep what they have read. They are everybody's, so scripts of any origin may read them too.
enum KeySetPage {
  static func answer(_ request: HTTPRequest, _ keys: SigningKeys) -> HTTPResponse {
    let bytes = keys.published.json
    let tag = EntityTag(of: bytes)
    let headers: HTTPHeaders = [
      "Cache-Control": "public, max-age=\(SigningKeys.leadSeconds)", "ETag": tag.header,
      "Access-Control-Allow-Origin": "*",
    ]
    if EntityTagList.contains(request.headers.values(for: "If-None-Match"), tag) {
      return HTTPResponse(status: 304, headers: headers)
    }
    var response = HTTPResponse(status: 200, contentType: "application/jwk-set+json", bytes)
    for (name, value) in headers.all { response.headers[name] = value }
    return response
  }
}
