// SPDX-License-Identifier: GPL-3.0-or-later

extension DemoMarket {
  static let kitchenShops: [DemoShop] = [sakaiHamonoIto, meliKydonias]

  private static let sakaiHamonoIto = DemoShop(
    "sakai-hamono-ito", "Ito Hamono", "Forged kitchen knives from Sakai", in: "Sakai", "JP", "JPY", owner: "Haruka Ito",
    prefix: "ITO",
    story: """
      Haruka is the fourth smith of her line and the first to answer e-mail. She forges white steel between soft \
      iron, and a neighbour grinds it. Every knife is sharpened on stone the day it is sent.
      """,
    [
      DemoProduct(
        "Walnut gyuto 210", 24_800, stock: 8, "kitchen/knives", tags: "gyuto, chef, carbon steel",
        of: "white steel, walnut",
        PictureRecipe(.knife, .walnut, .steel, .grain),
        """
        The all-round knife: 210 mm, 165 g, hard at 62 HRC. Carbon steel darkens and rusts if left wet, so dry it at \
        once. Walnut handle with a brass collar.
        """),
      DemoProduct(
        "Ebony sujihiki 270", 36_500, stock: 3, "kitchen/knives", tags: "slicer, long, carbon steel",
        of: "white steel, ebony",
        PictureRecipe(.knife, .ebony, .steel),
        """
        A long slicer of 270 mm for fish and roasts. Draw it once, never saw. Comes in a magnolia sheath.
        """),
      DemoProduct(
        "Cherry santoku 165", 18_600, stock: 14, "kitchen/knives", tags: "santoku, home cook, stainless",
        of: "stainless steel, cherry wood",
        PictureRecipe(.knife, .cherry, .steel, .grain),
        """
        Stainless for kitchens where nobody dries things. 165 mm, light at 140 g. Wash by hand all the same.
        """),
      DemoProduct(
        "Maple petty 135", 12_400, stock: 20, "kitchen/knives", tags: "petty, paring, small",
        of: "stainless steel, maple",
        PictureRecipe(.knife, .maple, .silver, .grain),
        """
        For garlic, strawberries and work in the hand. 135 mm. The first knife many people buy from us.
        """),
      DemoProduct(
        "Oak nakiri 165", 17_800, stock: 11, "kitchen/knives", tags: "nakiri, vegetables, flat", of: "blue steel, oak",
        PictureRecipe(.knife, .oak, .steel, .grain),
        """
        A straight edge that meets the board all at once. 165 mm, thin behind the edge. Do not use it on pumpkins or \
        bones.
        """),
      DemoProduct(
        "Red lacquer deba 180", 32_800, stock: 4, "kitchen/knives", tags: "deba, fish, single bevel",
        of: "white steel, lacquered wood",
        PictureRecipe(.knife, .madder, .steel),
        """
        Thick at the spine to go through fish heads. Single bevel, right-handed; left on request for a third more. \
        180 mm, 310 g.
        """),
      DemoProduct(
        "Indigo bread knife", 14_900, stock: 9, "kitchen/knives", tags: "bread, serrated, stainless",
        of: "stainless steel, birch",
        PictureRecipe(.knife, .indigo, .silver),
        """
        Waves rather than teeth, so the crust does not explode. 230 mm. We resharpen it for the price of postage.
        """),
      DemoProduct(
        "Willow folding knife", 9800, stock: 16, "kitchen/knives", tags: "folding, pocket, higonokami",
        of: "blue steel, brass",
        PictureRecipe(.knife, .willow, .brass),
        """
        A pocket knife of the old lever type, 75 mm. No lock: the thumb holds it. Check the law where you live.
        """),
      DemoProduct(
        "Olive oyster knife", 8200, stock: 13, "kitchen/knives", tags: "oyster, short, strong",
        of: "stainless steel, olive wood",
        PictureRecipe(.knife, .moss, .steel, .grain),
        """
        Short, blunt at the sides, and with a guard against accidents. 70 mm. Please wear a glove too.
        """),
      DemoProduct(
        "Black cleaver 200", 28_400, stock: 5, "kitchen/knives", tags: "cleaver, heavy, carbon steel",
        of: "carbon steel, ebony",
        PictureRecipe(.knife, .blackLeather, .blackSteel),
        """
        Falls through cabbage under its own weight of 380 g. Forge scale left on the sides keeps slices from \
        sticking. 200 mm.
        """),
    ])

  private static let meliKydonias = DemoShop(
    "meli-kydonias", "Meli Kydonias", "Honey from the White Mountains", in: "Chania", "GR", "EUR",
    owner: "Stelios Vardakis", prefix: "MEK",
    story: """
      Stelios moves ninety hives up the mountain in May and down in October. He takes honey once a year and leaves \
      the bees what they need. Each jar names the slope it came from.
      """,
    [
      DemoProduct(
        "Thyme honey", 1450, stock: 70, "kitchen/honey", tags: "thyme, raw, crete", of: "honey",
        PictureRecipe(.honeyJar, .honey, .brass),
        """
        Wild thyme from above the tree line, strong and a little bitter at the end. 450 g, raw and never heated above \
        the warmth of the hive. Crystals are a good sign.
        """),
      DemoProduct(
        "Pine honey", 1250, stock: 64, "kitchen/honey", tags: "pine, dark, mineral", of: "honey",
        PictureRecipe(.honeyJar, .darkHoney, .walnut),
        """
        Not from flowers but from honeydew on pines. Dark, malty, slow to set. 450 g.
        """),
      DemoProduct(
        "Orange blossom honey", 1150, stock: 80, "kitchen/honey", tags: "orange blossom, mild, pale", of: "honey",
        PictureRecipe(.honeyJar, .paleHoney, .signalGreen),
        """
        From the groves around Fournés, gathered in two weeks of April. Pale and flowery, for tea and yoghurt. 450 g.
        """),
      DemoProduct(
        "Heather honey", 1390, stock: 36, "kitchen/honey", tags: "heather, autumn, thick", of: "honey",
        PictureRecipe(.honeyJar, .amber, .plum),
        """
        The last harvest of the year, thick as jam. 450 g. Turn the jar upside down and wait.
        """),
      DemoProduct(
        "Chestnut honey", 1350, stock: 28, "kitchen/honey", tags: "chestnut, bitter, dark", of: "honey",
        PictureRecipe(.honeyJar, .cognac, .brass),
        """
        Bitter and brave, for cheese and game. 450 g. Stays liquid for a year or more.
        """),
      DemoProduct(
        "Creamed sage honey", 1290, stock: 42, "kitchen/honey", tags: "sage, creamed, spread", of: "honey",
        PictureRecipe(.honeyJar, .wax, .celadon),
        """
        Stirred cold for ten days until it spreads like butter. 400 g. No sugar added, no heat.
        """),
      DemoProduct(
        "Wildflower honey", 990, stock: 120, "kitchen/honey", tags: "wildflower, everyday, large", of: "honey",
        PictureRecipe(.honeyJar, .mustard, .red),
        """
        A bit of everything that bloomed. 900 g for families and bakers. Store it in a cupboard, not in the fridge.
        """),
      DemoProduct(
        "Honey with walnuts", 1580, stock: 33, "kitchen/honey", tags: "walnuts, gift, breakfast", of: "honey, walnuts",
        PictureRecipe(.honeyJar, .ochre, .oak),
        """
        Walnuts from Kissamos, roasted lightly and drowned in thyme honey. 420 g. Contains nuts.
        """),
      DemoProduct(
        "Carob and honey spread", 1190, stock: 40, "kitchen/honey", tags: "carob, spread, cocoa-free",
        of: "honey, carob",
        PictureRecipe(.honeyJar, .tenmoku, .copper),
        """
        Tastes of chocolate without any. 380 g. Stir before use, for oil rises.
        """),
      DemoProduct(
        "Beeswax candle", 1100, stock: 55, "home/candles", tags: "beeswax, pillar, by-product", of: "beeswax, cotton",
        PictureRecipe(.candle, .wax, .brass),
        """
        What is left when the honey is gone, poured into a pillar of 6 × 12 cm. Burns fifty hours and smells of the \
        hive. Trim the wick.
        """),
    ])
}
