// SPDX-License-Identifier: GPL-3.0-or-later

/// What text may hold.
public enum TextShape: Sendable {
  /// One line: no control characters, something to see, no blanks at the ends.
  case line
  /// Several lines: of the control characters only line feed and tab.
  case prose
  /// Lower-case words joined by hyphens, as in an address.
  case slug
  /// Letters, digits, dots, hyphens and underscores.
  case code
  /// Slugs from the root of the category tree down, joined by slashes.
  case categoryPath

  public var pattern: String {
    switch self {
    case .line: #"^([^\u0000-\u0020\u007F-\u00A0]([^\u0000-\u001F\u007F-\u009F]*[^\u0000-\u0020\u007F-\u00A0])?)?$"#
    case .prose: #"^[^\u0000-\u0008\u000B-\u001F\u007F-\u009F]*$"#
    case .slug: "^[a-z0-9]+(-[a-z0-9]+)*$"
    case .code: "^[A-Za-z0-9][A-Za-z0-9._-]*$"
    case .categoryPath: "^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$"
    }
  }

  func accepts(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    switch self {
    case .line:
      guard let first = scalars.first, let last = scalars.last else { return true }
      return !scalars.contains(where: \.isControl) && !first.isBlank && !last.isBlank
    case .prose: return !scalars.contains { $0.isControl && $0 != "\n" && $0 != "\t" }
    case .slug:
      return text.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { word in
        !word.isEmpty && word.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) }
      }
    case .categoryPath:
      return text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
        TextShape.slug.accepts(String($0))
      }
    case .code:
      guard let first = scalars.first, first.isAlphanumeric else { return false }
      return scalars.allSatisfy { $0.isAlphanumeric || $0 == "." || $0 == "_" || $0 == "-" }
    }
  }

  var complaint: String {
    switch self {
    case .line: "Use one line of visible text without blanks at its ends."
    case .prose: "Control characters are not allowed."
    case .slug: "Use lower-case letters, digits and single hyphens between them."
    case .categoryPath: "Use a category's path such as jewellery/rings."
    case .code: "Use letters, digits, dots, hyphens and underscores."
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isControl: Bool { value < 0x20 || (0x7f...0x9f).contains(value) }
  fileprivate var isBlank: Bool { self == " " || value == 0xa0 }
  fileprivate var isAlphanumeric: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
  }
}
