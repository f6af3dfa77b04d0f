// SPDX-License-Identifier: GPL-3.0-or-later

extension DemoMarket {
  static let clothingShops: [DemoShop] = [northVoeKnits]

  private static let northVoeKnits = DemoShop(
    "north-voe-knits", "North Voe Knits", "Shetland wool, knitted in the round", in: "Lerwick", "GB", "GBP",
    owner: "Ailsa Mouat", prefix: "NVK",
    story: """
      Ailsa knits the patterns of her aunts and a few of her own, with wool from the hill behind the house. Two \
      neighbours help with sleeves. What is not in stock she knits in about three weeks.
      """,
    [
      DemoProduct(
        "Forest zigzag jumper", 16_500, stock: 5, "clothing/sweaters", tags: "fair isle, unisex, wool",
        of: "Shetland wool",
        PictureRecipe(.sweater, .forest, .cream, .zigzag),
        """
        Knitted in the round without side seams, so nothing rubs. Sizes S to XL; say yours in the note. Hand wash \
        cool and dry flat.
        """),
      DemoProduct(
        "Indigo fisherman jumper", 17_900, stock: 4, "clothing/sweaters", tags: "gansey, indigo, windproof", of: "wool",
        PictureRecipe(.sweater, .indigo, .sky, .weave),
        """
        A dense five-ply gansey that turns wind and light rain. Underarm gussets let you lift your arms without \
        lifting the hem. It starts stiff and gives in after a season.
        """),
      DemoProduct(
        "Oat speckled jumper", 14_900, stock: 7, "clothing/sweaters", tags: "undyed, tweed, relaxed",
        of: "Shetland wool",
        PictureRecipe(.sweater, .oatmeal, .walnut, .speckle),
        """
        Undyed wool with flecks of brown sheep. A loose fit with a round neck. Air it overnight between wears and it \
        needs washing twice a year.
        """),
      DemoProduct(
        "Red stripe boot socks", 2400, stock: 22, "clothing/socks", tags: "boots, stripes, warm", of: "wool, nylon",
        PictureRecipe(.socks, .grey, .red, .bands),
        """
        Thick socks to the calf with a double heel. Three quarters wool, one quarter nylon where boots rub. Wash at \
        30 degrees; sizes 36 to 46.
        """),
      DemoProduct(
        "Mustard dot socks", 2100, stock: 18, "clothing/socks", tags: "dots, cheerful, gift", of: "wool, nylon",
        PictureRecipe(.socks, .mustard, .plum, .dots),
        """
        Knitted fine enough for shoes. The dots are in the knit, not printed. Sizes 36 to 42.
        """),
      DemoProduct(
        "Sky bed socks", 1900, stock: 16, "clothing/socks", tags: "bed socks, soft, alpaca", of: "alpaca, wool",
        PictureRecipe(.socks, .sky, .white, .waves),
        """
        Alpaca and lambswool, loose at the top. Not for walking far: they are made for cold sheets. Hand wash.
        """),
      DemoProduct(
        "Rose bobble hat", 3200, stock: 14, "clothing/hats", tags: "bobble, hat, children", of: "lambswool",
        PictureRecipe(.beanie, .rose, .cream, .bands),
        """
        A turned-up brim keeps the ears warm twice over. The bobble is tied on and comes off for washing. Two sizes: \
        child and grown-up.
        """),
      DemoProduct(
        "Moss watch cap", 2900, stock: 17, "clothing/hats", tags: "cap, unisex, ribbed", of: "wool",
        PictureRecipe(.beanie, .moss, .mustard, .bands),
        """
        Plain ribs with two thin bands, close to the head. Fits under a helmet if you leave the bobble off. Washes \
        well at 30 degrees.
        """),
      DemoProduct(
        "Indigo star mittens", 3400, stock: 12, "clothing/hats", tags: "mittens, stars, stranded", of: "Shetland wool",
        PictureRecipe(.mittens, .indigo, .white, .flowers),
        """
        Two strands at once make them doubly warm and hard to wear through. Long cuffs go under the coat sleeve. \
        Ladies' medium and large.
        """),
      DemoProduct(
        "Madder plain mittens", 2700, stock: 15, "clothing/hats", tags: "mittens, plain, felted", of: "wool",
        PictureRecipe(.mittens, .madder, .cream),
        """
        Knitted too large and then felted to size, so snow does not stick. Plant-dyed with madder root. They fit \
        better after a week.
        """),
    ])
}
