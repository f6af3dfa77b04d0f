// SPDX-License-Identifier: GPL-3.0-or-later

// The map of this folder:
//   DemoMarket    every demo shop, and the tree of categories
//   DemoShop      a shop and its products, as plain data
//   Shops/        one file a group of crafts
//   Pictures/     drawings that stand in for photographs

/// A whole market to look at: invented shops and things, the same every time.
enum DemoMarket {
  static let shops: [DemoShop] =
    jewelleryShops + ceramicsShops + weavingShops + clothingShops + leatherShops + musicShops + householdShops
    + paperShops + woodShops + kitchenShops + machineShops + cyclingShops

  /// Paths with their titles; parents come before their children.
  static let categories: [DemoCategory] = [
    DemoCategory("jewellery", "Jewellery"), DemoCategory("jewellery/rings", "Rings"),
    DemoCategory("jewellery/bracelets", "Bracelets"), DemoCategory("jewellery/necklaces", "Necklaces"),
    DemoCategory("jewellery/earrings", "Earrings"), DemoCategory("ceramics", "Ceramics"),
    DemoCategory("ceramics/bowls", "Bowls"), DemoCategory("ceramics/mugs", "Mugs and teapots"),
    DemoCategory("ceramics/vases", "Vases and planters"), DemoCategory("ceramics/plates", "Plates"),
    DemoCategory("ceramics/tiles", "Tiles"), DemoCategory("textiles", "Textiles"),
    DemoCategory("textiles/scarves", "Scarves"), DemoCategory("textiles/blankets", "Blankets"),
    DemoCategory("textiles/rugs", "Rugs"), DemoCategory("textiles/cushions", "Cushions"),
    DemoCategory("clothing", "Clothing"), DemoCategory("clothing/sweaters", "Sweaters"),
    DemoCategory("clothing/socks", "Socks"), DemoCategory("clothing/hats", "Hats and mittens"),
    DemoCategory("leather", "Leather"), DemoCategory("leather/bags", "Bags"),
    DemoCategory("leather/belts", "Belts"), DemoCategory("leather/wallets", "Wallets"),
    DemoCategory("music", "Instruments"), DemoCategory("music/guitars", "Guitars and ukuleles"),
    DemoCategory("music/violins", "Violins"), DemoCategory("home", "Home"), DemoCategory("home/glass", "Glass"),
    DemoCategory("home/soap", "Soap"), DemoCategory("home/candles", "Candles"),
    DemoCategory("home/baskets", "Baskets"), DemoCategory("paper", "Paper"),
    DemoCategory("paper/notebooks", "Notebooks"), DemoCategory("paper/prints", "Prints"),
    DemoCategory("kitchen", "Kitchen"), DemoCategory("kitchen/knives", "Knives"),
    DemoCategory("kitchen/wood", "Turned and carved"), DemoCategory("kitchen/honey", "Honey"),
    DemoCategory("toys", "Toys"), DemoCategory("parts", "Parts"),
    DemoCategory("parts/gears", "Gears and pulleys"), DemoCategory("parts/bearings", "Bearings"),
    DemoCategory("parts/brackets", "Brackets and mounts"), DemoCategory("parts/fasteners", "Fasteners and springs"),
    DemoCategory("parts/robots", "Robot parts"), DemoCategory("bicycles", "Bicycles"),
    DemoCategory("bicycles/drivetrain", "Drivetrain"), DemoCategory("bicycles/wheels", "Wheels"),
    DemoCategory("bicycles/fittings", "Saddles, bars and bells"),
  ]
}

/// A place in the tree of categories.
struct DemoCategory: Sendable, Hashable {
  /// Slugs from the root, joined by slashes.
  var path: String
  var title: String

  init(_ path: String, _ title: String) {
    self.path = path
    self.title = title
  }
}
