// SPDX-License-Identifier: GPL-3.0-or-later

/// What somebody is told when their account becomes known by another contact. The new one is shown just enough to be
/// recognised: whoever reads this may be a stranger by now.
public struct ContactMessage: Sendable, Equatable {
  public var subject: String
  public var text: String
  /// For a phone: one line.
  public var short: String

  public init(new: Contact, in language: Language) {
    let contact = new.masked
    switch language {
    case .english:
      let what = new.kind == .email ? "e-mail address" : "phone number"
      subject = "Your Souk account has a new \(what)"
      short = "Souk: your account is now known by \(contact). Not you? Tell the people who run this market at once."
      text = """
        Your Souk account is now known by the \(what) \(contact).

        If this was you, you need not do anything.
        If it was not, tell the people who run this market at once: they can give the account back to you.
        """
    case .german:
      let what = new.kind == .email ? "E-Mail-Adresse" : "Telefonnummer"
      subject = "Dein Souk-Konto hat eine neue \(what)"
      short =
        "Souk: Dein Konto ist jetzt unter \(contact) bekannt. Warst du das nicht? Melde dich sofort beim Betreiber."
      text = """
        Dein Souk-Konto ist jetzt unter der \(what) \(contact) bekannt.

        Wenn du das warst, musst du nichts tun.
        Wenn nicht, melde dich sofort bei denen, die diesen Markt betreiben: Sie können dir das Konto zurückgeben.
        """
    case .french:
      let what = new.kind == .email ? "une nouvelle adresse e-mail" : "un nouveau numéro de téléphone"
      subject = "Votre compte Souk a \(what)"
      short = "Souk : votre compte répond désormais à \(contact). Ce n'est pas vous ? Prévenez tout de suite ce marché."
      text = """
        Votre compte Souk a \(what) : \(contact).

        Si c'est vous, vous n'avez rien à faire.
        Sinon, prévenez tout de suite les responsables de ce marché : ils peuvent vous rendre le compte.
        """
    case .spanish:
      let what = new.kind == .email ? "una nueva dirección de correo" : "un nuevo número de teléfono"
      subject = "Su cuenta de Souk tiene \(what)"
      short = "Souk: su cuenta se conoce ahora por \(contact). ¿No ha sido usted? Avise enseguida a este mercado."
      text = """
        Su cuenta de Souk tiene \(what): \(contact).

        Si ha sido usted, no tiene que hacer nada.
        Si no, avise enseguida a quienes llevan este mercado: pueden devolverle la cuenta.
        """
    }
  }
}
