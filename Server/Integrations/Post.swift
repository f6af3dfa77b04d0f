// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient

/// The ways by which the market reaches people: mail and text messages.
///
/// Without a mail server everything goes into a Maildir of the data directory, where an operator, a demo or a test can
/// read it; without a provider of text messages so do those.
struct Post: Sendable {
  var sendMail: @Sendable (MailMessage) async throws -> Void
  var sendText: @Sendable (_ number: String, _ text: String) async throws -> Void
  var from: MailMessage.Mailbox

  func mail(to address: String, subject: String, text: String) async throws {
    var message = MailMessage(from: from, to: [MailMessage.Mailbox(address)], subject: subject, text: text)
    // RFC 3834 §5: no answers of machines, please.
    message.headers["Auto-Submitted"] = "auto-generated"
    try await sendMail(message)
  }

  func text(to number: String, _ text: String) async throws { try await sendText(number, text) }

  /// The post that a configuration describes.
  static func configured(_ configuration: Configuration, on loop: EventLoop, _ offload: OffloadPool) -> Post {
    let from = MailMessage.Mailbox(configuration.mail.from, name: "Souk")
    let tray = Maildir(path: configuration.mailDirectory)
    let toTray: @Sendable (MailMessage) async throws -> Void = { message in
      try await offload.run { try tray.put(message.bytes()) }
    }
    var post = Post(
      sendMail: toTray,
      sendText: { number, text in
        let phone = MailMessage.Mailbox("\(number)@sms.invalid")
        try await toTray(MailMessage(from: from, to: [phone], subject: text, text: text))
      }, from: from)
    if let server = configuration.mail.server {
      let sender = MailSender(loop: loop, server: server)
      post.sendMail = { try await sender.send($0) }
    }
    if let provider = configuration.text.provider {
      let client = HTTPClient(loop: loop)
      post.sendText = { number, text in try await provider.send(text, to: number, by: client) }
    }
    return post
  }
}
