// SPDX-License-Identifier: GPL-3.0-or-later

/// A mail message: text, perhaps the same as HTML, perhaps files.
public struct MailMessage: Sendable {
  /// A name and an address.
  public struct Mailbox: Sendable, Equatable {
    public var name: String?
    public var address: String

    public init(_ address: String, name: String? = nil) {
      self.address = address
      self.name = name
    }
  }

  public struct Attachment: Sendable {
    public var name: String
    public var type: String
    public var bytes: [UInt8]

    public init(name: String, type: String = "application/octet-stream", bytes: [UInt8]) {
      self.name = name
      self.type = type
      self.bytes = bytes
    }
  }

  public var from: Mailbox
  public var to: [Mailbox]
  public var cc: [Mailbox] = []
  /// Receive the message without being named in it.
  public var bcc: [Mailbox] = []
  public var replyTo: Mailbox?
  public var subject: String
  public var text: String
  public var html: String?
  public var attachments: [Attachment] = []
  /// Unique in the world, without the angle brackets.
  public var id: String
  /// Seconds since 1970.
  public var date: Int64
  /// Further fields, such as List-Unsubscribe; non-ASCII values are encoded.
  public var headers = HeaderFields()

  /// A message of now, with an id of its own at the sender's domain.
  public init(
    from: Mailbox, to: [Mailbox], subject: String, text: String, html: String? = nil, date: Int64 = HTTPDate.now
  ) {
    self.from = from
    self.to = to
    self.subject = subject
    self.text = text
    self.html = html
    self.date = date
    id = MailMessage.newID(domain: from.address)
  }

  /// Everyone the message goes to.
  public var recipients: [String] { (to + cc + bcc).map(\.address) }

  /// The whole message as it goes over the wire. `boundarySeed` makes the part boundaries repeatable.
  public func bytes(boundarySeed: String? = nil) -> [UInt8] {
    let seed = boundarySeed ?? randomWord(16)
    var writer = MailWriter()
    writer.field("Date", HTTPDate.format(date, zone: "+0000"))
    writer.mailboxes("From", [from])
    writer.mailboxes("To", to)
    writer.mailboxes("Cc", cc)
    if let replyTo { writer.mailboxes("Reply-To", [replyTo]) }
    writer.field("Message-ID", "<\(MailWriter.withoutControls(id))>")
    writer.text("Subject", subject)
    for field in headers.fields { writer.text(field.name, field.value) }
    writer.field("MIME-Version", "1.0")
    if attachments.isEmpty {
      writeText(&writer, seed)
    } else {
      writer.multipart("mixed", boundary: "mixed-\(seed)") { part in
        part { writeText(&$0, seed) }
        for attachment in attachments { part { $0.attachment(attachment) } }
      }
    }
    return writer.bytes
  }

  private func writeText(_ writer: inout MailWriter, _ seed: String) {
    guard let html else { return writer.body(text, type: "text/plain") }
    writer.multipart("alternative", boundary: "alternative-\(seed)") { part in
      part { $0.body(text, type: "text/plain") }
      part { $0.body(html, type: "text/html") }
    }
  }

  private static func newID(domain address: String) -> String {
    let domain = address.split(separator: "@").last.map(String.init) ?? "localhost"
    return "\(HTTPDate.now).\(randomWord(20))@\(domain)"
  }
}

private func randomWord(_ count: Int) -> String {
  String((0..<count).map { _ in "0123456789abcdefghijklmnopqrstuvwxyz".randomElement() ?? "0" })
}
