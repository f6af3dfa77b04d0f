// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import JSON
import Market

/// What a storefront's pages have around their body: a head for people, for previews of links (Open Graph) and for search
/// engines (schema.org), and a style that begins with small screens.
struct StorefrontFrame {
  var title: String
  var description: String
  /// The page's own address.
  var url: String
  var image: String?
  /// What Open Graph calls it.
  var kind: String
  /// What schema.org knows of it.
  var data: JSONValue

  static let policy: String = {
    let digest = Base64.encode(SHA256.hash(style))
    return
      "default-src 'none'; img-src 'self'; style-src 'sha256-\(digest)'; form-action 'none'; base-uri 'none'; "
      + "frame-ancestors 'none'"
  }()

  func html(in language: Language, _ body: Markup) -> Markup {
    """
    <!doctype html><html lang="\(language.rawValue)"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
    <title>\(title) · Souk</title><meta name="description" content="\(short)"><link rel="canonical" href="\(url)">
    <meta property="og:site_name" content="Souk"><meta property="og:type" content="\(kind)">
    <meta property="og:title" content="\(title)"><meta property="og:description" content="\(short)">
    <meta property="og:url" content="\(url)">\(picture)
    <script type="application/ld+json">\(script)</script><style>\(Markup(stringLiteral: StorefrontFrame.style))</style></head>
    <body>\(body)<footer><p>\(Phrase.storefrontFoot[language])</p></footer></body></html>
    """
  }

  private var picture: Markup {
    guard let image else { return "<meta name=\"twitter:card\" content=\"summary\">" }
    return """
      <meta property="og:image" content="\(image)"><meta name="twitter:card" content="summary_large_image">
      """
  }

  /// Previews show about this much.
  private var short: String {
    let words = description.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard words.count > 200 else { return words }
    let cut = words.prefix(199)
    return String(cut[..<(cut.lastIndex(of: " ") ?? cut.endIndex)]) + "…"
  }

  /// JSON in a script element: nothing in it may look like the element's end.
  private var script: Markup {
    let json = (try? JSONEncoder().encode(data)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    return Markup(
      stringLiteral: json.split(separator: "<", omittingEmptySubsequences: false).joined(separator: "\\u003c"))
  }

  private static let style = """
    :root{--ink:#1d2329;--soft:#5d6872;--line:#d3d8dd;--paper:#fff;--wash:#f5f6f4;--accent:#8a4b16}
    @media(prefers-color-scheme:dark){:root{--ink:#e8e6e1;--soft:#9aa3ab;--line:#3d454c;--paper:#1c2024;--wash:#131619;--accent:#e0a36a}}
    *{box-sizing:border-box}body{margin:0;background:var(--wash);color:var(--ink);font:1.0625rem/1.55 system-ui,sans-serif}
    header,main,footer{max-width:64rem;margin:0 auto;padding:1.2rem 1rem}header{padding:2.2rem 1rem 0}main{padding-top:.4rem}
    h1{font-size:clamp(1.7rem,6vw,2.6rem);line-height:1.15;margin:0 0 .3rem;text-wrap:balance}h2{font-size:1.3rem;margin:2rem 0 .8rem}h3{font-size:1.05rem;margin:1.4rem 0 .3rem}
    p{margin:.5rem 0 .9rem}a{color:var(--accent)}.lead{font-size:1.15rem}.soft,footer{color:var(--soft)}footer{font-size:.9rem;border-top:1px solid var(--line);margin-top:2rem}
    .goods{list-style:none;margin:0;padding:0;display:grid;gap:1rem;grid-template-columns:repeat(2,minmax(0,1fr))}
    @media(min-width:44rem){.goods{grid-template-columns:repeat(3,minmax(0,1fr))}.pair{display:grid;grid-template-columns:3fr 2fr;gap:2rem}}
    @media(min-width:60rem){.goods{grid-template-columns:repeat(4,minmax(0,1fr))}}
    .goods a{display:block;height:100%;color:inherit;text-decoration:none;background:var(--paper);border:1px solid var(--line);border-radius:14px;overflow:hidden}
    .goods a:hover{border-color:var(--accent)}.goods div{padding:.7rem .8rem .9rem}.goods b{display:block;line-height:1.3;overflow-wrap:anywhere}
    img,.blank{display:block;width:100%;height:auto;aspect-ratio:1;object-fit:contain;background:var(--paper)}.blank{background:var(--line)}.big{border:1px solid var(--line);border-radius:14px}
    .price{font-weight:700;color:var(--accent);font-variant-numeric:tabular-nums}.story{max-width:44rem}
    ul.facts{list-style:none;margin:.6rem 0;padding:0;display:flex;flex-wrap:wrap;gap:.4rem}ul.facts li{border:1px solid var(--line);border-radius:99px;padding:.1rem .7rem;font-size:.92rem}
    .share{display:flex;flex-wrap:wrap;gap:.4rem 1.2rem}blockquote{margin:1rem 0;padding-left:1rem;border-left:4px solid var(--accent)}:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
    .next{display:inline-block;margin-top:1.4rem;padding:.7rem 1.2rem;border:1.5px solid var(--accent);border-radius:10px;text-decoration:none;font-weight:650}
    code{font-family:ui-monospace,monospace;font-size:.95em}
    """
}
