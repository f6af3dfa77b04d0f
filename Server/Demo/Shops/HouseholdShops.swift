// SPDX-License-Identifier: GPL-3.0-or-later

extension DemoMarket {
  static let householdShops: [DemoShop] = [borGlassworks, savonDesCalanques, glenbeighCandles]

  private static let borGlassworks = DemoShop(
    "bor-glassworks", "Bor Glass Bench", "Blown, never pressed", in: "Nový Bor", "CZ", "EUR", owner: "Tomáš Havránek",
    prefix: "BOR",
    story: """
      Tomáš rents the furnace two nights a week, when the factory sleeps. His sister cuts and polishes by day. \
      Bubbles below a millimetre stay, larger ones go back into the pot.
      """,
    [
      DemoProduct(
        "Aqua water tumbler", 2200, stock: 36, "home/glass", tags: "tumbler, aqua, everyday", of: "soda-lime glass",
        PictureRecipe(.tumbler, .aqua, .white),
        """
        Blown thin, with a thick foot so it stands. 320 ml. Goes through the dishwasher on the glass programme.
        """),
      DemoProduct(
        "Amber whisky tumbler", 2900, stock: 18, "home/glass", tags: "tumbler, amber, whisky", of: "soda-lime glass",
        PictureRecipe(.tumbler, .amber, .cream),
        """
        A short heavy glass in honey amber, 280 ml. The bottom is left round inside, so ice turns slowly. Wash by \
        hand to keep the polish.
        """),
      DemoProduct(
        "Green ripple tumbler", 2400, stock: 24, "home/glass", tags: "tumbler, green, ripple", of: "soda-lime glass",
        PictureRecipe(.tumbler, .bottleGreen, .aqua, .waves),
        """
        Ripples from an optic mould, then blown out until they nearly vanish. 350 ml. No two have the same pattern.
        """),
      DemoProduct(
        "Speckled smoke tumbler", 2600, stock: 15, "home/glass", tags: "tumbler, speckled, smoke",
        of: "soda-lime glass",
        PictureRecipe(.tumbler, .smoke, .white, .speckle),
        """
        White crumbs of glass picked up hot and smoothed in. 300 ml. Safe for the top rack.
        """),
      DemoProduct(
        "Classic red wine glass", 3900, stock: 20, "home/glass", tags: "wine glass, stem, crystal",
        of: "lead-free crystal",
        PictureRecipe(.wineGlass, .smoke, .ruby),
        """
        A drawn stem, not a glued one, and a rim of 1 mm. 450 ml, filled to the widest point with a small glass of \
        wine. Wash warm, dry with linen.
        """),
      DemoProduct(
        "White wine glass", 3600, stock: 22, "home/glass", tags: "wine glass, slender, crystal",
        of: "lead-free crystal",
        PictureRecipe(.wineGlass, .moonstone, .paleHoney),
        """
        Slimmer and a little taller than the red, 340 ml. It keeps the wine cool longer. Sold singly so that one can \
        be replaced.
        """),
      DemoProduct(
        "Green forest carafe", 5400, stock: 9, "home/glass", tags: "carafe, bottle, oak stopper",
        of: "soda-lime glass, oak",
        PictureRecipe(.bottle, .bottleGreen, .oak),
        """
        A flat-bottomed bottle of one litre with an oak stopper. The green is iron, as in old windows. Use a bottle \
        brush and rice.
        """),
      DemoProduct(
        "Blue apothecary bottle", 4800, stock: 11, "home/glass", tags: "bottle, blue, bath",
        of: "soda-lime glass, cork",
        PictureRecipe(.bottle, .cobalt, .willow),
        """
        For bath oil or sprigs, 700 ml, with a turned cork. Deep cobalt that reads black until light comes through. \
        Not for hot liquids.
        """),
      DemoProduct(
        "Amber oil bottle", 4200, stock: 13, "home/glass", tags: "bottle, olive oil, kitchen",
        of: "soda-lime glass, beech",
        PictureRecipe(.bottle, .amber, .beech),
        """
        Amber keeps oil from turning. 600 ml, the neck takes a standard pourer. Rinse with hot water and soda.
        """),
      DemoProduct(
        "Smoke table bottle", 4600, stock: 8, "home/glass", tags: "bottle, water, table", of: "soda-lime glass, steel",
        PictureRecipe(.bottle, .smoke, .steel),
        """
        A table bottle for still water, 800 ml, with a steel cap. Grey as November. Dishwasher safe without the cap.
        """),
    ])

  private static let savonDesCalanques = DemoShop(
    "savon-des-calanques", "Savon des Calanques", "Olive oil soap, aged like cheese", in: "Marseille", "FR", "EUR",
    owner: "Solène Abadie", prefix: "SDC",
    story: """
      Solène boils soap in a cauldron on Mondays and waits six weeks before she sells it. Everything in it could be \
      eaten, though nobody would enjoy it. The scraps become laundry flakes for the quarter.
      """,
    [
      DemoProduct(
        "Lavender hand soap", 650, stock: 60, "home/soap", tags: "lavender, olive oil, vegan",
        of: "olive oil, lavender oil",
        PictureRecipe(.soap, .lavender, .moss),
        """
        Seventy-two percent olive oil and lavender from Sault. 120 g, stamped by hand. Let it dry between uses and it \
        lasts two months.
        """),
      DemoProduct(
        "Olive kitchen soap", 550, stock: 75, "home/soap", tags: "kitchen, olive oil, unscented", of: "olive oil",
        PictureRecipe(.soap, .moss, .cream),
        """
        No scent at all, for hands that cook. Takes off garlic and bicycle grease. 150 g.
        """),
      DemoProduct(
        "Rose clay soap", 720, stock: 44, "home/soap", tags: "rose clay, gentle, face", of: "olive oil, rose clay",
        PictureRecipe(.soap, .rose, .madder),
        """
        Pink clay polishes without scratching. Mild enough for the face. 100 g, wrapped in paper.
        """),
      DemoProduct(
        "Honey oat soap", 690, stock: 50, "home/soap", tags: "honey, oats, exfoliating", of: "olive oil, honey, oats",
        PictureRecipe(.soap, .honey, .walnut, .speckle),
        """
        Ground oats and a spoon of honey in each bar. It smells of breakfast. 110 g; use within a year.
        """),
      DemoProduct(
        "Sea salt soap", 740, stock: 38, "home/soap", tags: "sea salt, fresh, body", of: "coconut oil, sea salt",
        PictureRecipe(.soap, .aqua, .indigo, .waves),
        """
        A third of it is salt, so it is hard as stone and foams all the same. 130 g. Avoid it on freshly shaved skin.
        """),
      DemoProduct(
        "Charcoal shaving soap", 890, stock: 29, "home/soap", tags: "shaving, charcoal, cedar",
        of: "olive oil, charcoal, cedar oil",
        PictureRecipe(.soap, .charcoal, .grey),
        """
        A round, dense foam that stays wet. Lightly scented with cedar. 100 g, fits most bowls.
        """),
      DemoProduct(
        "Orange blossom soap", 720, stock: 41, "home/soap", tags: "orange blossom, floral, gift",
        of: "olive oil, neroli oil",
        PictureRecipe(.soap, .orange, .cream, .flowers),
        """
        Neroli from Grasse, used sparingly because it costs more than silver. 110 g. Keep it out of the sun.
        """),
      DemoProduct(
        "Striped gift soap", 980, stock: 26, "home/soap", tags: "gift, stripes, layered", of: "olive oil, indigo",
        PictureRecipe(.soap, .sky, .indigo, .stripes),
        """
        Poured in layers, which takes a whole morning. 140 g in a box of grey card. The blue does not stain towels.
        """),
      DemoProduct(
        "Laundry block", 480, stock: 90, "home/soap", tags: "laundry, stain, plain", of: "olive oil, soda",
        PictureRecipe(.soap, .cream, .ochre),
        """
        Rub it on collars before the wash. 300 g, no scent, no brightener. Grate it for a washing paste.
        """),
      DemoProduct(
        "Ochre gardener's soap", 760, stock: 33, "home/soap", tags: "gardener, pumice, strong", of: "olive oil, pumice",
        PictureRecipe(.soap, .ochre, .walnut, .dots),
        """
        Pumice and clove oil against soil and sap. 130 g with a hole for a cord. Follow with hand cream.
        """),
    ])

  private static let glenbeighCandles = DemoShop(
    "glenbeigh-candles", "Hearth and Wick", "Candles that burn clean", in: "Cork", "IE", "EUR", owner: "Nuala Brosnan",
    prefix: "HAW",
    story: """
      Nuala started with a saucepan during a power cut and has not stopped since. She dips and pours in an old \
      creamery with the doors open. Wicks are tested in a draught, because Irish houses have one.
      """,
    [
      DemoProduct(
        "Ivory pillar candle", 1400, stock: 40, "home/candles", tags: "pillar, unscented, long", of: "stearin, cotton",
        PictureRecipe(.candle, .ivory, .brass),
        """
        A plain pillar of 7 × 15 cm that burns for sixty hours. Unscented, from plant stearin. Trim the wick to 6 mm \
        each time.
        """),
      DemoProduct(
        "Beeswax pillar", 2600, stock: 22, "home/candles", tags: "beeswax, pillar, natural", of: "beeswax, cotton",
        PictureRecipe(.candle, .wax, .walnut),
        """
        Pure beeswax from Kerry, filtered once so that it keeps its smell. 7 × 13 cm, about seventy hours. A bloom of \
        white is natural: wipe it off.
        """),
      DemoProduct(
        "Heather ribbed candle", 1700, stock: 18, "home/candles", tags: "pillar, heather, ribbed", of: "stearin",
        PictureRecipe(.candle, .lavender, .charcoal, .stripes),
        """
        Ribs cast in, colour all the way through. 7 × 14 cm, fifty hours. Stand it on the brass dish in the picture \
        or any plate.
        """),
      DemoProduct(
        "Red winter candle", 1500, stock: 35, "home/candles", tags: "pillar, red, christmas", of: "stearin",
        PictureRecipe(.candle, .madder, .brass),
        """
        The red is strong and does not bleed onto cloth. 7 × 14 cm, fifty-five hours. Keep it an arm's length from \
        greenery.
        """),
      DemoProduct(
        "Moss spiral candle", 1900, stock: 14, "home/candles", tags: "pillar, green, carved", of: "stearin",
        PictureRecipe(.candle, .forest, .wax, .waves),
        """
        Carved by hand while warm. 7 × 14 cm, fifty hours, burns down inside its shell. Never leave it alone.
        """),
      DemoProduct(
        "Honey jar candle", 2200, stock: 30, "home/candles", tags: "jar, honey, scented", of: "rapeseed wax, honey oil",
        PictureRecipe(.jarCandle, .wax, .moss),
        """
        Rapeseed wax with a quiet honey note in a glass to be used again. 220 g, forty-five hours. Let the whole \
        surface melt the first time.
        """),
      DemoProduct(
        "Rose jar candle", 2200, stock: 27, "home/candles", tags: "jar, rose, scented", of: "rapeseed wax, rose oil",
        PictureRecipe(.jarCandle, .rose, .plum),
        """
        Rose and a little black pepper. 220 g, forty-five hours. Wash out the jar with hot water when it is done.
        """),
      DemoProduct(
        "Sea mist jar candle", 2200, stock: 21, "home/candles", tags: "jar, sea, scented", of: "rapeseed wax, seaweed",
        PictureRecipe(.jarCandle, .aqua, .indigo),
        """
        Smells of salt and wet rope, in a good way. 220 g, forty-five hours. The wick is cotton with a paper core.
        """),
      DemoProduct(
        "Linen jar candle", 2100, stock: 25, "home/candles", tags: "jar, linen, light scent", of: "rapeseed wax",
        PictureRecipe(.jarCandle, .oatmeal, .charcoal),
        """
        For people who do not like scented candles. 220 g, forty-five hours. Vegan.
        """),
      DemoProduct(
        "Cinnamon jar candle", 2300, stock: 19, "home/candles", tags: "jar, cinnamon, winter",
        of: "rapeseed wax, cinnamon oil",
        PictureRecipe(.jarCandle, .terracotta, .walnut),
        """
        Cinnamon bark, orange peel, no vanilla. 220 g, forty hours. Keep clear of curtains.
        """),
    ])
}
