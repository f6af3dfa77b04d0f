// SPDX-License-Identifier: GPL-3.0-or-later
public import HTTPClient

// The map of this module:
//   ObjectStore        keeps and gives back objects by key, in a bucket with the interface that S3 made common
//   SignatureV4        signs a request (pure)
//   ObjectStorePlace   where the bucket is and who asks

/// Keeps objects in a bucket. Objects are whole: one that is there is there with all of its bytes.
public struct ObjectStore: Sendable {
  private let place: ObjectStorePlace
  private let client: HTTPClient

  public init(_ place: ObjectStorePlace, by client: HTTPClient) {
    self.place = place
    self.client = client
  }

  public func put(_ bytes: [UInt8], at key: String, type: String) async throws {
    _ = try await send("PUT", key, ["Content-Type": type], bytes)
  }

  /// Nil when there is none.
  public func get(_ key: String) async throws -> [UInt8]? { try await send("GET", key)?.body }

  public func has(_ key: String) async throws -> Bool { try await send("HEAD", key) != nil }

  public func delete(_ key: String) async throws { _ = try await send("DELETE", key) }

  /// Nil when what is asked for is not there.
  private func send(
    _ method: String, _ key: String, _ headers: HeaderFields = [:], _ body: [UInt8] = []
  ) async throws -> ClientResponse? {
    var request = ClientRequest(method, place.address(of: key), headers: headers)
    if method == "PUT" { request.body = .bytes(body) }
    request.responseBytesMax = 64 << 20
    for (name, value) in place.signature.headers(
      method, host: place.host, path: place.path(of: key), body: body, at: HTTPDate.now)
    {
      request.headers[name] = value
    }
    let answer = try await client.send(request)
    if answer.isSuccess { return answer }
    if answer.status == 404, method != "PUT", ObjectStoreFailure.isAboutKey(answer) { return nil }
    throw ObjectStoreFailure(answer, method: method, key: key)
  }
}

/// The store refused, or does not know us.
public struct ObjectStoreFailure: Error, Sendable, Equatable, CustomStringConvertible {
  public var status: Int
  /// The store's own word for it, such as `AccessDenied`.
  public var code: String
  public var method: String
  public var key: String

  init(_ answer: ClientResponse, method: String, key: String) {
    status = answer.status
    code = ObjectStoreFailure.element("Code", of: answer.text) ?? ""
    self.method = method
    self.key = key
  }

  public var description: String {
    "the object store answered \(status)\(code.isEmpty ? "" : " (\(code))") to \(method) \(key)"
  }

  /// A bucket that is not there is no missing object. The answer to HEAD has no words to tell them apart.
  static func isAboutKey(_ answer: ClientResponse) -> Bool {
    element("Code", of: answer.text) ?? "NoSuchKey" == "NoSuchKey"
  }

  private static func element(_ name: String, of text: String) -> String? {
    guard let start = text.firstRange(of: "<\(name)>"), let end = text.firstRange(of: "</\(name)>"),
      start.upperBound <= end.lowerBound
    else { return nil }
    return String(text[start.upperBound..<end.lowerBound])
  }
}
