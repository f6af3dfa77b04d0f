// SPDX-License-Identifier: GPL-3.0-or-later

extension DemoMarket {
  static let leatherShops: [DemoShop] = [bottegaLungarno]

  private static let bottegaLungarno = DemoShop(
    "bottega-lungarno", "Bottega Lungarno", "Vegetable-tanned and stitched by hand", in: "Florence", "IT", "EUR",
    owner: "Duccio Fabbrini", prefix: "LGN",
    story: """
      Duccio cuts, his daughter Livia stitches, and neither answers the telephone after lunch. The hides are tanned \
      with chestnut bark in Santa Croce. They repair whatever they have sold, for as long as they are able.
      """,
    [
      DemoProduct(
        "Tan market tote", 18_900, stock: 6, "leather/bags", tags: "tote, market, everyday",
        of: "vegetable-tanned leather, brass",
        PictureRecipe(.bag, .tan, .brass),
        """
        One piece of shoulder hide, folded and stitched, with no lining to tear. 38 × 32 × 12 cm; carries 10 kg \
        without complaint. Feed it with neutral cream twice a year.
        """),
      DemoProduct(
        "Black evening handbag", 21_500, stock: 4, "leather/bags", tags: "handbag, black, evening",
        of: "calf leather, brass",
        PictureRecipe(.bag, .blackLeather, .brass),
        """
        Small and upright, 26 × 22 × 9 cm, with a single handle. Inside is a pocket for keys and one for a telephone. \
        Store it stuffed with paper.
        """),
      DemoProduct(
        "Cognac office satchel", 32_000, stock: 3, "leather/bags", tags: "satchel, laptop, office",
        of: "vegetable-tanned leather, brass",
        PictureRecipe(.satchel, .cognac, .brass),
        """
        Holds a 14-inch laptop and a folder of papers. Two straps close over real buckles; the handle is padded with \
        felt. 40 × 29 × 10 cm, 1.6 kg.
        """),
      DemoProduct(
        "Oxblood music case", 29_800, stock: 2, "leather/bags", tags: "satchel, music, classic",
        of: "vegetable-tanned leather, steel",
        PictureRecipe(.satchel, .oxblood, .steel),
        """
        Made for A4 scores, which should not bend. Dyed through, so that scratches stay red. 37 × 28 × 8 cm.
        """),
      DemoProduct(
        "Classic cognac belt", 6900, stock: 28, "leather/belts", tags: "belt, brass, 35 mm",
        of: "vegetable-tanned leather, brass",
        PictureRecipe(.belt, .cognac, .brass),
        """
        Cut from the back of the hide at 3.8 mm, 35 mm wide, five holes. Measure an old belt from buckle to hole in \
        use. It darkens to chestnut in a year.
        """),
      DemoProduct(
        "Black dress belt", 6500, stock: 20, "leather/belts", tags: "belt, formal, 30 mm", of: "calf leather, steel",
        PictureRecipe(.belt, .blackLeather, .steel),
        """
        A slim belt of 30 mm with a plain steel buckle. Edges are painted four times and sanded between. Wipe with a \
        damp cloth.
        """),
      DemoProduct(
        "Moss work belt", 7400, stock: 11, "leather/belts", tags: "belt, work, 40 mm", of: "bridle leather, brass",
        PictureRecipe(.belt, .moss, .brass),
        """
        Bridle leather of 4.5 mm, 40 mm wide, stuffed with tallow. Carries a tool pouch all day. The green shifts \
        toward olive.
        """),
      DemoProduct(
        "Tan bifold wallet", 7900, stock: 24, "leather/wallets", tags: "wallet, bifold, slim",
        of: "vegetable-tanned leather",
        PictureRecipe(.wallet, .tan, .brass),
        """
        Six cards, notes unfolded, and a tab that closes with one stud. Linen thread, eight stitches to the inch. 11 \
        × 9 cm closed.
        """),
      DemoProduct(
        "Indigo travel wallet", 11_800, stock: 9, "leather/wallets", tags: "wallet, travel, passport",
        of: "vegetable-tanned leather",
        PictureRecipe(.wallet, .indigo, .copper),
        """
        Takes two passports, boarding cards and a pen. Dyed in the vat, so the colour goes all the way through. 20 × \
        11 cm.
        """),
      DemoProduct(
        "Oxblood coin wallet", 5600, stock: 19, "leather/wallets", tags: "wallet, coins, gift",
        of: "calf leather, brass",
        PictureRecipe(.wallet, .oxblood, .gold),
        """
        A folded tray for coins behind four card slots. It opens flat in the palm. 10 × 8 cm.
        """),
    ])
}
