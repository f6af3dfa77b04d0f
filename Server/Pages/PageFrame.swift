// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market

/// What all pages have around their body. No script, no picture, no other host; the style is the one whose digest the
/// policy names.
enum PageFrame {
  /// The Content-Security-Policy.
  static let policy: String = {
    let digest = Base64.encode(SHA256.hash(style))
    return
      "default-src 'none'; style-src 'sha256-\(digest)'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
  }()

  static func html(title: String, in language: Language, _ body: Markup) -> Markup {
    """
    <!doctype html><html lang="\(language.rawValue)"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">
    <title>\(title) · Souk</title><style>\(Markup(stringLiteral: style))</style></head>
    <body><header>\(awning)<span>souk</span></header><main>
    \(body)
    </main></body></html>
    """
  }

  /// The awning of a stall.
  private static let awning: Markup = """
    <svg viewBox="0 0 32 24" width="32" height="24" aria-hidden="true"><path d="M4 1h24l3 10H1z" fill="currentColor" \
    opacity=".25"/><path d="M4 1h5L7 11H1zM14 1h4l1 10h-6zM23 1h5l3 10h-6z" fill="currentColor"/><path d="M1 11a3 3 0 0 0 \
    6 0 3 3 0 0 0 6 0 3 3 0 0 0 6 0 3 3 0 0 0 6 0 3 3 0 0 0 6 0zM4 17h2v7H4zM26 17h2v7h-2z" fill="currentColor"/></svg>
    """

  private static let style = """
    :root{--ink:#1d2329;--soft:#5d6872;--line:#d3d8dd;--paper:#fff;--wash:#f5f6f4;--accent:#8a4b16;--on:#fff;--bad:#a3241b}
    @media(prefers-color-scheme:dark){:root{--ink:#e8e6e1;--soft:#9aa3ab;--line:#3d454c;--paper:#1c2024;--wash:#131619;--accent:#e0a36a;--on:#241407;--bad:#ff9a8d}}
    *{box-sizing:border-box}
    body{margin:0;min-height:100vh;min-height:100svh;background:var(--wash);color:var(--ink);font:1.0625rem/1.5 system-ui,sans-serif;display:flex;flex-direction:column;align-items:center;padding:max(1.5rem,6vh) 1rem 3rem}
    header{display:flex;align-items:center;gap:.6rem;color:var(--accent);font-weight:700;font-size:1.35rem;letter-spacing:.02em;margin-bottom:1.4rem}
    main{width:100%;max-width:27rem;background:var(--paper);border:1px solid var(--line);border-radius:16px;padding:1.6rem 1.4rem}
    h1{font-size:1.5rem;line-height:1.2;margin:0 0 .5rem}p{margin:.5rem 0 1rem}a{color:var(--accent)}
    form{margin:1.2rem 0 0}label{display:block;font-weight:600;margin-bottom:.35rem}
    input{width:100%;font:inherit;color:inherit;background:var(--wash);border:1.5px solid var(--line);border-radius:10px;padding:.75rem .9rem}
    input.code{font:700 1.5rem/1.2 ui-monospace,monospace;letter-spacing:.12em;text-align:center}
    button,.button{display:block;width:100%;margin-top:.9rem;min-height:3.1rem;padding:.7rem 1rem;border:1.5px solid var(--accent);border-radius:10px;background:var(--accent);color:var(--on);font:inherit;font-weight:650;line-height:1.5;text-align:center;text-decoration:none;cursor:pointer}
    .second{background:transparent;color:var(--accent)}.plain{border:0;background:none;color:var(--accent);font-weight:400;text-decoration:underline;min-height:2.75rem;margin-top:.4rem}
    :focus-visible{outline:3px solid var(--accent);outline-offset:2px}
    .soft{color:var(--soft)}.fault{color:var(--bad);font-weight:600;margin:.6rem 0 0}
    .note{border-left:4px solid var(--accent);padding:.1rem 0 .1rem .9rem;margin:1.1rem 0}
    .or{display:flex;align-items:center;gap:.8rem;color:var(--soft);margin:1.3rem 0 .2rem}.or::before,.or::after{content:"";flex:1;border-top:1px solid var(--line)}
    dl{display:grid;grid-template-columns:auto 1fr;gap:.45rem 1rem;margin:1.1rem 0;padding:1rem;background:var(--wash);border-radius:10px}
    dt{color:var(--soft)}dd{margin:0;font-weight:600;overflow-wrap:anywhere}dd.code{font-family:ui-monospace,monospace;letter-spacing:.1em}
    """
}
