// SPDX-License-Identifier: GPL-3.0-or-later

/// What a shop's owners are told of a moderator's decision.
public struct SellerNotice: Codable, Sendable, Equatable {
  public enum Deed: String, WireEnum {
    case shopApproved = "shop_approved"
    case shopRejected = "shop_rejected"
    case shopSuspended = "shop_suspended"
    case shopReinstated = "shop_reinstated"
    case productApproved = "product_approved"
    case productRejected = "product_rejected"
    case changeApproved = "change_approved"
    case changeRejected = "change_rejected"
  }

  public var deed: Deed
  /// Of the product.
  public var title: String?
  public var reason: String?

  public init(_ deed: Deed, title: String? = nil, reason: String? = nil) {
    self.deed = deed
    self.title = title
    self.reason = reason
  }

  public init(_ kind: ModerationKind, _ outcome: ModerationOutcome, title: String?, reason: String?) {
    let deed: Deed =
      switch (kind, outcome) {
      case (.shop, .approved): .shopApproved
      case (.shop, .rejected): .shopRejected
      case (.product, .approved): .productApproved
      case (.product, .rejected): .productRejected
      case (.change, .approved): .changeApproved
      case (.change, .rejected): .changeRejected
      }
    self.init(deed, title: title, reason: reason)
  }
}

/// The mail that says so.
public struct SellerMessage: Sendable, Equatable {
  public var subject: String
  public var text: String

  public init(_ notice: SellerNotice, shop: String, in language: Language) {
    let what = notice.title.map { SellerMessage.quoted($0, in: language) } ?? SellerMessage.quoted(shop, in: language)
    let (subject, next) = SellerMessage.words(notice.deed, what, language)
    self.subject = subject
    text = [subject + ".", notice.reason, next].compactMap { $0 }.joined(separator: "\n\n")
  }

  private static func quoted(_ text: String, in language: Language) -> String {
    switch language {
    case .english: "“\(text)”"
    case .german: "„\(text)“"
    case .french: "« \(text) »"
    case .spanish: "«\(text)»"
    }
  }

  /// What has happened, and what can be done now.
  private static func words(_ deed: SellerNotice.Deed, _ what: String, _ language: Language) -> (String, String) {
    switch language {
    case .english: english(deed, what)
    case .german: german(deed, what)
    case .french: french(deed, what)
    case .spanish: spanish(deed, what)
    }
  }

  private static func english(_ deed: SellerNotice.Deed, _ what: String) -> (String, String) {
    switch deed {
    case .shopApproved: ("Your shop \(what) is open", "Buyers see it now.")
    case .shopRejected: ("Your shop \(what) is not open yet", "Change what is said above and submit it again.")
    case .shopSuspended: ("Your shop \(what) is suspended", "Buyers do not see it. Answer this mail to clear it up.")
    case .shopReinstated: ("Your shop \(what) is back", "Buyers see it again.")
    case .productApproved: ("\(what) is on sale", "Buyers see it now.")
    case .productRejected: ("\(what) is not on sale", "Change what is said above and put it on sale again.")
    case .changeApproved: ("The change of \(what) holds", "Buyers see it now.")
    case .changeRejected: ("The change of \(what) does not hold", "Buyers see the product as it was. Change it again.")
    }
  }

  private static func german(_ deed: SellerNotice.Deed, _ what: String) -> (String, String) {
    switch deed {
    case .shopApproved: ("Dein Laden \(what) ist offen", "Ab jetzt ist er zu sehen.")
    case .shopRejected:
      ("Dein Laden \(what) ist noch nicht offen", "Bitte ändere, was oben steht, und reiche ihn noch einmal ein.")
    case .shopSuspended:
      ("Dein Laden \(what) ist gesperrt", "Er ist nicht zu sehen. Antworte auf diese Nachricht, um es zu klären.")
    case .shopReinstated: ("Dein Laden \(what) ist wieder da", "Ab jetzt ist er wieder zu sehen.")
    case .productApproved: ("\(what) ist im Verkauf", "Ab jetzt ist es zu sehen.")
    case .productRejected:
      ("\(what) ist nicht im Verkauf", "Bitte ändere, was oben steht, und biete es noch einmal an.")
    case .changeApproved: ("Die Änderung an \(what) gilt", "Ab jetzt ist sie zu sehen.")
    case .changeRejected:
      ("Die Änderung an \(what) gilt nicht", "Zu sehen ist das Produkt, wie es war. Bitte ändere es noch einmal.")
    }
  }

  private static func french(_ deed: SellerNotice.Deed, _ what: String) -> (String, String) {
    switch deed {
    case .shopApproved: ("Votre boutique \(what) est ouverte", "Elle est visible dès maintenant.")
    case .shopRejected:
      (
        "Votre boutique \(what) n'est pas encore ouverte",
        "Modifiez ce qui est dit plus haut et soumettez-la à nouveau."
      )
    case .shopSuspended:
      ("Votre boutique \(what) est suspendue", "Elle n'est plus visible. Répondez à ce message pour en parler.")
    case .shopReinstated: ("Votre boutique \(what) est de retour", "Elle est de nouveau visible.")
    case .productApproved: ("\(what) est en vente", "L'article est visible dès maintenant.")
    case .productRejected:
      ("\(what) n'est pas en vente", "Modifiez ce qui est dit plus haut et remettez l'article en vente.")
    case .changeApproved: ("La modification de \(what) est acceptée", "Elle est visible dès maintenant.")
    case .changeRejected:
      ("La modification de \(what) est refusée", "L'article reste visible tel qu'il était. Modifiez-le à nouveau.")
    }
  }

  private static func spanish(_ deed: SellerNotice.Deed, _ what: String) -> (String, String) {
    switch deed {
    case .shopApproved: ("Su tienda \(what) está abierta", "Ya se puede ver.")
    case .shopRejected:
      ("Su tienda \(what) aún no está abierta", "Cambie lo que se dice arriba y envíela de nuevo.")
    case .shopSuspended:
      ("Su tienda \(what) está suspendida", "No se puede ver. Responda a este mensaje para aclararlo.")
    case .shopReinstated: ("Su tienda \(what) ha vuelto", "Ya se puede ver de nuevo.")
    case .productApproved: ("\(what) está a la venta", "Ya se puede ver.")
    case .productRejected: ("\(what) no está a la venta", "Cambie lo que se dice arriba y póngalo a la venta de nuevo.")
    case .changeApproved: ("El cambio de \(what) vale", "Ya se puede ver.")
    case .changeRejected: ("El cambio de \(what) no vale", "El producto se ve como estaba. Cámbielo de nuevo.")
    }
  }
}
