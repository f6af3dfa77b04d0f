// SPDX-License-Identifier: GPL-3.0-or-later

extension DemoMarket {
  static let weavingShops: [DemoShop] = [norrvav, jaipurLoomLane]

  private static let norrvav = DemoShop(
    "norrvav", "Norrväv", "Wool from the north, woven slowly", in: "Umeå", "SE", "SEK", owner: "Signe Lindqvist",
    prefix: "NOR",
    story: """
      Signe weaves on a floor loom built by her uncle in 1961. The wool comes from two farms she can reach by \
      bicycle, and is spun in a mill in Ångermanland. In winter the studio smells of lanolin and coffee.
      """,
    [
      DemoProduct(
        "Madder stripe scarf", 89_500, stock: 12, "textiles/scarves", tags: "wool, stripes, plant dyed",
        of: "wool, madder",
        PictureRecipe(.scarf, .madder, .oatmeal, .stripes),
        """
        Striped lengthwise in madder red and undyed wool, 30 × 190 cm with twisted fringe. Warm without bulk. Wash by \
        hand at 30 degrees and dry flat.
        """),
      DemoProduct(
        "Forest check scarf", 92_000, stock: 8, "textiles/scarves", tags: "wool, checks, unisex", of: "lambswool",
        PictureRecipe(.scarf, .forest, .mustard, .checks),
        """
        Lambswool in dark green and mustard, woven in twill for a soft fall. 35 × 180 cm. Air it rather than wash it.
        """),
      DemoProduct(
        "Indigo wave shawl", 145_000, stock: 5, "textiles/scarves", tags: "shawl, indigo, evening", of: "wool, silk",
        PictureRecipe(.scarf, .indigo, .sky, .waves),
        """
        Wool with a fifth of silk, dipped nine times in an indigo vat. 60 × 200 cm, large enough for shoulders. A \
        little blue may rub off in the first week.
        """),
      DemoProduct(
        "Indigo check blanket", 249_000, stock: 6, "textiles/blankets", tags: "blanket, checks, heirloom", of: "wool",
        PictureRecipe(.blanket, .indigo, .cream, .checks),
        """
        A full blanket of 140 × 200 cm, 1.4 kg of Swedish wool, fulled so that it keeps wind out. Made for sofas and \
        for boats. Brush it when dry; wash it almost never.
        """),
      DemoProduct(
        "Oat cradle blanket", 98_000, stock: 10, "textiles/blankets", tags: "baby, soft, undyed", of: "merino wool",
        PictureRecipe(.blanket, .oatmeal, .grey, .bands),
        """
        Undyed merino, 75 × 100 cm, with no fringe to chew on. Washed twice before it leaves us. Machine wash on the \
        wool programme.
        """),
      DemoProduct(
        "Plum picnic throw", 165_000, stock: 7, "textiles/blankets", tags: "throw, picnic, sturdy", of: "wool, linen",
        PictureRecipe(.blanket, .plum, .lavender, .stripes),
        """
        Wool on a linen warp, so it wears well on grass. 130 × 170 cm. Shake off the crumbs and let it hang in the \
        rain: that is all the care it wants.
        """),
      DemoProduct(
        "Red rag rug", 119_000, stock: 4, "textiles/rugs", tags: "rag rug, hallway, cotton", of: "cotton rags, linen",
        PictureRecipe(.rug, .madder, .cream, .bands),
        """
        Woven from cut shirts and sheets on a linen warp. 70 × 150 cm, heavy enough to stay put. Goes in the machine \
        at 40 degrees.
        """),
      DemoProduct(
        "Grey diamond rug", 285_000, stock: 2, "textiles/rugs", tags: "rug, diamond, wool", of: "wool, linen",
        PictureRecipe(.rug, .grey, .charcoal, .zigzag),
        """
        A flat-woven röllakan with a diamond in the middle, 90 × 160 cm. Both sides look alike, so turn it every \
        spring. Use a felt pad on smooth floors.
        """),
      DemoProduct(
        "Mustard basket-weave cushion", 54_000, stock: 15, "textiles/cushions", tags: "cushion, basket weave, wool",
        of: "wool, feathers",
        PictureRecipe(.cushion, .mustard, .charcoal, .weave),
        """
        Thick wool in a basket weave, 45 × 45 cm, with a feather filling. The zip is hidden in the seam. Take the \
        cover off and wash it by hand.
        """),
      DemoProduct(
        "Rose flower cushion", 59_000, stock: 9, "textiles/cushions", tags: "cushion, flowers, soft", of: "wool, linen",
        PictureRecipe(.cushion, .rose, .cream, .flowers),
        """
        Woven flowers in cream on rose, linen at the back, 45 × 45 cm. Each takes a day at the loom. Sold with its \
        filling of washed wool.
        """),
    ])

  private static let jaipurLoomLane = DemoShop(
    "jaipur-loom-lane", "Loom Lane Jaipur", "Dhurries and block prints", in: "Jaipur", "IN", "INR",
    owner: "Meera Rathore", prefix: "JLL",
    story: """
      Meera runs a yard of six looms and two printing tables that her mother began with one. Everyone in the yard is \
      paid by the day, not by the piece, so that nobody hurries a border. The dyes are vegetable where they can be \
      and said so where not.
      """,
    [
      DemoProduct(
        "Madder cotton dhurrie", 485_000, stock: 7, "textiles/rugs", tags: "dhurrie, cotton, reversible", of: "cotton",
        PictureRecipe(.rug, .terracotta, .cream, .zigzag),
        """
        A flat cotton dhurrie of 120 × 180 cm, the same on both sides. Woven on a ground loom in about eleven days. \
        Wash cold with mild soap; dry in shade.
        """),
      DemoProduct(
        "Indigo dhurrie runner", 325_000, stock: 9, "textiles/rugs", tags: "runner, indigo, hallway",
        of: "cotton, indigo",
        PictureRecipe(.rug, .indigo, .sky, .waves),
        """
        A runner of 70 × 240 cm in natural indigo. It lightens with the years, most where you walk. Use a mat below \
        on stone floors.
        """),
      DemoProduct(
        "Saffron prayer rug", 210_000, stock: 14, "textiles/rugs", tags: "small rug, saffron, cotton", of: "cotton",
        PictureRecipe(.rug, .mustard, .madder, .bands),
        """
        Small and thick, 65 × 110 cm, with a fringe knotted by hand. Folds to the size of a book bag. Machine wash \
        cold.
        """),
      DemoProduct(
        "Block-print cushion in red", 95_000, stock: 40, "textiles/cushions", tags: "block print, red, cotton",
        of: "cotton",
        PictureRecipe(.cushion, .madder, .cream, .flowers),
        """
        Printed with a teak block cut by a neighbour, two thousand presses a day. Cover only, 40 × 40 cm, \
        coconut-shell buttons. Wash it inside out.
        """),
      DemoProduct(
        "Block-print cushion in green", 95_000, stock: 36, "textiles/cushions", tags: "block print, green, cotton",
        of: "cotton",
        PictureRecipe(.cushion, .forest, .mustard, .flowers),
        """
        The same block in forest green with a mustard heart. Cover only, 40 × 40 cm. The colours were tested for \
        washing at 40 degrees.
        """),
      DemoProduct(
        "Mirror-dot cushion", 140_000, stock: 18, "textiles/cushions", tags: "mirror work, dots, festive",
        of: "cotton, mirror",
        PictureRecipe(.cushion, .plum, .lavender, .dots),
        """
        Small round mirrors held by buttonhole stitch, sixty-four of them. Cover of 45 × 45 cm. Spot clean only, \
        please: mirrors and machines do not agree.
        """),
      DemoProduct(
        "Winter razai quilt", 620_000, stock: 5, "textiles/blankets", tags: "quilt, razai, double", of: "cotton",
        PictureRecipe(.blanket, .rose, .cream, .flowers),
        """
        A cotton-filled quilt of 220 × 260 cm, light as a jacket and very warm. Quilted by hand in rows a finger \
        apart. Sun it once a month.
        """),
      DemoProduct(
        "Check bedspread", 275_000, stock: 11, "textiles/blankets", tags: "bedspread, checks, cotton", of: "cotton",
        PictureRecipe(.blanket, .sky, .indigo, .checks),
        """
        Handloom cotton in two blues, 230 × 260 cm. It softens after the third wash. Iron while damp if you must.
        """),
      DemoProduct(
        "Striped travel stole", 89_000, stock: 25, "textiles/scarves", tags: "stole, stripes, travel",
        of: "cotton, silk",
        PictureRecipe(.scarf, .orange, .plum, .stripes),
        """
        Cotton with silk stripes, 55 × 200 cm: a scarf, a pillow, a curtain on the night train. Weighs 140 g. Hand \
        wash cold.
        """),
      DemoProduct(
        "Indigo dabu scarf", 78_000, stock: 30, "textiles/scarves", tags: "dabu, resist print, indigo",
        of: "cotton, indigo",
        PictureRecipe(.scarf, .indigo, .white, .dots),
        """
        Dots are printed in river mud, which keeps the indigo out. 50 × 180 cm of soft voile. Rinse alone the first \
        two times.
        """),
    ])
}
