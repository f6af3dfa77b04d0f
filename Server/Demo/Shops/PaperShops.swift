// SPDX-License-Identifier: GPL-3.0-or-later

extension DemoMarket {
  static let paperShops: [DemoShop] = [fadenUndFalz, persEnPlaat]

  private static let fadenUndFalz = DemoShop(
    "faden-und-falz", "Faden & Falz", "Books with empty pages", in: "Leipzig", "DE", "EUR", owner: "Ute Krahmer",
    prefix: "FUF",
    story: """
      Ute bound dissertations for twenty years and now binds only what people will write themselves. The paper comes \
      from a mill on the Mulde. She sews every book, because glue gives up first.
      """,
    [
      DemoProduct(
        "Oxblood journal", 3400, stock: 20, "paper/notebooks", tags: "journal, leather look, A5",
        of: "cloth, cotton paper",
        PictureRecipe(.notebook, .oxblood, .brass),
        """
        A5, 192 pages of cream paper of 100 g, sewn to open flat. Ink does not show through. With a ribbon and an \
        elastic.
        """),
      DemoProduct(
        "Forest sketchbook", 3900, stock: 14, "paper/notebooks", tags: "sketchbook, heavy paper, A5",
        of: "linen, paper",
        PictureRecipe(.notebook, .forest, .oatmeal),
        """
        A5, 96 pages of 160 g for pencil, ink and a light wash. The linen cover takes bumps. The spine can be folded \
        right round.
        """),
      DemoProduct(
        "Indigo dotted notebook", 2800, stock: 32, "paper/notebooks", tags: "dotted, planner, A5", of: "cloth, paper",
        PictureRecipe(.notebook, .indigo, .sky, .dots),
        """
        A5, 160 pages with a pale dot grid of 5 mm. Page numbers are printed, the index is yours. Fountain-pen \
        friendly.
        """),
      DemoProduct(
        "Mustard recipe book", 3600, stock: 11, "paper/notebooks", tags: "recipes, kitchen, wipeable",
        of: "oilcloth, paper",
        PictureRecipe(.notebook, .mustard, .madder),
        """
        An oilcloth cover that wipes clean, 200 lined pages, A5. The first eight are an index. Lies flat beside the \
        stove.
        """),
      DemoProduct(
        "Plum wave guest book", 5200, stock: 6, "paper/notebooks", tags: "guest book, wedding, large",
        of: "paste paper, cotton paper",
        PictureRecipe(.notebook, .plum, .lavender, .waves),
        """
        Covered in paste paper that Ute combs herself, so each is different. 24 × 21 cm, 120 pages of heavy cotton \
        paper. Names stamped in gold on request.
        """),
      DemoProduct(
        "Charcoal pocket book", 1600, stock: 60, "paper/notebooks", tags: "pocket, plain, A6", of: "cloth, paper",
        PictureRecipe(.notebook, .charcoal, .orange),
        """
        A6, 128 plain pages that survive a back pocket. Rounded corners. Buy three: you will lose one.
        """),
      DemoProduct(
        "Rose flower diary", 3100, stock: 17, "paper/notebooks", tags: "diary, undated, A5", of: "cloth, paper",
        PictureRecipe(.notebook, .rose, .cream, .flowers),
        """
        Fifty-three undated weeks, two pages each. Begin in any month. Block-printed cloth cover, A5.
        """),
      DemoProduct(
        "Walnut ledger", 4500, stock: 8, "paper/notebooks", tags: "ledger, accounts, classic",
        of: "cloth, leather, paper",
        PictureRecipe(.notebook, .walnut, .brass),
        """
        Columns for date, text and money, as your grandmother kept them. 20 × 26 cm, 240 pages, leather corners. For \
        ink.
        """),
      DemoProduct(
        "Celadon music book", 2900, stock: 13, "paper/notebooks", tags: "music, staves, composer", of: "cloth, paper",
        PictureRecipe(.notebook, .celadon, .forest),
        """
        Twelve staves a page, 96 pages, A4 upright. Stays open on the stand. Pencil erases without a trace.
        """),
      DemoProduct(
        "Sky checks exercise book", 1200, stock: 80, "paper/notebooks", tags: "school, squared, thin",
        of: "paper, thread",
        PictureRecipe(.notebook, .sky, .white, .checks),
        """
        Forty sewn pages of 5 mm squares. Thin, cheap and better than it has to be. Soft cover, A5.
        """),
    ])

  private static let persEnPlaat = DemoShop(
    "pers-en-plaat", "Pers & Plaat", "Linocuts and letterpress", in: "Antwerp", "BE", "EUR", owner: "Lien Verhulst",
    prefix: "PEP",
    story: """
      Lien prints on a proofing press from 1954 that weighs more than her van. She cuts, inks and pulls everything \
      herself, in editions of at most sixty. Frames are made next door.
      """,
    [
      DemoProduct(
        "Fern in bloom", 6800, stock: 25, "paper/prints", tags: "linocut, botanical, framed",
        of: "paper, oil ink, walnut",
        PictureRecipe(.print, .moss, .rose),
        """
        A two-colour linocut on Japanese paper, 30 × 40 cm, signed and numbered out of sixty. The walnut frame is \
        included. Keep it out of direct sun.
        """),
      DemoProduct(
        "Night lavender", 6800, stock: 18, "paper/prints", tags: "linocut, botanical, purple",
        of: "paper, oil ink, walnut",
        PictureRecipe(.print, .plum, .lavender),
        """
        Cut in one evening from a sprig on the windowsill. 30 × 40 cm, edition of fifty. Framed behind glass.
        """),
      DemoProduct(
        "Blue poppy", 7200, stock: 12, "paper/prints", tags: "linocut, poppy, blue", of: "paper, oil ink, walnut",
        PictureRecipe(.print, .forest, .sky),
        """
        The rare Himalayan poppy, from life, in Meise. 30 × 40 cm, three colours, edition of forty. Each pull differs \
        a little.
        """),
      DemoProduct(
        "Autumn branch", 6400, stock: 20, "paper/prints", tags: "linocut, autumn, orange", of: "paper, oil ink, walnut",
        PictureRecipe(.print, .cognac, .orange),
        """
        Rust and orange, the last leaves of a beech. 30 × 40 cm, edition of sixty. Framed.
        """),
      DemoProduct(
        "Red stem", 5900, stock: 16, "paper/prints", tags: "linocut, red, small", of: "paper, oil ink, walnut",
        PictureRecipe(.print, .madder, .mustard),
        """
        A single stem in madder red. 24 × 30 cm, edition of sixty. Hangs from one nail.
        """),
      DemoProduct(
        "Alpine morning", 8400, stock: 15, "paper/prints", tags: "landscape, mountains, blue",
        of: "paper, oil ink, walnut",
        PictureRecipe(.landscape, .indigo, .sky),
        """
        Four blocks, five colours, one sunrise. 40 × 50 cm, edition of forty. Glass with low glare.
        """),
      DemoProduct(
        "Green valley", 8400, stock: 10, "paper/prints", tags: "landscape, valley, green", of: "paper, oil ink, walnut",
        PictureRecipe(.landscape, .forest, .celadon),
        """
        The Semois at seven in the morning. 40 × 50 cm, edition of forty. On cotton paper of 250 g.
        """),
      DemoProduct(
        "Desert hour", 8900, stock: 7, "paper/prints", tags: "landscape, desert, warm", of: "paper, oil ink, walnut",
        PictureRecipe(.landscape, .terracotta, .mustard),
        """
        Drawn in Jordan, printed in Antwerp. 40 × 50 cm, edition of thirty. The orange is a fifth block.
        """),
      DemoProduct(
        "Winter ridge", 7900, stock: 13, "paper/prints", tags: "landscape, snow, grey", of: "paper, oil ink, walnut",
        PictureRecipe(.landscape, .charcoal, .grey),
        """
        Black and two greys on white paper that does the snow. 40 × 50 cm, edition of forty. Framed in walnut.
        """),
      DemoProduct(
        "Rose dusk", 8400, stock: 9, "paper/prints", tags: "landscape, dusk, pink", of: "paper, oil ink, walnut",
        PictureRecipe(.landscape, .plum, .rose),
        """
        The colour the hills have for about four minutes. 40 × 50 cm, edition of forty. Ships flat between boards.
        """),
    ])
}
