// SPDX-License-Identifier: GPL-3.0-or-later

// The map of this folder:
//   PictureRecipe    what is to be drawn, in which paints
//   ProductPicture   the whole drawing: ground, shadow, motif
//   Brush            the fills and outlines the motifs share
//   Motifs+…         one function a thing, on a square of 400 × 400 units

/// Makes the SVG drawing of a demo product.
struct ProductPicture: Sendable {
  let recipe: PictureRecipe
  /// Picks one of the grounds, so that a shop's products differ.
  var variant = 0

  var svg: String {
    let brush = Brush(recipe)
    let ground = self.ground
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">
      <defs>
      <radialGradient id="g" cx="0.5" cy="0.42" r="0.75"><stop offset="0" stop-color="\(ground.lighter(0.22).css)"/>\
      <stop offset="1" stop-color="\(ground.darker(0.16).css)"/></radialGradient>
      <radialGradient id="h"><stop offset="0" stop-color="#000" stop-opacity="0.42"/>\
      <stop offset="1" stop-color="#000" stop-opacity="0"/></radialGradient>
      \(brush.definitions)
      </defs>
      <rect width="400" height="400" fill="url(#g)"/>
      <ellipse cx="200" cy="348" rx="165" ry="26" fill="url(#h)"/>
      \(brush.drawing)
      </svg>
      """
  }

  /// Dark behind bright things and bright behind dark ones, so that the shape reads in a few characters.
  private var ground: Paint {
    let bright = [Paint(0xEFE6D8), Paint(0xE3E8EA), Paint(0xEBE3E0), Paint(0xE4E9DC)]
    let dark = [Paint(0x3C5560), Paint(0x54485C), Paint(0x4B5A48), Paint(0x5E4A42)]
    let grounds = recipe.main.brightness > 0.56 ? dark : bright
    return grounds[variant % grounds.count]
  }
}
