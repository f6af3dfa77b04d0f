// SPDX-License-Identifier: GPL-3.0-or-later
import Market

/// What storefronts say.
extension Phrase {
  static let forSale = Phrase("For sale", "Zu kaufen", "En vente", "En venta")
  static let nothingForSale = Phrase(
    "Nothing is for sale here at the moment.", "Hier gibt es gerade nichts zu kaufen.",
    "Rien n'est en vente ici pour le moment.", "Ahora mismo no hay nada en venta aquí.")
  static let more = Phrase("More", "Mehr", "Suite", "Más")
  static let share = Phrase("Pass it on:", "Weitersagen:", "Partager :", "Compartir:")
  static let storefrontFoot = Phrase(
    "Souk is a market for makers. Buy in the terminal with souk.",
    "Souk ist ein Markt für alle, die etwas machen. Gekauft wird im Terminal mit souk.",
    "Souk est un marché de créateurs. On achète dans le terminal avec souk.",
    "Souk es un mercado de artesanos. Se compra en la terminal con souk.")

  static func of(_ availability: Availability) -> Phrase {
    switch availability {
    case .inStock: Phrase("In stock", "Vorrätig", "En stock", "Disponible")
    case .low: Phrase("Only a few left", "Nur noch wenige", "Plus que quelques-uns", "Quedan pocos")
    case .soldOut: Phrase("Sold out", "Ausverkauft", "Épuisé", "Agotado")
    }
  }
}
