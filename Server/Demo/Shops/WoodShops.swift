// SPDX-License-Identifier: GPL-3.0-or-later

extension DemoMarket {
  static let woodShops: [DemoShop] = [blueRidgeTurning, tartuToyYard, kaszubyBaskets]

  private static let blueRidgeTurning = DemoShop(
    "blue-ridge-turning", "Blue Ridge Turning", "Bowls, boards and spoons from fallen trees", in: "Asheville", "US",
    "USD", owner: "Caleb Whitaker", prefix: "BRT",
    story: """
      Caleb turns trees that storms have already felled. He dries the wood for two years in a tobacco barn and \
      finishes it with walnut oil. Shavings go to a neighbour's goats.
      """,
    [
      DemoProduct(
        "Walnut cutting board", 7800, stock: 15, "kitchen/wood", tags: "board, walnut, large", of: "black walnut",
        PictureRecipe(.board, .walnut, .cream, .grain),
        """
        A single plank of walnut, 28 × 40 × 3 cm, with a hole to hang it by. End grain is sealed. Oil it monthly and \
        never soak it.
        """),
      DemoProduct(
        "Maple bread board", 6400, stock: 18, "kitchen/wood", tags: "board, maple, bread", of: "hard maple",
        PictureRecipe(.board, .maple, .walnut, .grain),
        """
        Hard, pale and kind to knives. 26 × 38 × 2.5 cm. Scrub with salt and lemon.
        """),
      DemoProduct(
        "Cherry cheese board", 5600, stock: 12, "kitchen/wood", tags: "board, cherry, cheese", of: "cherry wood",
        PictureRecipe(.board, .cherry, .cream, .grain),
        """
        Reddens in daylight: turn it so that it does so evenly. 22 × 34 × 2 cm. Finished with walnut oil.
        """),
      DemoProduct(
        "Cherry cooking spoon", 2400, stock: 40, "kitchen/wood", tags: "spoon, cherry, cooking", of: "cherry wood",
        PictureRecipe(.spoon, .cherry, .cream, .grain),
        """
        Carved from a split billet so that the grain runs through the neck. 32 cm, with a flat edge for the bottom of \
        the pan. Left- or right-handed: say which.
        """),
      DemoProduct(
        "Walnut serving spoon", 3200, stock: 24, "kitchen/wood", tags: "spoon, walnut, serving", of: "black walnut",
        PictureRecipe(.spoon, .walnut, .cream, .grain),
        """
        A deep bowl for stews and salads, 30 cm. Smooth from the knife, not from sandpaper. Hand wash.
        """),
      DemoProduct(
        "Maple coffee scoop", 1800, stock: 50, "kitchen/wood", tags: "scoop, maple, coffee", of: "hard maple",
        PictureRecipe(.spoon, .maple, .cream, .grain),
        """
        Holds ten grams of beans, level. 16 cm with a long handle that reaches the bottom of the jar. Wipe dry.
        """),
      DemoProduct(
        "Oak salad bowl", 12_500, stock: 5, "kitchen/wood", tags: "bowl, oak, salad", of: "white oak",
        PictureRecipe(.bowl, .oak, .maple, .grain),
        """
        Turned green and dried after, so it is slightly oval and will stay so. 30 cm across. Oil, not soap.
        """),
      DemoProduct(
        "Walnut fruit bowl", 9800, stock: 7, "kitchen/wood", tags: "bowl, walnut, fruit", of: "black walnut",
        PictureRecipe(.bowl, .walnut, .oak, .grain),
        """
        Wide and shallow, 28 cm, with a band of pale sapwood. Finished with oil and beeswax. Dust it with a soft \
        cloth.
        """),
      DemoProduct(
        "Cherry nut bowl", 5400, stock: 14, "kitchen/wood", tags: "bowl, cherry, small", of: "cherry wood",
        PictureRecipe(.bowl, .cherry, .maple, .grain),
        """
        A bowl of 16 cm for nuts, keys or nothing. The foot is small so it rocks a little when touched. Wipe clean.
        """),
      DemoProduct(
        "Beech bud vase", 4200, stock: 16, "ceramics/vases", tags: "vase, wood, dry flowers", of: "beech",
        PictureRecipe(.vase, .beech, .walnut, .grain),
        """
        For dry stems, 20 cm high. A glass tube of 12 mm is included for fresh ones. The grain runs in rings.
        """),
    ])

  private static let tartuToyYard = DemoShop(
    "tartu-toy-yard", "Tartu Toy Yard", "Wooden toys that outlive a childhood", in: "Tartu", "EE", "EUR",
    owner: "Kadri Sepp", prefix: "TTY",
    story: """
      Kadri designs on the kitchen floor with three expert testers aged two to six. Birch and lime come from county \
      forests. Paints are tested to EN 71 and the wheels are glued so that no one can eat them.
      """,
    [
      DemoProduct(
        "Red racer car", 2900, stock: 30, "toys", tags: "car, push toy, red", of: "beech, water-based paint",
        PictureRecipe(.toyCar, .red, .maple),
        """
        Rolls straight for eight metres on a wooden floor; we measured. 18 cm, beech axles. From 18 months.
        """),
      DemoProduct(
        "Sky family car", 2900, stock: 26, "toys", tags: "car, push toy, blue", of: "beech, water-based paint",
        PictureRecipe(.toyCar, .sky, .red),
        """
        The same car with a calmer driver. 18 cm, rounded everywhere. Wipe with a damp cloth.
        """),
      DemoProduct(
        "Mustard taxi", 2900, stock: 22, "toys", tags: "car, taxi, yellow", of: "beech, water-based paint",
        PictureRecipe(.toyCar, .mustard, .charcoal),
        """
        A yellow cab for the long road from sofa to bed. 18 cm. From 18 months.
        """),
      DemoProduct(
        "Natural oak car", 3200, stock: 17, "toys", tags: "car, unpainted, oak", of: "oak, beech",
        PictureRecipe(.toyCar, .oak, .walnut, .grain),
        """
        No paint, only linseed oil. Heavier than the others at 420 g. It darkens where small hands hold it.
        """),
      DemoProduct(
        "Mustard pull duck", 3400, stock: 20, "toys", tags: "duck, pull along, waddle",
        of: "lime wood, water-based paint",
        PictureRecipe(.toyDuck, .mustard, .red),
        """
        Off-centre wheels make it waddle. 16 cm with a cord of 60 cm, short enough to be safe. From 12 months.
        """),
      DemoProduct(
        "White pull duck", 3400, stock: 15, "toys", tags: "duck, pull along, white", of: "lime wood, water-based paint",
        PictureRecipe(.toyDuck, .cream, .sky),
        """
        The quiet sister of the yellow duck. 16 cm, felt on the wheels for parquet. From 12 months.
        """),
      DemoProduct(
        "Moss mallard", 3600, stock: 12, "toys", tags: "duck, mallard, green", of: "lime wood, water-based paint",
        PictureRecipe(.toyDuck, .forest, .mustard),
        """
        A drake in green with a proper orange bill. 16 cm. The cord unclips for the night.
        """),
      DemoProduct(
        "Rainbow stacker", 2600, stock: 34, "toys", tags: "stacker, rings, motor skills",
        of: "birch, water-based paint",
        PictureRecipe(.stacker, .red, .sky),
        """
        Five rings and a ball, in any order you like. 22 cm. The pole bends before it hurts.
        """),
      DemoProduct(
        "Berry stacker", 2600, stock: 21, "toys", tags: "stacker, rings, plum", of: "birch, water-based paint",
        PictureRecipe(.stacker, .plum, .rose),
        """
        Plum and rose with three cheerful rings above. 22 cm, rings at least 44 mm thick. From 10 months.
        """),
      DemoProduct(
        "Forest stacker", 2600, stock: 19, "toys", tags: "stacker, rings, green", of: "birch, water-based paint",
        PictureRecipe(.stacker, .forest, .lavender),
        """
        Greens from the bog, with a red ball on top. 22 cm. Survives the bath, but does not ask for it.
        """),
    ])

  private static let kaszubyBaskets = DemoShop(
    "kaszuby-baskets", "Kaszuby Baskets", "Willow, cut in February", in: "Gdańsk", "PL", "EUR", owner: "Bożena Formela",
    prefix: "KSB",
    story: """
      Bożena plants the willow she weaves, eleven kinds of it. Each winter the family cuts two tonnes. She can tell \
      you which field your basket came from.
      """,
    [
      DemoProduct(
        "Market basket", 5900, stock: 14, "home/baskets", tags: "market, round handle, willow", of: "willow",
        PictureRecipe(.basket, .willow, .walnut),
        """
        A sturdy basket of 42 × 30 cm with an arched handle wrapped in split willow. Carries eight kilos of potatoes. \
        Wet it once a year and it stays supple.
        """),
      DemoProduct(
        "Dark shopping basket", 6400, stock: 9, "home/baskets", tags: "shopping, brown, buff willow",
        of: "steamed willow",
        PictureRecipe(.basket, .walnut, .oak),
        """
        Steamed willow goes brown right through, without dye. 40 × 28 cm. The base is doubled.
        """),
      DemoProduct(
        "White peeled basket", 6800, stock: 7, "home/baskets", tags: "peeled willow, pale, bread", of: "peeled willow",
        PictureRecipe(.basket, .cream, .oak),
        """
        Peeled in May when the sap rises, hence the ivory colour. 36 × 26 cm. Lovely for bread.
        """),
      DemoProduct(
        "Green harvest basket", 5600, stock: 12, "home/baskets", tags: "garden, green willow, harvest",
        of: "green willow",
        PictureRecipe(.basket, .moss, .ochre),
        """
        Woven with the bark on, so it starts green and ends olive. 40 × 30 cm. Leave it in the rain, it knows rain.
        """),
      DemoProduct(
        "Berry picking basket", 3200, stock: 28, "home/baskets", tags: "small, berries, children", of: "willow",
        PictureRecipe(.basket, .cognac, .willow),
        """
        Small enough for a child, 22 × 16 cm. The handle does not swing. Rinse out the juice at once.
        """),
      DemoProduct(
        "Log basket", 11_800, stock: 4, "home/baskets", tags: "logs, large, strong", of: "willow, oak",
        PictureRecipe(.basket, .tan, .ebony),
        """
        For two evenings of firewood: 55 × 45 cm on oak runners. The rim is a three-rod border that will not fray. \
        Not for hot ash.
        """),
      DemoProduct(
        "Charcoal laundry basket", 9600, stock: 6, "home/baskets", tags: "laundry, dark, large", of: "dyed willow",
        PictureRecipe(.basket, .charcoal, .grey),
        """
        Dyed with iron and oak gall until nearly black. 50 × 40 cm, lined with cotton that comes out to be washed. \
        Two can stack.
        """),
      DemoProduct(
        "Rust picnic basket", 8900, stock: 8, "home/baskets", tags: "picnic, rust, lid", of: "willow, leather",
        PictureRecipe(.basket, .terracotta, .cream),
        """
        Madder and willow bark give the rust. 44 × 32 cm with a loose inner lid. Four plates fit flat.
        """),
      DemoProduct(
        "Egg basket", 3600, stock: 20, "home/baskets", tags: "eggs, kitchen, small", of: "willow",
        PictureRecipe(.basket, .ochre, .walnut),
        """
        The dimple in the base keeps two dozen eggs from rolling. 26 × 20 cm. Hang it where mice are not.
        """),
      DemoProduct(
        "Plum gift basket", 4200, stock: 16, "home/baskets", tags: "gift, colourful, medium", of: "dyed willow",
        PictureRecipe(.basket, .plum, .lavender),
        """
        Dyed for those who find brown too sensible. 32 × 24 cm. Keep it from strong sun.
        """),
    ])
}
