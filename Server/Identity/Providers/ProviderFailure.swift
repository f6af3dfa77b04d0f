// SPDX-License-Identifier: GPL-3.0-or-later

/// A provider did not do its part. The log tells which; the person is told that it did not work.
struct ProviderFailure: Error, Sendable, Equatable, CustomStringConvertible {
  enum Reason: Sendable, Equatable {
    /// It cannot be reached, or says that it is down.
    case away(String)
    /// A document of its is not what it should be.
    case badDocument(String)
    /// It refuses the code, or us.
    case refused(String)
    case badToken(String)
  }

  /// Its name for people.
  var provider: String
  var reason: Reason

  var isAway: Bool { if case .away = reason { true } else { false } }

  var description: String {
    switch reason {
    case .away(let why): "\(provider) cannot be reached: \(why)"
    case .badDocument(let what): "\(provider) serves an unusable document: \(what)"
    case .refused(let why): "\(provider) refused the code: \(why)"
    case .badToken(let why): "the token of \(provider) is not to be believed: \(why)"
    }
  }
}
