// SPDX-License-Identifier: GPL-3.0-or-later
import Market

/// Ways to pass a page on that need no script: plain links, which tell nobody anything before they are followed.
struct ShareLinks {
  var title: String
  var url: String

  func html(in language: Language) -> Markup {
    let (title, url) = (PercentEncoding.encode(title), PercentEncoding.encode(url))
    let links = [
      ("E-mail", "mailto:?subject=\(title)&body=\(url)"), ("WhatsApp", "https://wa.me/?text=\(title)%20\(url)"),
      ("Mastodon", "https://share.joinmastodon.org/?text=\(title)%20\(url)"),
      ("Pinterest", "https://www.pinterest.com/pin/create/button/?url=\(url)&description=\(title)"),
    ]
    return """
      <p class="share soft"><span>\(Phrase.share[language])</span>\(links.map { "<a rel=\"noopener nofollow\" href=\"\($0.1)\">\($0.0)</a>" as Markup })</p>
      """
  }
}
