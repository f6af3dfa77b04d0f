// SPDX-License-Identifier: GPL-3.0-or-later

extension DemoMarket {
  static let jewelleryShops: [DemoShop] = [lunaraSilver]

  private static let lunaraSilver = DemoShop(
    "lunara-silver", "Lunara Silver", "Quiet silver for every day", in: "Porto", "PT", "EUR", owner: "Inês Carvalhal",
    prefix: "LUN",
    story: """
      Inês learned to solder at her grandfather's watch bench and still uses his pliers. She works alone in a \
      first-floor room above the Rua da Picaria, in recycled sterling silver and a little gold. Every piece is \
      hallmarked in Porto before it leaves.
      """,
    [
      DemoProduct(
        "Hammered stacking ring", 3800, stock: 24, "jewellery/rings", tags: "hammered, stacking, recycled",
        of: "sterling silver",
        PictureRecipe(.ring, .silver, .cream, .weave),
        """
        A slim 2 mm band, hammered by hand so that it catches light on every side. Made of recycled 925 silver in \
        sizes 48 to 62. Wipe it with a dry cloth; it keeps its shine when worn often.
        """),
      DemoProduct(
        "Smooth wedding band", 9500, stock: 9, "jewellery/rings", tags: "wedding, plain, comfort fit",
        of: "sterling silver",
        PictureRecipe(.ring, .silver),
        """
        A plain 4 mm band with a rounded inside, so it turns easily over the knuckle. Forged from one bar and \
        soldered once. *Tell us the size and up to twenty letters for the inside.*
        """),
      DemoProduct(
        "Ruby promise ring", 24_500, stock: 3, "jewellery/rings", tags: "ruby, gold, gift", of: "18 ct gold, ruby",
        PictureRecipe(.gemRing, .gold, .ruby),
        """
        A 5 mm lab-grown ruby in four claws on an 18-carat band. The stone is traceable and comes with its \
        certificate. Take it off for gardening: claws bend before they break.
        """),
      DemoProduct(
        "Sapphire solitaire", 27_800, stock: 2, "jewellery/rings", tags: "sapphire, engagement, claw set",
        of: "sterling silver, sapphire",
        PictureRecipe(.gemRing, .silver, .sapphire),
        """
        One cornflower-blue sapphire of 0.6 carat on a polished silver band 2.2 mm wide. We check the claws free of \
        charge every two years. Clean it with lukewarm water and a soft brush.
        """),
      DemoProduct(
        "Curb link bracelet", 12_900, stock: 7, "jewellery/bracelets", tags: "links, unisex, handmade chain",
        of: "sterling silver, brass",
        PictureRecipe(.bracelet, .silver, .brass),
        """
        Thirty-two links, each wound, sawn and soldered shut by hand. It weighs 28 g and is 19 cm long; shorter or \
        longer on request. The brass toggle darkens with time, the silver does not mind.
        """),
      DemoProduct(
        "Copper dot cuff", 6400, stock: 11, "jewellery/bracelets", tags: "cuff, copper, adjustable",
        of: "copper, brass",
        PictureRecipe(.cuff, .copper, .gold, .dots),
        """
        An open cuff of 1.2 mm copper with a row of punched brass dots, 35 mm high. Bend it once to fit your wrist \
        and then leave it so. Copper may tint the skin green; a coat of wax inside prevents that.
        """),
      DemoProduct(
        "Emerald drop necklace", 18_900, stock: 4, "jewellery/necklaces", tags: "pendant, drop, gift",
        of: "gold-plated silver, glass",
        PictureRecipe(.necklace, .gold, .emerald),
        """
        A faceted glass drop, 18 mm long, on a ball chain of 45 cm. The plating is 2 microns of gold over silver. Put \
        it on after perfume, not before.
        """),
      DemoProduct(
        "Moonstone bead necklace", 14_500, stock: 5, "jewellery/necklaces", tags: "beads, moonstone, knotted",
        of: "moonstone, silk, sterling silver",
        PictureRecipe(.necklace, .moonstone, .silver, .dots),
        """
        Sixty-one moonstone beads knotted on silk, so a broken thread loses one bead at most. 48 cm long with a \
        silver drop in front. Have it restrung every few years if you wear it daily.
        """),
      DemoProduct(
        "Amethyst drop earrings", 7900, stock: 14, "jewellery/earrings", tags: "amethyst, drops, light",
        of: "sterling silver, amethyst",
        PictureRecipe(.earrings, .silver, .amethyst),
        """
        Two matched amethysts hang 32 mm below the ear and weigh 3 g each. The hooks are 925 silver, free of nickel. \
        Store them in the dark: amethyst fades in sunlight.
        """),
      DemoProduct(
        "Amber leaf earrings", 6900, stock: 10, "jewellery/earrings", tags: "amber, baltic, gift",
        of: "gold-plated silver, amber",
        PictureRecipe(.earrings, .gold, .amber),
        """
        Baltic amber, cut as long drops, each with its own little bubbles and flecks. Light as a paperclip at 2 g \
        each. Amber is soft, so keep it away from keys and alcohol.
        """),
    ])
}
