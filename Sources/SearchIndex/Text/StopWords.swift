// SPDX-License-Identifier: GPL-3.0-or-later

/// Small words that queries do without beside greater ones. Texts are indexed with them: a query of small words alone finds.
enum StopWords {
  static func contains(_ word: String, in languages: [String]) -> Bool {
    languages.contains { words[$0]?.contains(word) == true }
  }

  private static let words: [String: Set<String>] = [
    "en": split("a an and are as at by for from in is it of on or that the this to with"),
    "de": split(
      "am an auf aus bei das dem den der des die ein eine einem einen einer fur im in ist mit oder und vom von zu zum zur"
    ),
    "fr": split("a au aux avec ce ces dans de des du en est et la le les ou par pour sur un une"),
    "es": split("a al con de del el en es la las los o para por un una y"),
    "pt": split("a ao aos as com da das de do dos e em na nas no nos o os ou para por um uma"),
    "it": split("a al alla con da dal dei del della delle di e gli i il in la le lo nel o per su un una uno"),
    "nl": split("aan de een en het in met of op te van voor"),
    "sv": split("av den det en ett for i med och pa som till"),
    "da": split("af at den det en et for i med og pa som til"),
    "no": split("av den det en et for i med og pa som til"),
    "fi": split("ja on tai"),
    "ru": split("в для до за и из или к на не о от по с со у"),
  ]

  private static func split(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }
}
