// SPDX-License-Identifier: GPL-3.0-or-later

extension DemoMarket {
  static let musicShops: [DemoShop] = [tallerAlbaicin]

  private static let tallerAlbaicin = DemoShop(
    "taller-albaicin", "Taller Albaicín", "Guitars, ukuleles and violins", in: "Granada", "ES", "EUR",
    owner: "Rafael Monteagudo", prefix: "ALB",
    story: """
      Rafael builds eleven guitars a year and repairs a hundred. The wood in his loft is older than his children. \
      Each instrument is played in for a month by students of the conservatory before it is sold.
      """,
    [
      DemoProduct(
        "Spruce flamenco guitar", 285_000, stock: 1, "music/guitars", tags: "flamenco, classical, concert",
        of: "spruce, cypress",
        PictureRecipe(.guitar, .spruce, .maple, .grain),
        """
        A light blanca with a spruce top and cypress back, 650 mm scale. Low action, quick answer, dry voice. Keep it \
        between 45 and 60 percent humidity.
        """),
      DemoProduct(
        "Cedar study guitar", 98_000, stock: 4, "music/guitars", tags: "student, classical, solid top",
        of: "cedar, mahogany",
        PictureRecipe(.guitar, .cherry, .walnut, .grain),
        """
        A solid cedar top on laminated sides: warm from the first day and tougher than it looks. 650 mm scale, nut of \
        52 mm. Comes with a case of grey felt.
        """),
      DemoProduct(
        "Walnut parlour guitar", 164_000, stock: 2, "music/guitars", tags: "parlour, steel strings, small",
        of: "walnut, spruce",
        PictureRecipe(.guitar, .walnut, .maple, .grain),
        """
        A small body for steel strings, 630 mm scale. Clear trebles and a bass that does not boom. Set up with light \
        strings; do not go heavier.
        """),
      DemoProduct(
        "Maple travel guitar", 72_000, stock: 5, "music/guitars", tags: "travel, small, maple", of: "maple, spruce",
        PictureRecipe(.guitar, .maple, .cherry),
        """
        Fits the overhead locker: 86 cm in all. The sound is honest for its size. The tuners fold flat.
        """),
      DemoProduct(
        "Cherry concert ukulele", 34_500, stock: 8, "music/guitars", tags: "ukulele, concert, cherry",
        of: "cherry wood, rosewood",
        PictureRecipe(.ukulele, .cherry, .maple, .grain),
        """
        A concert ukulele of cherry wood with a bright, quick voice. 380 mm scale, tuned g-c-e-a. A drop of oil on \
        the fingerboard each autumn.
        """),
      DemoProduct(
        "Maple soprano ukulele", 26_500, stock: 11, "music/guitars", tags: "ukulele, soprano, children",
        of: "maple, walnut",
        PictureRecipe(.ukulele, .maple, .walnut),
        """
        The small one, for small hands and rucksacks. 345 mm scale, nylon strings. Wipe the strings and it stays in \
        tune longer.
        """),
      DemoProduct(
        "Walnut tenor ukulele", 41_000, stock: 6, "music/guitars", tags: "ukulele, tenor, warm", of: "walnut, spruce",
        PictureRecipe(.ukulele, .walnut, .spruce, .grain),
        """
        Tenor size with a low g, which gives it nearly the range of a guitar. 430 mm scale. Padded bag included.
        """),
      DemoProduct(
        "Amber varnish violin", 390_000, stock: 1, "music/violins", tags: "violin, full size, oil varnish",
        of: "spruce, maple, ebony",
        PictureRecipe(.violin, .cognac, .walnut),
        """
        A full-size violin after a Granada pattern of 1790. Oil varnish, cooked here, still a little soft in its \
        first summer. Bridge, post and strings are set; a trial of two weeks is welcome.
        """),
      DemoProduct(
        "Dark workshop violin", 145_000, stock: 3, "music/violins", tags: "violin, student, full size",
        of: "spruce, maple",
        PictureRecipe(.violin, .oxblood, .ebony),
        """
        Carved by Rafael's apprentice and finished by Rafael. It plays evenly in all positions and forgives young \
        bows. With case and rosin.
        """),
      DemoProduct(
        "Three-quarter violin", 89_000, stock: 2, "music/violins", tags: "violin, three-quarter, children",
        of: "spruce, maple",
        PictureRecipe(.violin, .amber, .walnut),
        """
        For players of about nine to eleven years. Fine tuners on all four strings. We take it back at half price \
        when it is outgrown.
        """),
    ])
}
