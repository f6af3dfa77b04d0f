// SPDX-License-Identifier: GPL-3.0-or-later

extension DemoMarket {
  static let cyclingShops: [DemoShop] = [trentCycleWorks]

  private static let trentCycleWorks = DemoShop(
    "trent-cycle-works", "Trent Cycle Works", "Bicycle parts made to be repaired", in: "Nottingham", "GB", "GBP",
    owner: "Marcus Oyelaran", prefix: "TCW",
    story: """
      Marcus served his time in a factory that is flats now, and bought its last lathe at the auction. He makes parts \
      that come apart with ordinary tools. Spares for everything are kept for twenty years.
      """,
    [
      DemoProduct(
        "Track sprocket, 18 teeth", 2800, stock: 30, "bicycles/drivetrain", tags: "sprocket, fixed, track", of: "steel",
        PictureRecipe(.sprocket, .blackSteel, .gold),
        """
        Cut from 4140 steel and blackened, 1/8 inch, standard hub thread. Shifts nothing and lasts for ever. Grease \
        the thread.
        """),
      DemoProduct(
        "Silver chainring, 46 teeth", 4600, stock: 18, "bicycles/drivetrain", tags: "chainring, 130 mm, silver",
        of: "aluminium",
        PictureRecipe(.sprocket, .aluminium, .steel),
        """
        7075 aluminium, 130 mm bolt circle, 3/32 inch. Machined, not stamped, so it runs true. Takes ordinary bolts.
        """),
      DemoProduct(
        "Red single-speed ring", 4900, stock: 12, "bicycles/drivetrain", tags: "chainring, narrow wide, red",
        of: "aluminium",
        PictureRecipe(.sprocket, .redAnodised, .silver),
        """
        Narrow and wide teeth hold the chain without a guide. 42 teeth, 110 mm. Anodised; the teeth will go silver \
        with use.
        """),
      DemoProduct(
        "Half-link chain", 2400, stock: 44, "bicycles/drivetrain", tags: "chain, single speed, 1/8", of: "steel",
        PictureRecipe(.chain, .steel, .brass),
        """
        Every link is a half link, so the length can be set to 12.7 mm. 112 links, nickel plated. Wipe and oil every \
        300 km.
        """),
      DemoProduct(
        "Brass-finish chain", 2900, stock: 25, "bicycles/drivetrain", tags: "chain, brass, city", of: "steel, brass",
        PictureRecipe(.chain, .brass, .steel),
        """
        Brass plated against rain, 1/8 inch, 110 links. With a spring link that opens by hand. It dulls to old gold.
        """),
      DemoProduct(
        "Touring rear wheel", 18_500, stock: 6, "bicycles/wheels", tags: "wheel, rear, 36 spokes",
        of: "aluminium, stainless steel",
        PictureRecipe(.wheel, .silver, .redAnodised),
        """
        Thirty-six spokes, three cross, tension noted on a card. 622 mm, for 28 to 42 mm tyres. We true it free after \
        500 km.
        """),
      DemoProduct(
        "Black city front wheel", 12_900, stock: 8, "bicycles/wheels", tags: "wheel, front, dynamo",
        of: "aluminium, stainless steel",
        PictureRecipe(.wheel, .blackSteel, .aluminium),
        """
        With a hub dynamo that runs a lamp at walking speed. 622 mm, eyeleted rim. Axle nuts of 15 mm.
        """),
      DemoProduct(
        "Cognac sprung saddle", 8900, stock: 14, "bicycles/fittings", tags: "saddle, leather, touring",
        of: "leather, steel, copper",
        PictureRecipe(.saddle, .cognac, .copper),
        """
        Five-millimetre hide on steel rails with copper rivets. Hard for two weeks, then yours alone. Cover it in the \
        rain and proof it each spring.
        """),
      DemoProduct(
        "Drop bars with leather tape", 9400, stock: 10, "bicycles/fittings", tags: "handlebar, drop, leather",
        of: "aluminium, leather",
        PictureRecipe(.handlebar, .aluminium, .tan),
        """
        44 cm, shallow drop, with tape stitched from vegetable-tanned leather. 25.4 mm clamp. Feed the leather when \
        it pales.
        """),
      DemoProduct(
        "Brass dome bell", 2600, stock: 50, "bicycles/fittings", tags: "bell, brass, loud", of: "brass, steel",
        PictureRecipe(.bell, .brass, .steel),
        """
        One clear note that carries across a park and takes eight seconds to fade. Fits bars of 22 to 26 mm. Polish \
        it, or let it go brown.
        """),
    ])
}
