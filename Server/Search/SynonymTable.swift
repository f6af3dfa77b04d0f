// SPDX-License-Identifier: GPL-3.0-or-later

/// Words that mean the same to somebody who shops, by language: each finds the others.
enum SynonymTable {
  struct Group: Sendable {
    var language: String
    var words: [String]
  }

  static let groups: [Group] =
    [
      ["mug", "cup"], ["necklace", "pendant"], ["sweater", "pullover", "jumper"], ["scarf", "shawl"],
      ["rug", "carpet"], ["bag", "satchel"], ["wallet", "purse"], ["couch", "sofa"], ["notebook", "journal"],
      ["blanket", "throw"], ["jug", "pitcher"], ["bangle", "bracelet"], ["beanie", "hat"], ["bike", "bicycle"],
      ["pot", "planter"], ["colour", "color"], ["grey", "gray"], ["jewellery", "jewelry"],
    ].map { Group(language: "en", words: $0) }
    + [["becher", "tasse"], ["pullover", "pulli"], ["teppich", "läufer"], ["geldbörse", "portemonnaie"]]
    .map { Group(language: "de", words: $0) }
    + [["tasse", "mug"], ["collier", "pendentif"], ["pull", "chandail"]].map { Group(language: "fr", words: $0) }
    + [["taza", "jarra"], ["collar", "colgante"], ["suéter", "jersey"]].map { Group(language: "es", words: $0) }
}
