// SPDX-License-Identifier: GPL-3.0-or-later
import Market

/// A text in each of the languages that the platform speaks.
struct Phrase: Sendable, Equatable {
  private let texts: [String]

  init(_ english: String, _ german: String, _ french: String, _ spanish: String) {
    texts = [english, german, french, spanish]
  }

  subscript(_ language: Language) -> String {
    switch language {
    case .english: texts[0]
    case .german: texts[1]
    case .french: texts[2]
    case .spanish: texts[3]
    }
  }
}
