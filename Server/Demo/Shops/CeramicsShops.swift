// SPDX-License-Identifier: GPL-3.0-or-later

extension DemoMarket {
  static let ceramicsShops: [DemoShop] = [clayAndTide, delftTileRoom]

  private static let clayAndTide = DemoShop(
    "clay-and-tide", "Clay and Tide", "Stoneware thrown by the harbour", in: "Falmouth", "GB", "GBP",
    owner: "Morwenna Tregear", prefix: "CAT",
    story: """
      Morwenna throws at a kick wheel that came out of a closing art school. Her glazes use wood ash from the \
      boatyard next door, which is why no two firings match. Seconds are sold on the doorstep, never online.
      """,
    [
      DemoProduct(
        "Celadon breakfast bowl", 2400, stock: 18, "ceramics/bowls", tags: "celadon, stoneware, breakfast",
        of: "stoneware, ash glaze",
        PictureRecipe(.bowl, .celadon, .tenmoku, .speckle),
        """
        A deep bowl of 15 cm for porridge or soup, 600 ml to the brim. Ash glaze over speckled stoneware, darker \
        inside. Safe in dishwasher and microwave.
        """),
      DemoProduct(
        "Harbour serving bowl", 5800, stock: 6, "ceramics/bowls", tags: "serving, large, blue",
        of: "stoneware, cobalt glaze",
        PictureRecipe(.bowl, .cobalt, .white, .waves),
        """
        A wide bowl for salad or fruit, 28 cm across and 11 cm high. The waves are drawn through wet slip with a \
        fork. Warm it slowly before putting hot food in.
        """),
      DemoProduct(
        "Noodle bowl with notch", 2900, stock: 12, "ceramics/bowls", tags: "noodles, chopsticks, notch",
        of: "stoneware, tenmoku glaze",
        PictureRecipe(.bowl, .tenmoku, .ochre),
        """
        Two notches in the rim hold a pair of chopsticks while you talk. 18 cm across, 900 ml, black-brown tenmoku \
        breaking to rust at the edge. Stacks neatly in fours.
        """),
      DemoProduct(
        "Blue banded mug", 1900, stock: 30, "ceramics/mugs", tags: "mug, coffee, bands", of: "stoneware, cobalt slip",
        PictureRecipe(.mug, .cobalt, .white, .bands),
        """
        Our daily mug: 330 ml, with a handle that takes three fingers. The bands are brushed while the wheel turns, \
        so they wander a little. Dishwasher safe.
        """),
      DemoProduct(
        "Speckled oat mug", 1900, stock: 26, "ceramics/mugs", tags: "mug, speckled, tea", of: "stoneware",
        PictureRecipe(.mug, .cream, .tenmoku, .speckle),
        """
        Iron in the clay melts through the white glaze and leaves freckles. Holds 300 ml; the foot is left bare and \
        sanded smooth. It survives microwaves but not cold water straight from the kettle.
        """),
      DemoProduct(
        "Rust tenmoku teapot", 7200, stock: 4, "ceramics/mugs", tags: "teapot, tenmoku, tea",
        of: "stoneware, tenmoku glaze",
        PictureRecipe(.teapot, .tenmoku, .ochre),
        """
        Pours without dripping: we test each one twice. 900 ml, with a strainer of nineteen holes behind the spout. \
        The lid stays on up to a steep tilt.
        """),
      DemoProduct(
        "Zigzag bottle vase", 4600, stock: 8, "ceramics/vases", tags: "vase, sgraffito, terracotta",
        of: "terracotta, white slip",
        PictureRecipe(.vase, .terracotta, .cream, .zigzag),
        """
        Zigzags are scratched through white slip to the red clay beneath. 24 cm high with a narrow neck for three or \
        four stems. Watertight, glazed inside.
        """),
      DemoProduct(
        "Turquoise moon vase", 6900, stock: 3, "ceramics/vases", tags: "vase, turquoise, round",
        of: "stoneware, copper glaze",
        PictureRecipe(.vase, .turquoise, .white),
        """
        A round body joined from two thrown halves, 22 cm high. The copper glaze runs thick and pools near the foot. \
        Rinse by hand.
        """),
      DemoProduct(
        "Wave planter with saucer", 3400, stock: 10, "ceramics/vases", tags: "planter, herbs, drainage",
        of: "terracotta",
        PictureRecipe(.planter, .terracotta, .cream, .waves),
        """
        Unglazed, so the roots breathe. 16 cm across at the rim, with a drain hole and a loose saucer. Bring it in \
        before hard frost.
        """),
      DemoProduct(
        "Cobalt centre plate", 2700, stock: 20, "ceramics/plates", tags: "dinner plate, cobalt, rimmed",
        of: "stoneware, cobalt glaze",
        PictureRecipe(.plate, .white, .cobalt),
        """
        A 26 cm dinner plate with a raised rim that keeps sauce where it belongs. White outside, cobalt in the well. \
        Knife marks wipe off with baking soda.
        """),
    ])

  private static let delftTileRoom = DemoShop(
    "delft-tile-room", "The Delft Tile Room", "Painted tiles, one brush at a time", in: "Delft", "NL", "EUR",
    owner: "Joost van der Meij", prefix: "DTR",
    story: """
      Joost restores old kitchens and paints the tiles that are missing. What he learned from the dead he now sells \
      to the living. Each tile is cut, glazed and fired twice in a shed behind the Oude Kerk.
      """,
    [
      DemoProduct(
        "Blue flower tile", 1450, stock: 80, "ceramics/tiles", tags: "blue, flower, single",
        of: "earthenware, tin glaze",
        PictureRecipe(.tile, .white, .cobalt, .flowers),
        """
        An eight-petal flower with a quarter of another in each corner, so that tiles complete each other. 130 × 130 \
        × 8 mm. For walls and splashbacks, not for floors.
        """),
      DemoProduct(
        "Diamond border tile", 1250, stock: 120, "ceramics/tiles", tags: "border, diamond, green",
        of: "earthenware, tin glaze",
        PictureRecipe(.tile, .white, .bottleGreen, .zigzag),
        """
        Runs along a worktop or around a window. 130 × 130 × 8 mm, copper green on white. Order one spare for each \
        ten: cutting breaks some.
        """),
      DemoProduct(
        "Sea wave tile", 1350, stock: 64, "ceramics/tiles", tags: "waves, sea, bathroom", of: "earthenware, tin glaze",
        PictureRecipe(.tile, .turquoise, .white, .waves),
        """
        The line leaves each tile at the height where it enters the next. 130 × 130 × 8 mm. Suits bathrooms; the \
        glaze does not mind steam.
        """),
      DemoProduct(
        "Oxblood star tile", 1650, stock: 40, "ceramics/tiles", tags: "star, red, hearth",
        of: "earthenware, copper-red glaze",
        PictureRecipe(.tile, .oxblood, .cream, .flowers),
        """
        Copper red is a moody glaze: expect anything from cherry to liver. 130 × 130 × 10 mm, thick enough for a \
        hearth surround. No two alike, and we like it so.
        """),
      DemoProduct(
        "Four-tile diamond panel", 5600, stock: 15, "ceramics/tiles", tags: "panel, set of four, geometric",
        of: "earthenware, tin glaze",
        PictureRecipe(.tilePanel, .turquoise, .white, .checks),
        """
        Four tiles that meet in a large diamond, 260 × 260 mm together. Sold as a set from one firing so the blues \
        agree. Grout of 2 mm looks best.
        """),
      DemoProduct(
        "Four-tile garden panel", 6200, stock: 12, "ceramics/tiles", tags: "panel, set of four, garden",
        of: "earthenware, tin glaze",
        PictureRecipe(.tilePanel, .white, .moss, .flowers),
        """
        Leaf stars in moss green on white, 260 × 260 mm together. Mount it, frame it, or set it in a table. Clean \
        with water and a drop of vinegar-free soap.
        """),
      DemoProduct(
        "Ochre kitchen panel", 5900, stock: 9, "ceramics/tiles", tags: "panel, ochre, kitchen",
        of: "earthenware, tin glaze",
        PictureRecipe(.tilePanel, .ochre, .cream, .checks),
        """
        Warm ochre and cream for a dark kitchen. Four tiles, 260 × 260 mm, 8 mm thick. Heatproof to 120 degrees, so \
        keep it off the stove itself.
        """),
      DemoProduct(
        "Painted name plate", 4200, stock: 25, "ceramics/plates", tags: "name plate, custom, door",
        of: "earthenware, tin glaze",
        PictureRecipe(.plate, .white, .indigo),
        """
        A round plate of 24 cm with an indigo centre for a house number or a name. Two holes at the back take a wire. \
        *Write the words in the note to the shop.*
        """),
      DemoProduct(
        "Tile trivet on cork", 2200, stock: 33, "ceramics/tiles", tags: "trivet, cork, gift", of: "earthenware, cork",
        PictureRecipe(.tile, .cobalt, .white, .flowers),
        """
        One painted tile on 6 mm of cork, for a hot teapot. The edges are sealed with beeswax. Wipe clean; do not \
        soak the cork.
        """),
      DemoProduct(
        "Plum night tile", 1550, stock: 28, "ceramics/tiles", tags: "plum, night, single",
        of: "earthenware, manganese glaze",
        PictureRecipe(.tile, .plum, .lavender, .flowers),
        """
        Manganese purple was the poor man's blue three centuries ago; now it is the rarer one. 130 × 130 × 8 mm. The \
        white rim is the bare tin glaze.
        """),
    ])
}
