// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Drawing
import EventLoop
import HTTPServer
import Market
import Postgres

/// Binds the picture endpoints.
struct PhotoHandlers: Sendable {
  let database: Database
  let store: PhotoStore
  let importer: PhotoImporter
  let edit: EditProducts

  func bind(_ routes: inout Routes) {
    routes.bind(Photos.show) { input, _ in
      guard let picture = try await store.picture(input.photo, input.size) else { throw NotFound() }
      // The address names the content.
      return Reply(
        content: .media(picture, type: "image/png"),
        tag: EntityTag(text: "\(input.photo.text.prefix(32))-\(input.size.rawValue)"))
    }
    routes.bind(Photos.replace) { input, call in try await replace(input.product, call) }
  }

  private func replace(_ id: Product.ID, _ call: Call) async throws -> Reply<Product> {
    guard let file = call.file else { throw NotAPicture(reason: nil) }
    let member = call.member
    // Whose product it is comes first: nobody's upload is decoded for a stranger.
    let version = try await database.reads.first(
      """
      select p.version from products p
      where p.id = \(id.text)
        and exists (
          select 1 from shop_members m
          where m.shop = p.shop and m.account = \(member.account.text) \(member.limit))
      """
    ) { row in try row.next(Int.self) }
    guard let version else { throw NotFound() }
    guard call.match.allows(version) else { throw VersionMismatch() }
    let photo = try await importer.keep(fileAt: file.path)
    return try await database.transaction { transaction in
      try await PhotoRows.insert(photo, transaction)
      return try await edit.replacePhoto(photo, of: id, call, transaction)
    }
  }
}

enum PhotoRows {
  static func insert(_ photo: Photo, _ runner: some SQLRunner) async throws {
    try await runner.execute(
      """
      insert into photos (id, width, height)
      values (\(photo.id.text), \(photo.width), \(photo.height))
      on conflict (id) do nothing
      """)
  }
}

/// Takes pictures in: decoded and resized by the drawing process, named by their content, kept in the store.
struct PhotoImporter: Sendable {
  let store: PhotoStore
  let drawing: DrawingProcess
  let offload: OffloadPool

  func keep(fileAt path: String) async throws -> Photo {
    try await keep(try await offload.run { try Files.read(path) })
  }

  func keep(_ bytes: [UInt8]) async throws -> Photo {
    let hash = try await offload.run { Hex.encode(SHA256.hash(bytes)) }
    guard let id = PhotoID(hash) else { preconditionFailure("SHA-256 has 64 hex digits") }
    let sizes = PhotoSize.allCases
    let made: Thumbnails
    do throws(DrawingRefusal) {
      let boxes = sizes.map { PictureSize(width: $0.pixels, height: $0.pixels) }
      made = try await drawing.thumbnails(of: bytes, boxes: boxes, formats: [.png])
    } catch { throw NotAPicture(error) as (any Refusal)? ?? DrawingBusy() }
    let pictures = zip(sizes, made.pictures).map { (size: $0, bytes: $1.bytes) }
    try await store.keep(id, pictures)
    return Photo(id: id, width: made.originalSize.width, height: made.originalSize.height)
  }
}

struct NotAPicture: Refusal {
  var reason: String?
  var problem: ProblemCode { .notAPicture }
  var detail: String? { reason }
}

/// The drawing has more to do than it takes, or is stopping: the picture may be fine.
struct DrawingBusy: Refusal {
  var problem: ProblemCode { .unavailable }
}

extension NotAPicture {
  /// What the caller did wrong; nil when it was the drawing that failed.
  fileprivate init?(_ refusal: DrawingRefusal) {
    switch refusal {
    case .notAnImage: reason = "These bytes are no picture."
    case .unsupported(let kind): reason = "Pictures of the kind \(kind) are not taken; send JPEG, PNG or WebP."
    case .tooLarge(let width, let height): reason = "\(width) × \(height) pixels are more than are taken."
    case .tooManyBytes(let max): reason = "A picture may have \(max >> 20) MiB."
    case .corrupt: reason = "The picture is damaged or cut short."
    case .timedOut, .crashed: reason = "The picture could not be decoded."
    case .busy, .cancelled, .stopped: return nil
    }
  }
}
