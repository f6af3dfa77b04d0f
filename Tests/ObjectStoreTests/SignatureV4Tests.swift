// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import ObjectStore

/// The worked examples of the signature's documentation.
@Suite struct SignatureV4Tests {
  private let signature = SignatureV4(
    accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", region: "us-east-1")
  private let midnight: Int64 = 1_369_353_600

  private func sign(_ method: String, _ path: String, _ more: [String: String], _ body: String) -> [String: String] {
    let headers = signature.headers(
      method, host: "examplebucket.s3.amazonaws.com", path: path, more: more, body: Array(body.utf8), at: midnight)
    return Dictionary(uniqueKeysWithValues: headers)
  }

  @Test func `reading a part of an object`() {
    let headers = sign("GET", "/test.txt", ["range": "bytes=0-9"], "")
    #expect(headers["X-Amz-Date"] == "20130524T000000Z")
    #expect(
      headers["Authorization"] == """
        AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,\
        SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,\
        Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41
        """)
  }

  @Test func `keeping an object whose key is written in escapes`() {
    let more = ["date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"]
    let headers = sign("PUT", "/" + ObjectStorePlace.encode("test$file.text"), more, "Welcome to Amazon S3.")
    #expect(
      headers["Authorization"]?.hasSuffix(
        "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd") == true)
  }

  @Test(
    "where a bucket is",
    arguments: [
      ("https://pictures.s3.eu-west-1.amazonaws.com", "https://pictures.s3.eu-west-1.amazonaws.com/a/b%20%C3%A9.png"),
      ("http://127.0.0.1:9000/pictures/", "http://127.0.0.1:9000/pictures/a/b%20%C3%A9.png"),
      ("https://[::1]:9000/pictures", "https://[::1]:9000/pictures/a/b%20%C3%A9.png"),
    ])
  func addresses(_ url: String, _ address: String) throws {
    let place = try #require(ObjectStorePlace(url: url, region: "r", accessKey: "a", secretKey: "s"))
    #expect(place.address(of: "a/b é.png") == address)
  }

  @Test(arguments: [
    "", "pictures", "ftp://x", "https://", "https:///pictures", "https://user@host", "https://a/b?c", "https://a b/",
  ])
  func `what is no place of a bucket`(_ url: String) {
    #expect(ObjectStorePlace(url: url, region: "r", accessKey: "a", secretKey: "s") == nil)
  }
}
