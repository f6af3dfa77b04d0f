// SPDX-License-Identifier: GPL-3.0-or-later
internal import CCurl

/// Writes a plan into a handle of libcurl.
@safe
struct CurlOptions {
  private let easy: UnsafeMutableRawPointer

  init(_ easy: UnsafeMutableRawPointer) { unsafe self.easy = unsafe easy }

  func check(_ code: CURLcode) throws {
    guard code == CURLE_OK else {
      throw HTTPClientError(.malformed, unsafe String(cString: curl_easy_strerror(code)))
    }
  }

  func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer) throws {
    try unsafe check(ccurl_set_pointer(easy, option, pointer))
  }

  /// Sets everything that the plan and the configuration say. Returns lists that must outlive the transfer.
  func apply(
    _ plan: TransferPlan, uploadBytes: Int?, _ configuration: ClientConfiguration
  ) throws -> [UnsafeMutablePointer<curl_slist>] {
    try set(CURLOPT_URL, plan.url)
    try set(CURLOPT_NOSIGNAL, 1)
    // Otherwise ending a transfer waits for the thread that still looks its host up.
    try set(CURLOPT_QUICK_EXIT, 1)
    try set(CURLOPT_TCP_KEEPALIVE, 1)
    try set(CURLOPT_CONNECTTIMEOUT_MS, plan.connectTimeout.curlMilliseconds)
    if let limit = plan.totalTimeout { try set(CURLOPT_TIMEOUT_MS, limit.curlMilliseconds) }
    if let idle = plan.idleTimeout {
      try set(CURLOPT_LOW_SPEED_LIMIT, 1)
      try set(CURLOPT_LOW_SPEED_TIME, (idle.curlMilliseconds + 999) / 1000)
    }
    if let path = configuration.certificates { try set(CURLOPT_CAINFO, path) }
    if let path = plan.unixSocket { try set(CURLOPT_UNIX_SOCKET_PATH, path) }
    try applyProxy(configuration.proxy)
    if let mail = plan.mail { return try unsafe [apply(mail, bytes: uploadBytes ?? 0)] }
    return try unsafe applyHTTP(plan, uploadBytes: uploadBytes, configuration)
  }

  // MARK: HTTP

  private func applyHTTP(
    _ plan: TransferPlan, uploadBytes: Int?, _ configuration: ClientConfiguration
  ) throws -> [UnsafeMutablePointer<curl_slist>] {
    try set(CURLOPT_PROTOCOLS_STR, "http,https")
    try set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
    // Over TLS only: this libcurl fails on the second cleartext HTTP/2 request of a connection.
    try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
    if plan.url.utf8.prefix(6).elementsEqual("https:".utf8, by: { $0.asciiLowercased == $1 }) {
      try set(CURLOPT_PIPEWAIT, 1)
    }
    try set(CURLOPT_USERAGENT, configuration.userAgent)
    try set(CURLOPT_ACCEPT_ENCODING, "gzip")
    try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    if plan.redirectsMax > 0 {
      try set(CURLOPT_FOLLOWLOCATION, 1)
      try set(CURLOPT_MAXREDIRS, plan.redirectsMax)
    }
    // Without a body nothing would stop libcurl from sending it again on a new connection.
    if !plan.mayRepeat && (uploadBytes ?? 0) == 0 { try set(CURLOPT_FRESH_CONNECT, 1) }
    try applyMethod(plan.method, uploadBytes: uploadBytes)
    guard let headers = try unsafe list(headerLines(plan)) else { return unsafe [] }
    try unsafe check(ccurl_set_list(easy, CURLOPT_HTTPHEADER, headers))
    return unsafe [headers]
  }

  private func applyMethod(_ method: String, uploadBytes: Int?) throws {
    if let uploadBytes {
      if method == "POST" {
        // A POST of libcurl's own becomes a GET when a redirect says so.
        try set(CURLOPT_POST, 1)
        try unsafe check(ccurl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, uploadBytes))
      } else {
        try set(CURLOPT_UPLOAD, 1)
        try unsafe check(ccurl_set_size(easy, CURLOPT_INFILESIZE_LARGE, uploadBytes))
        if method != "PUT" { try set(CURLOPT_CUSTOMREQUEST, method) }
      }
      try set(CURLOPT_UPLOAD_BUFFERSIZE, 64 << 10)
    } else if method == "HEAD" {
      try set(CURLOPT_NOBODY, 1)
    } else if method == "POST" {
      try set(CURLOPT_POST, 1)
      try unsafe check(ccurl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, 0))
    } else if method != "GET" {
      try set(CURLOPT_CUSTOMREQUEST, method)
    }
  }

  private func headerLines(_ plan: TransferPlan) -> [String] {
    // "Name;" sends an empty field, "Name:" removes one that libcurl would add.
    var lines = plan.headers.fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
    for name in ["Expect", "Content-Type"] where plan.headers[name] == nil && plan.method != "GET" {
      lines.append("\(name):")
    }
    return lines
  }

  private func applyProxy(_ proxy: ClientConfiguration.Proxy) throws {
    switch proxy {
    case .fromEnvironment: return
    case .none: try set(CURLOPT_PROXY, "")
    case .url(let url, let except):
      try set(CURLOPT_PROXY, url)
      try set(CURLOPT_NOPROXY, except)
    }
  }

  // MARK: Mail

  private func apply(_ mail: MailEnvelope, bytes: Int) throws -> UnsafeMutablePointer<curl_slist> {
    try set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    try set(CURLOPT_UPLOAD, 1)
    try unsafe check(ccurl_set_size(easy, CURLOPT_INFILESIZE_LARGE, bytes))
    try set(CURLOPT_MAIL_FROM, mail.sender.isEmpty ? "" : "<\(mail.sender)>")
    switch mail.security {
    case .none: try set(CURLOPT_USE_SSL, Int(CURLUSESSL_NONE.rawValue))
    case .optional: try set(CURLOPT_USE_SSL, Int(CURLUSESSL_TRY.rawValue))
    case .required, .implicit: try set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue))
    }
    if let credentials = mail.credentials {
      try set(CURLOPT_USERNAME, credentials.user)
      try set(CURLOPT_PASSWORD, credentials.password)
    }
    guard let recipients = try unsafe list(mail.recipients.map { "<\($0)>" }) else {
      throw HTTPClientError(.malformed, "a message without recipients")
    }
    try unsafe check(ccurl_set_list(easy, CURLOPT_MAIL_RCPT, recipients))
    return unsafe recipients
  }

  // MARK: Values

  private func set(_ option: CURLoption, _ value: Int) throws {
    try unsafe check(ccurl_set_number(easy, option, value))
  }

  private func set(_ option: CURLoption, _ value: String) throws {
    try unsafe check(value.withCString { unsafe ccurl_set_text(easy, option, $0) })
  }

  private func list(_ lines: [String]) throws -> UnsafeMutablePointer<curl_slist>? {
    var list: UnsafeMutablePointer<curl_slist>?
    for line in lines {
      guard let longer = unsafe curl_slist_append(list, line) else {
        unsafe curl_slist_free_all(list)
        throw HTTPClientError(.other, "no memory for a header")
      }
      unsafe list = unsafe longer
    }
    return unsafe list
  }
}

extension Duration {
  /// Whole milliseconds, rounded up and at least one: zero means "no limit" to libcurl.
  var curlMilliseconds: Int {
    let (seconds, attoseconds) = components
    let milliseconds = seconds.multipliedReportingOverflow(by: 1000)
    if milliseconds.overflow || milliseconds.partialValue > 1 << 40 { return 1 << 40 }
    return max(1, Int(milliseconds.partialValue) + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
  }
}
