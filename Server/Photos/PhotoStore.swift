// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import HTTPServer
import Market
import ObjectStore
import Observability

/// Where pictures are kept: a folder of this machine, or a bucket that several machines share. Their addresses name their
/// content, so they are never changed, and what stands before `soukd` may keep them for ever.
enum PhotoStore: Sendable {
  case folder(PhotoFolder, OffloadPool)
  case bucket(ObjectStore)

  /// The bucket that is configured, else the folder.
  static func configured(_ configuration: Configuration, _ client: HTTPClient, _ offload: OffloadPool) -> PhotoStore {
    if let place = configuration.photoBucket.place { return .bucket(ObjectStore(place, by: client)) }
    return .folder(PhotoFolder(directory: configuration.photoDirectory), offload)
  }

  /// One size of a picture as it is sent; nil when there is no such picture.
  func picture(_ id: PhotoID, _ size: PhotoSize) async throws -> HTTPResponse.Body? {
    switch self {
    case .folder(let folder, _): folder.has(id) ? .file(path: folder.path(id, size)) : nil
    case .bucket(let objects): try await objects.get(PhotoStore.key(id, size)).map { .bytes($0) }
    }
  }

  /// Keeps all sizes of a picture; afterwards it is there for everybody.
  func keep(_ id: PhotoID, _ pictures: [(size: PhotoSize, bytes: [UInt8])]) async throws {
    switch self {
    case .folder(let folder, let offload): try await offload.run { try folder.keep(id, pictures) }
    case .bucket(let objects):
      for picture in pictures {
        try await objects.put(picture.bytes, at: PhotoStore.key(id, picture.size), type: "image/png")
      }
    }
  }

  /// The folder's layout, so that a folder can be copied into a bucket by any tool.
  static func key(_ id: PhotoID, _ size: PhotoSize) -> String {
    "\(id.text.prefix(2))/\(id.text.dropFirst(2))/\(size.rawValue).png"
  }
}

/// The bucket of pictures. All of it is set, or nothing.
struct PhotoBucket: Sendable, Equatable {
  var url: String?
  var region = "us-east-1"
  var accessKey: String?
  var secretKey: Secret<String>?

  /// The address, the key and its secret belong together.
  var isIncomplete: Bool {
    let given = [url != nil, accessKey != nil, secretKey != nil]
    return given.contains(true) && given.contains(false)
  }

  var place: ObjectStorePlace? {
    guard let url, let accessKey, let secretKey else { return nil }
    return ObjectStorePlace(url: url, region: region, accessKey: accessKey, secretKey: secretKey.revealed)
  }
}
