// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import Market

/// The pages for people who write programs: the reference, and the list of problems. They need no script and no
/// other host.
enum DocumentationPages {
  static func answer(_ request: HTTPRequest) -> HTTPResponse? {
    if request.path == "/" || request.path == "/docs/" {
      return HTTPResponse(status: 308, headers: ["Location": "/docs"])
    }
    guard let page = pages[request.path] else { return nil }
    guard request.method == .get || request.method == .head else {
      return HTTPResponse(status: request.method == .options ? 204 : 405, headers: ["Allow": "GET, HEAD, OPTIONS"])
    }
    let tag = EntityTag(of: page.bytes)
    var headers: HTTPHeaders = ["Cache-Control": "public, max-age=300", "ETag": tag.header]
    if EntityTagList.contains(request.headers.values(for: "If-None-Match"), tag) {
      return HTTPResponse(status: 304, headers: headers)
    }
    headers["Content-Type"] = page.type
    if page.type.hasPrefix("text/html") {
      headers["Content-Security-Policy"] =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    }
    return HTTPResponse(status: 200, headers: headers, body: .bytes(page.bytes))
  }

  private static let pages: [String: (type: String, bytes: [UInt8])] = [
    "/docs": ("text/html; charset=utf-8", reference), "/docs/problems": ("text/html; charset=utf-8", problems),
    Contract.basePath + "/openapi.json": ("application/json", OpenAPIDocument.bytes),
  ]

  private static let reference: [UInt8] = Array(ReferencePage.html.utf8)

  private static let problems: [UInt8] = {
    let rows = ProblemCode.allCases.map { code in
      let text = code.text(in: .english)
      return """
        <tr id="\(code.rawValue)"><td><code>\(code.rawValue)</code></td><td>\(code.status)</td>
        <td><b>\(HTML.escape(text.title))</b><br>\(HTML.escape(text.detail))</td></tr>
        """
    }
    let table = "<table><tr><th>Code</th><th>Status</th><th>Meaning and what to do</th></tr>\(rows.joined())</table>"
    return Array(
      HTML.page(title: "Problems", "<h1>Problems</h1><p><a href=\"/docs\">Back to the reference</a></p>\(table)").utf8)
  }()
}

/// The house's own plain pages.
enum HTML {
  /// Looks at scalars, not at characters: a sign with a combining mark after it is one character, and still the sign to a
  /// browser.
  static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  static func page(title: String, _ body: String) -> String {
    """
    <!doctype html><html lang="en"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(escape(title)) · Souk</title><style>\(style)</style></head><body><main>\(body)</main></body></html>
    """
  }

  private static let style = """
    :root{--ink:#1d2329;--soft:#5d6872;--line:#dfe3e7;--paper:#fff;--wash:#f5f6f4;--accent:#8a4b16}
    @media(prefers-color-scheme:dark){:root{--ink:#e8e6e1;--soft:#9aa3ab;--line:#333a40;--paper:#16191c;--wash:#1e2226;--accent:#e0a36a}}
    body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,sans-serif}
    main{max-width:58rem;margin:0 auto;padding:1.5rem 1rem 4rem}
    h1{font-size:1.8rem;margin:.5rem 0}h2{margin:2.5rem 0 .5rem;border-bottom:1px solid var(--line);text-transform:capitalize}
    h3{margin:1.6rem 0 .2rem;font-size:1.05rem}a{color:var(--accent)}
    code,pre{font:.88em ui-monospace,monospace}pre{background:var(--wash);padding:.8rem;overflow-x:auto;border-radius:6px}
    table{border-collapse:collapse;width:100%;margin:.5rem 0}td,th{border-bottom:1px solid var(--line);padding:.35rem .5rem;text-align:left;vertical-align:top}
    .method{display:inline-block;min-width:4.2em;font-weight:700;color:var(--accent)}.soft{color:var(--soft)}
    nav ul{columns:2;padding-left:1.2rem}details summary{cursor:pointer;color:var(--soft)}
    """
}
