// SPDX-License-Identifier: GPL-3.0-or-later

/// Pictures of products.
public enum Photos {
  public static let types = ["image/jpeg", "image/png", "image/webp"]

  public static let replace = Endpoint<ProductAddress, Product>(
    "photos.replace", .put, "/products/{product}/photo", for: .member(.staff),
    "Give a product its picture; for members of its shop",
    traits: Traits(
      requiresMatch: true, limit: .upload, body: .file(types: types, bytesMax: 10 << 20), keys: .catalogueWrite),
    refusals: [.notFound, .notAPicture],
    example: Example(ProductAddress(product: .example), gives: .example))

  public static let show = Endpoint<PhotoAddress, Nothing>(
    "photos.show", .get, "/photos/{photo}/{size}", for: .anyone, "A picture in one of its sizes",
    traits: Traits(caching: .immutable, answer: .file(types: ["image/png"])), refusals: [.notFound],
    example: Example(PhotoAddress(photo: .example, size: .medium), gives: Nothing()))
}

public struct PhotoAddress: Codable, Sendable, Equatable {
  public var photo: PhotoID
  public var size: PhotoSize
  public init(photo: PhotoID, size: PhotoSize) {
    self.photo = photo
    self.size = size
  }
}
