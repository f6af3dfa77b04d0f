// SPDX-License-Identifier: GPL-3.0-or-later
internal import CCurl

/// Absolute URLs from references, in one normal form, by libcurl's own parser.
enum URLReference {
  /// The absolute URL without its fragment, or `nil` when there is none.
  static func resolve(_ reference: String, against base: String? = nil) -> String? {
    unsafe with(base.map { [$0, reference] } ?? [reference]) { handle in
      _ = unsafe curl_url_set(handle, CURLUPART_FRAGMENT, nil, 0)
      return unsafe part(handle, CURLUPART_URL)
    }
  }

  /// Scheme, host and port.
  static func origin(_ url: String) -> String? {
    unsafe with([url]) { handle in
      guard let scheme = unsafe part(handle, CURLUPART_SCHEME), let host = unsafe part(handle, CURLUPART_HOST),
        let port = unsafe part(handle, CURLUPART_PORT)
      else { return nil }
      return "\(scheme)://\(host.lowercased()):\(port)"
    }
  }

  private static func with(_ urls: [String], _ body: (OpaquePointer) -> String?) -> String? {
    guard let handle = unsafe curl_url() else { return nil }
    defer { unsafe curl_url_cleanup(handle) }
    for url in urls {
      // Each further URL is taken relative to what is there.
      guard unsafe curl_url_set(handle, CURLUPART_URL, url, 0) == CURLUE_OK else { return nil }
    }
    return unsafe body(handle)
  }

  private static func part(_ handle: OpaquePointer, _ part: CURLUPart) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    let flags = UInt32(part == CURLUPART_PORT ? CURLU_DEFAULT_PORT : 0)
    guard unsafe curl_url_get(handle, part, &text, flags) == CURLUE_OK, let text = unsafe text else { return nil }
    defer { unsafe curl_free(text) }
    return unsafe String(cString: text)
  }
}
