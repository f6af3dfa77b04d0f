// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market

extension CommandRunner {
  /// Prints events until it is interrupted, a line each.
  func followEvents() async throws {
    try requireCaller()
    var since: EventID?
    if let text = invocation.values["since"] {
      guard let id = EventID(text) else {
        throw CommandFailure.usage("--since wants an event id such as \(EventID.example).")
      }
      since = id
    }
    try await desk.client.follow(since: since) { update in
      switch update {
      case .opened: out.note("following; ctrl-c ends it")
      case .restarted: out.note("the feed has begun anew; what happened in between is not told")
      case .lost(let seconds): out.note("the connection is gone; trying again in \(seconds) s")
      case .event(let event):
        if out.isJSON {
          if let bytes = try? JSONEncoder().encode(event) { out.bytes(bytes) }
        } else {
          out.line("\(event.at)  \(event.kind.rawValue)  \(event.shop.slug)  \(event.product?.text ?? "")")
        }
      }
    }
  }
}
