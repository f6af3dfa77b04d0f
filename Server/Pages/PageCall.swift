// SPDX-License-Identifier: GPL-3.0-or-later
import Market

/// What a page's handler knows of the request.
struct PageCall: Sendable {
  var path: PagePath
  /// The browser's visit, or a new one.
  var visit: Visit
  /// The fields of the form that was sent; nil when the page was only asked for.
  var form: [String: String]?
  var query: NamedTexts
  var network: String
  var language: Language
  var now: Timestamp

  func field(_ name: String) -> String { form?[name] ?? "" }
}

/// What a page's handler answers.
struct PageAnswer: Sendable {
  enum Content: Sendable {
    case page(WebPage)
    /// Another page, to be asked for anew (303): going back and reloading send no form twice.
    case go(PagePath)
    /// Another host, by its whole address.
    case leave(String)
  }

  var content: Content
  /// The visit as it is now.
  var visit: Visit

  static func page(_ page: WebPage, _ visit: Visit) -> PageAnswer { PageAnswer(content: .page(page), visit: visit) }

  /// On to the page that the visit's step waits on.
  static func next(_ visit: Visit) -> PageAnswer { PageAnswer(content: .go(visit.next), visit: visit) }
}
