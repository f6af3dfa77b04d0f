// SPDX-License-Identifier: GPL-3.0-or-later

extension DemoMarket {
  static let machineShops: [DemoShop] = [murtalPrecision, hexapodSupply]

  private static let murtalPrecision = DemoShop(
    "murtal-precision", "Murtal Precision", "Small machine parts in small numbers", in: "Graz", "AT", "EUR",
    owner: "Ferdinand Lackner", prefix: "MTP",
    story: """
      Ferdinand and two colleagues run a lathe, a mill and a gear hobber in a former dairy. They take orders of one. \
      Drawings with tolerances are on each page, and each part is measured before it leaves.
      """,
    [
      DemoProduct(
        "Spur gear, module 2, 28 teeth", 4200, stock: 35, "parts/gears", tags: "spur gear, module 2, hardened",
        of: "steel C45, brass bush",
        PictureRecipe(.gear, .steel, .brass),
        """
        Module 2, 28 teeth, face width 20 mm, bore 12 H7 with keyway. Teeth induction hardened to 52 HRC. Oil lightly \
        before storage.
        """),
      DemoProduct(
        "Spur gear, brass, 40 teeth", 3600, stock: 22, "parts/gears", tags: "spur gear, module 1, brass", of: "brass",
        PictureRecipe(.gear, .brass, .steel),
        """
        Module 1, 40 teeth, face width 8 mm, bore 6 H7. For clocks, models and instruments. Runs dry against steel at \
        low load.
        """),
      DemoProduct(
        "Change gear, cast iron", 5900, stock: 12, "parts/gears", tags: "change gear, lathe, spare", of: "cast iron",
        PictureRecipe(.gear, .blackSteel, .copper),
        """
        Module 1.25 for small bench lathes, 60 teeth, bore 14 mm. Replaces parts no longer made. *Send a photo of the \
        old one if unsure.*
        """),
      DemoProduct(
        "Timing pulley GT2, 60 teeth", 1450, stock: 90, "parts/gears", tags: "timing pulley, GT2, 6 mm belt",
        of: "aluminium",
        PictureRecipe(.pulley, .aluminium, .brass),
        """
        For 6 mm belts, bore 8 mm with two grub screws. Concentric within 0.02 mm. Flanges on both sides.
        """),
      DemoProduct(
        "Flat belt pulley, 80 mm", 2700, stock: 28, "parts/gears", tags: "pulley, flat belt, turned", of: "aluminium",
        PictureRecipe(.pulley, .anodised, .silver),
        """
        Slightly crowned so that the belt stays in the middle. 80 mm, bore 10 H7, anodised blue. Up to 6000 turns a \
        minute.
        """),
      DemoProduct(
        "Deep groove bearing 6204", 890, stock: 200, "parts/bearings", tags: "ball bearing, 6204, sealed",
        of: "bearing steel",
        PictureRecipe(.bearing, .steel, .silver),
        """
        20 × 47 × 14 mm, sealed on both sides, C3 clearance. Greased for life. From an Austrian maker, lot number on \
        the box.
        """),
      DemoProduct(
        "Stainless bearing 608", 650, stock: 260, "parts/bearings", tags: "ball bearing, 608, stainless",
        of: "stainless steel",
        PictureRecipe(.bearing, .silver, .steel),
        """
        8 × 22 × 7 mm for damp places. Fits skates, printers and yo-yos. Wash and relube as you like: it will not \
        rust.
        """),
      DemoProduct(
        "Bronze cage bearing 6002", 1900, stock: 60, "parts/bearings", tags: "ball bearing, 6002, quiet",
        of: "bearing steel, bronze",
        PictureRecipe(.bearing, .aluminium, .gold),
        """
        15 × 32 × 9 mm with a bronze cage for high speed and little noise. ABEC 5. Keep it in its paper until \
        fitting.
        """),
      DemoProduct(
        "Compression spring set", 1200, stock: 75, "parts/fasteners", tags: "spring, set, compression",
        of: "spring steel",
        PictureRecipe(.spring, .steel, .steel),
        """
        Ten springs from 8 to 20 mm across, wire of 1 to 2 mm, ends ground flat. Rates are printed on the tin. \
        Phosphated against rust.
        """),
      DemoProduct(
        "M12 shoulder bolt, pack of 4", 1600, stock: 110, "parts/fasteners", tags: "bolt, M12, ground",
        of: "alloy steel",
        PictureRecipe(.bolt, .steel, .steel),
        """
        Ground shoulder 12 f9, 60 mm, strength 12.9. For pivots and fixtures. Use thread lock where it turns.
        """),
    ])

  private static let hexapodSupply = DemoShop(
    "hexapod-supply", "Hexapod Supply", "Printed and milled parts for robots", in: "Austin", "US", "USD",
    owner: "Priya Ramanathan", prefix: "HEX",
    story: """
      Priya coached a school robotics team until the parts she drew for it sold better than cookies. Everything is \
      printed in carbon-filled nylon or milled from plate. CAD files come free with each order.
      """,
    [
      DemoProduct(
        "NEMA 17 motor mount", 1400, stock: 65, "parts/brackets", tags: "motor mount, NEMA 17, printed",
        of: "carbon nylon",
        PictureRecipe(.motorMount, .orange, .steel),
        """
        Holds a NEMA 17 square within 0.1 degrees. Slotted holes give 6 mm of belt tension. Printed at full density \
        in carbon nylon.
        """),
      DemoProduct(
        "NEMA 23 motor mount", 2900, stock: 40, "parts/brackets", tags: "motor mount, NEMA 23, milled",
        of: "aluminium 6061",
        PictureRecipe(.motorMount, .aluminium, .blackSteel),
        """
        Milled from 8 mm plate, deburred and tumbled. Fits 20 and 40 mm extrusion. Screws included.
        """),
      DemoProduct(
        "Gearmotor plate, black", 1100, stock: 80, "parts/brackets", tags: "motor plate, 37 mm, black", of: "aluminium",
        PictureRecipe(.motorMount, .blackSteel, .brass),
        """
        For 37 mm gearmotors with six M3 holes. 4 mm, black anodised. Countersunk so the chassis stays flat.
        """),
      DemoProduct(
        "Corner bracket, four pack", 1250, stock: 150, "parts/brackets", tags: "bracket, corner, 2020", of: "aluminium",
        PictureRecipe(.bracket, .aluminium, .steel),
        """
        Square to 0.05 mm over 40 mm, with a gusset that does not flex. For 2020 extrusion. T-nuts included.
        """),
      DemoProduct(
        "Sensor angle bracket", 750, stock: 130, "parts/brackets", tags: "bracket, sensor, printed", of: "carbon nylon",
        PictureRecipe(.bracket, .orange, .charcoal),
        """
        Two slots let you aim a distance sensor and then leave it. Printed, 12 g. Takes M3 screws.
        """),
      DemoProduct(
        "Six-axis desk arm kit", 42_900, stock: 6, "parts/robots", tags: "robot arm, kit, education",
        of: "carbon nylon, steel",
        PictureRecipe(.robotArm, .orange, .steel),
        """
        Reach 420 mm, payload 250 g, six servos, an evening to build. Documentation runs to ninety pages with \
        pictures. Needs a 6 V supply of 10 A.
        """),
      DemoProduct(
        "Blue gripper arm", 18_900, stock: 9, "parts/robots", tags: "robot arm, gripper, 4-axis",
        of: "aluminium, nylon",
        PictureRecipe(.robotArm, .anodised, .aluminium),
        """
        Four axes and a gripper that opens 70 mm. Bearings at every joint instead of bushes. Spare fingers in the \
        box.
        """),
      DemoProduct(
        "Green controller case", 2400, stock: 48, "parts/robots", tags: "enclosure, electronics, vented", of: "PETG",
        PictureRecipe(.enclosure, .signalGreen, .red),
        """
        Fits a single-board computer and a motor hat, with room for wires. Vents on two sides, lid on four magnets. \
        110 × 90 × 60 mm.
        """),
      DemoProduct(
        "Grey sensor hub case", 2100, stock: 52, "parts/robots", tags: "enclosure, sensor, IP54", of: "ABS",
        PictureRecipe(.enclosure, .grey, .anodised),
        """
        Splash-proof, with two cable glands. 100 × 80 × 55 mm. The window is polycarbonate.
        """),
      DemoProduct(
        "Jog wheel knob", 950, stock: 95, "parts/robots", tags: "knob, encoder, 6 mm", of: "aluminium, rubber",
        PictureRecipe(.knob, .blackSteel, .white),
        """
        Forty millimetres across, knurled, with a white pointer. For 6 mm shafts with flat. It has the weight to spin \
        on.
        """),
    ])
}
