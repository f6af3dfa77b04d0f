// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import JSON
import Market
import Postgres

/// Shops and their products for browsers, for those who follow a link and for the programs that preview links. They are the
/// same for everybody: no cookie, no script, nothing of another host.
struct StorefrontPages: Sendable {
  let storefront: ShowStorefront
  let documents: Lookup
  let limiter: RateLimiter

  /// Nil when the path is no storefront's.
  func answer(_ request: HTTPRequest, _ head: RequestHead, now milliseconds: UInt64) async -> RoutedAnswer? {
    guard let path = StorefrontPath(request.path) else { return nil }
    guard request.method == .get || request.method == .head else {
      let status = request.method == .options ? 204 : 405
      return RoutedAnswer(path.name, HTTPResponse(status: status, headers: ["Allow": "GET, HEAD, OPTIONS"]))
    }
    let verdict = limiter.take(.read, by: head.address, now: milliseconds)
    var response: HTTPResponse
    var failure: String?
    do {
      if let verdict, !verdict.decision.isAllowed { throw PageProblem.tooMany }
      response = try await page(path, request, head.language)
    } catch {
      response = StorefrontPages.problem(error).endPage.response(in: head.language)
      if !(error is PageProblem) { failure = ProblemAnswer(error).failure }
    }
    if let verdict { response.headers.add(verdict) }
    return RoutedAnswer(path.name, response, failure: failure)
  }

  private func page(
    _ path: StorefrontPath, _ request: HTTPRequest, _ language: Language
  ) async throws -> HTTPResponse {
    switch path {
    case .shop(let slug):
      let cursor = try cursor(request.query)
      let page = ShopPage(
        storefront: try await storefront(StorefrontQuery(slug: slug, cursor: cursor)), isFirst: cursor == nil,
        origin: storefront.origin)
      return StorefrontPages.response(page.html(in: language), request, language)
    case .product(let slug, let id):
      guard let product = try await product(id) else { throw NotFound() }
      // A shop's address is its own: a product under another's is shown where it belongs.
      if product.shop.slug != slug {
        let place = StorefrontPath.product(product.shop.slug, id).text
        return HTTPResponse(status: 301, headers: ["Location": place, "Cache-Control": "public, max-age=300"])
      }
      return StorefrontPages.response(
        ProductPage(product: product, origin: storefront.origin).html(in: language), request, language)
    }
  }

  private func cursor(_ query: String?) throws -> String? {
    var texts = NamedTexts()
    do throws(FieldError) { try texts.addQuery(query) } catch { throw PageProblem.unreadable }
    // What else stands there belongs to whoever counts where visitors come from.
    return texts.take("cursor")
  }

  private func product(_ id: Product.ID) async throws -> Product? {
    let document = try await documents.first(id.text, ProductDocument.init)
    return try document.map { try JSONDecoder().decode(Product.self, from: $0.bytes) }
  }

  private static func problem(_ error: any Error) -> PageProblem {
    switch error {
    case is NotFound: .noSuchPage
    case is InvalidCursor: .unreadable
    default: PageProblem(error)
    }
  }

  private static func response(_ html: Markup, _ request: HTTPRequest, _ language: Language) -> HTTPResponse {
    let bytes = Array(html.text.utf8)
    let tag = EntityTag(of: bytes)
    var headers: HTTPHeaders = [
      "Cache-Control": "public, max-age=60, stale-while-revalidate=300", "ETag": tag.header,
      "Vary": "Accept-Language",
    ]
    if EntityTagList.contains(request.headers.values(for: "If-None-Match"), tag) {
      return HTTPResponse(status: 304, headers: headers)
    }
    headers["Content-Language"] = language.rawValue
    headers["Content-Security-Policy"] = StorefrontFrame.policy
    headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    headers["X-Content-Type-Options"] = "nosniff"
    var response = HTTPResponse(status: 200, contentType: "text/html; charset=utf-8", bytes)
    for (name, value) in headers.all { response.headers[name] = value }
    return response
  }
}
