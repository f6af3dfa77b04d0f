// SPDX-License-Identifier: GPL-3.0-or-later

/// A field of an input as a rule sees it: a value, one that may be missing, or a change of one. One rule thereby serves
/// the draft of a thing and its patch alike.
public protocol InputField: Sendable {
  associatedtype Content
  /// What is to be checked, when something was said.
  var content: Content? { get }
  /// Whether it takes a value away that must be there.
  var clears: Bool { get }
  /// Whether null is an answer where the field may be missing.
  static var takesNull: Bool { get }
}

extension InputField {
  public var clears: Bool { false }
  public static var takesNull: Bool { true }
}

extension String: InputField { public var content: String? { self } }

extension Int: InputField { public var content: Int? { self } }

extension Array: InputField where Element == String { public var content: [String]? { self } }

extension Optional: InputField where Wrapped: InputField {
  public var content: Wrapped.Content? { flatMap(\.content) }
}

extension Patch: InputField {
  public var content: Value? { newValue }
  public var clears: Bool { if case .clear = self { true } else { false } }
  public static var takesNull: Bool { false }
}
