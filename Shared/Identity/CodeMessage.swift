// SPDX-License-Identifier: GPL-3.0-or-later

/// What a one-time code is sent with.
public struct CodeMessage: Sendable, Equatable {
  public var subject: String
  public var text: String

  /// For a mail: the code first, because previews show the beginning.
  public init(code: String, in language: Language) {
    let minutes = CodeChallenge.lifetimeSeconds / 60
    switch language {
    case .english:
      subject = "\(code) is your Souk code"
      text = """
        \(code) is your code to sign in to Souk.

        It works once and for \(minutes) minutes. Nobody from Souk will ask you for it.
        If you did not ask for it, you need not do anything.
        """
    case .german:
      subject = "\(code) ist dein Souk-Code"
      text = """
        \(code) ist dein Code für die Anmeldung bei Souk.

        Er gilt einmal und \(minutes) Minuten lang. Niemand von Souk wird dich danach fragen.
        Falls du ihn nicht angefordert hast, musst du nichts tun.
        """
    case .french:
      subject = "\(code) est votre code Souk"
      text = """
        \(code) est votre code de connexion à Souk.

        Il sert une seule fois, pendant \(minutes) minutes. Personne de Souk ne vous le demandera.
        Si vous ne l'avez pas demandé, vous n'avez rien à faire.
        """
    case .spanish:
      subject = "\(code) es su código de Souk"
      text = """
        \(code) es su código para iniciar sesión en Souk.

        Sirve una sola vez y durante \(minutes) minutos. Nadie de Souk se lo pedirá.
        Si no lo ha pedido, no tiene que hacer nada.
        """
    }
  }

  /// For a phone: one line.
  public static func short(code: String, in language: Language) -> String {
    CodeMessage(code: code, in: language).text.split(separator: "\n").first.map(String.init) ?? code
  }
}
