// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market
import Observability

@testable import HTTPServer
@testable import soukd

/// libFuzzer's entry: the first byte chooses what the others are read as. Nothing may trap, and each reader keeps
/// its law.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = bytes.first else { return 0 }
  let rest = Array(bytes.dropFirst())
  let text = String(decoding: rest, as: UTF8.self)
  switch choice % 8 {
  case 0: checkPath(text)
  case 1: checkQuery(text)
  case 2: checkCursor(text)
  case 3: checkTags(text)
  case 4: checkMedia(text)
  case 5: checkMoments(text)
  case 6: checkHead(text)
  default: checkBody(rest)
  }
  return 0
}

private let table: RouteTable<String> = {
  var table = RouteTable<String>()
  for endpoint in Contract.endpoints { table.add(endpoint.name, endpoint.method, endpoint.path) }
  return table
}()

/// A path that is found can be written again from its places, and is found again.
private func checkPath(_ text: String) {
  let segments = text.split(separator: "/", omittingEmptySubsequences: false).map {
    PercentEncoding.decode($0) ?? "\u{0}"
  }
  for method in [Method.get, .post, .put, .patch, .delete, nil] {
    guard case .found(let name, let places) = table.find(method, segments) else { continue }
    guard let endpoint = Contract.endpoints.first(where: { $0.name == name }),
      let path = endpoint.path.filled(with: places)
    else { fatalError("a route that was found has a path") }
    let again = path.split(separator: "/").compactMap { PercentEncoding.decode($0) }
    // An empty segment fills a place too, but is not written.
    if segments.contains("") { continue }
    guard case .found(name, places) = table.find(endpoint.method, again) else { fatalError("the path leads elsewhere") }
  }
  precondition(PercentEncoding.decode(PercentEncoding.encode(text)) == text, "escaping loses something")
}

private let knownFields = FieldNames.ofAnswer(AnyEndpoint(Catalogue.show))

/// Whatever a query string says is read into every input that comes from one, or refused.
private func checkQuery(_ text: String) {
  checkForm(text)
  var texts = NamedTexts()
  do throws(FieldError) { try texts.addQuery(text) } catch { return }
  read(ProductQuery.self, texts)
  read(ShopQuery.self, texts)
  read(ShopProductQuery.self, texts, places: ["slug": "salt-and-silver"])
  read(EventQuery.self, texts)
  read(ProductAddress.self, texts, places: ["product": texts["product"] ?? ""])
  read(PhotoAddress.self, texts, places: ["photo": texts["photo"] ?? "", "size": "small"])
  if let fields = try? FieldList.read(text, known: knownFields) {
    precondition(fields.joined(separator: ",") == text, "a list of fields changes on its way")
  }
}

/// A form that is read has only the fields that it may have. Whatever a browser says is a page, or none.
private func checkForm(_ text: String) {
  if let fields = try? FormBody.read(Array(text.utf8), names: ["code", "contact"]) {
    precondition(fields.keys.allSatisfy { ["code", "contact"].contains($0) }, "a field that no form has")
    if let code = UserCode.normalised(fields["code"] ?? "") {
      precondition(UserCode.normalised(code) == code, "a device's code changes on its way")
    }
  }
  if let path = PagePath(text) { precondition(path.text == text, "a page has another address") }
  if let address = ProviderAddress(text) { precondition(address.text == text, "an address changes on its way") }
  precondition(
    !HTML.escape(text).unicodeScalars.contains { "<>\"'".unicodeScalars.contains($0) }, "a sign gets through")
}

private func read<Input: Decodable>(_ type: Input.Type, _ texts: NamedTexts, places: [String: String] = [:]) {
  _ = try? InputReader.read(type, method: .get, places: places, query: texts, body: [], hasJSONBody: false)
}

private let tokens = TokenReader(JSONWebKeySet([JSONWebKey(Ed25519.PrivateKey().publicKey)]), type: "at+jwt")
private let seal = CursorSeal(key: HMACKey(Array("a key for fuzzing".utf8)))

/// Nothing but a seal of ours opens, and what was sealed comes back.
private func checkCursor(_ text: String) {
  if let values = try? seal.open(text, question: "q", count: 2) {
    precondition(seal.seal(values, question: "q") == text, "a cursor that opens is the one that was made")
  }
  let values = [text.filter { $0 != "\u{1f}" && !$0.unicodeScalars.contains("\u{1f}") }, "x"]
  let cursor = seal.seal(values, question: text)
  guard let opened = try? seal.open(cursor, question: text, count: 2), opened == values else {
    fatalError("a cursor does not open")
  }
  precondition((try? seal.open(cursor, question: text + "!", count: 2)) == nil, "a cursor opens elsewhere")
  precondition((try? tokens.read(text)) == nil, "a token that nobody issued")
}

private func checkTags(_ text: String) {
  let tag = EntityTag(of: Array(text.utf8))
  precondition(EntityTagList.contains([tag.header], tag), "a tag names itself")
  precondition(VersionMatch(headers: [EntityTag(version: 7).header]).allows(7), "a version matches itself")
  _ = EntityTagList.contains([text], tag)
  _ = VersionMatch(headers: [text]).allows(7)
  if case .part(let range) = ByteRange(text, sizeBytes: 100) {
    precondition(!range.isEmpty && range.upperBound <= 100, "a part lies inside the file")
  }
}

private func checkMedia(_ text: String) {
  _ = MediaTypes.accepts(text, anyOf: ["application/json", "application/problem+json"])
  _ = MediaTypes.names(text, "text/event-stream")
  _ = MediaTypes.isOne(text, of: ["image/png"])
  _ = Language.preferred(by: text)
  if let trace = TraceContext(header: text) {
    precondition(TraceContext(header: trace.description) == trace, "a trace can be passed on")
  }
}

/// A moment that is read is written and read as the same, to the millisecond.
private func checkMoments(_ text: String) {
  guard let moment = Timestamp(text),
    (0...9999).contains(CivilDate(daysSince1970: moment.microseconds / 86_400_000_000).year)
  else { return }
  guard let again = Timestamp(moment.description) else { fatalError("a moment cannot be read back: \(moment)") }
  precondition(again.description == moment.description, "a moment changes on its way")
}

private func checkHead(_ text: String) {
  var headers = HTTPHeaders()
  for line in text.split(separator: "\n") {
    let parts = line.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, HTTPHeaders.isToken(parts[0]), HTTPHeaders.isFieldValue(String(parts[1])) else { continue }
    headers.add(String(parts[0]), String(parts[1]))
  }
  let request = HTTPRequest(head: HTTPRequestHead(path: text, headers: headers))
  let head = RequestHead(request, trustedProxies: 1)
  precondition((1...64).contains(head.requestID.utf8.count), "every request has a short id")
  _ = try? IdempotencyKey.read(headers, .accepted)
  _ = headers.lists("return=minimal", in: "Prefer")
}

/// Bodies of the endpoints that take JSON; an input that was accepted keeps every rule.
private func checkBody(_ bytes: [UInt8]) {
  send(ProductDraft.self, bytes)
  send(ShopDraft.self, bytes)
  send(CodeRequest.self, bytes)
  send(CodeRedemption.self, bytes)
  send(Refreshment.self, bytes)
  send(Proof.self, bytes)
  send(AddressDraft.self, bytes)
  send(ProfilePatch.self, bytes)
  send(ConsentStatement.self, bytes)
  send(GuestDraft.self, bytes)
  send(DeviceRequest.self, bytes)
  send(DeviceRedemption.self, bytes)
  _ = try? IDToken(claims: bytes)
  if let issuer = ProviderAddress("https://id.example") { _ = try? Discovery(bytes, issuer: issuer) }
  _ = TokenAnswer.idToken(bytes)
  send(ProductPatch.self, bytes, places: ["product": "prd_0123456789abcdef"])
  send(AddressPatch.self, bytes, places: ["address": "adr_0123456789abcdef"])
  send(ShopPatch.self, bytes, places: ["slug": "salt-and-silver"])
}

private func send<Input: Decodable>(_ type: Input.Type, _ bytes: [UInt8], places: [String: String] = [:]) {
  let input = try? InputReader.read(
    type, method: .post, places: places, query: NamedTexts(), body: bytes, hasJSONBody: true)
  if let ruled = input as? any Ruled { precondition(ruled.faults.isEmpty, "an input with faults was accepted") }
}
