// SPDX-License-Identifier: GPL-3.0-or-later
internal import CCurl

extension HTTPClientError {
  /// From libcurl's result code, with the text it left in the error buffer.
  init(_ code: CURLcode, text: String, status: Int?, isConnected: Bool) {
    let fallback = unsafe String(cString: curl_easy_strerror(code))
    self.init(Kind(code, isConnected: isConnected), text.isEmpty ? fallback : text, status: status)
  }
}

extension HTTPClientError.Kind {
  fileprivate init(_ code: CURLcode, isConnected: Bool) {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: self = .resolve
    case CURLE_COULDNT_CONNECT, CURLE_PROXY: self = .connect
    case CURLE_OPERATION_TIMEDOUT: self = isConnected ? .timeout : .connectTimeout
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_ENGINE_NOTFOUND,
      CURLE_SSL_INVALIDCERTSTATUS, CURLE_USE_SSL_FAILED:
      self = .tls
    case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM,
      CURLE_SSL_SHUTDOWN_FAILED, CURLE_SEND_FAIL_REWIND:
      self = .interrupted
    case CURLE_FILESIZE_EXCEEDED: self = .tooLarge
    case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_HTTP_RETURNED_ERROR: self = .badAnswer
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT: self = .malformed
    case CURLE_TOO_MANY_REDIRECTS: self = .tooManyRedirects
    case CURLE_LOGIN_DENIED, CURLE_AUTH_ERROR, CURLE_REMOTE_ACCESS_DENIED: self = .refused
    case CURLE_READ_ERROR: self = .file
    case CURLE_ABORTED_BY_CALLBACK: self = .aborted
    default: self = .other
    }
  }
}
