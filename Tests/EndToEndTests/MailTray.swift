// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Market
import TestSupport
import Testing

/// The Maildir where a server without a mail server puts what it would send.
struct MailTray: Sendable {
  let path: String

  init(_ dataDirectory: String) { path = dataDirectory + "/mail/new" }

  var names: Set<String> {
    guard let folder = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(folder) }
    var names: Set<String> = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.insert(name) }
    }
    return names
  }

  /// Waits for a new message to a contact; its subject begins with the code.
  func code(to contact: Contact, after seen: Set<String>) async throws -> String {
    for _ in 0..<6000 {
      for name in names.subtracting(seen) {
        let message = try text(of: name)
        guard message.contains("To: <\(contact)>"), let subject = message.firstRange(of: "Subject: ") else { continue }
        return String(message[subject.upperBound...].prefix(6))
      }
      try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record("no mail came to \(contact)")
    return ""
  }

  private func text(of name: String) throws -> String {
    let file = unsafe try #require(fopen("\(path)/\(name)", "r"))
    defer { unsafe fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
