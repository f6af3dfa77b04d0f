// SPDX-License-Identifier: GPL-3.0-or-later

/// What the pages say.
extension Phrase {
  static let goOn = Phrase("Continue", "Weiter", "Continuer", "Continuar")
  static let code = Phrase("Code", "Code", "Code", "Código")

  // MARK: The device

  static let deviceTitle = Phrase(
    "Sign in a device", "Ein Gerät anmelden", "Connecter un appareil", "Conectar un dispositivo")
  static let deviceLead = Phrase(
    "Enter the code that your device shows.", "Gib den Code ein, den dein Gerät zeigt.",
    "Saisissez le code que votre appareil affiche.", "Escriba el código que muestra su dispositivo.")
  static let deviceCheck = Phrase(
    "Does your device show exactly this code?", "Zeigt dein Gerät genau diesen Code?",
    "Votre appareil affiche-t-il exactement ce code ?", "¿Muestra su dispositivo exactamente este código?")
  static let deviceUnknown = Phrase(
    "No device is waiting with this code. It may be mistyped, used up or too old.",
    "Mit diesem Code wartet kein Gerät. Er ist vielleicht vertippt, verbraucht oder zu alt.",
    "Aucun appareil n'attend avec ce code. Il est peut-être mal saisi, déjà utilisé ou trop ancien.",
    "Ningún dispositivo espera con este código. Puede estar mal escrito, usado o ser demasiado antiguo.")

  // MARK: Signing in

  static let signInTitle = Phrase("Sign in", "Anmelden", "Se connecter", "Iniciar sesión")
  static let signInLead = Phrase(
    "There are no passwords here: we send you a code.", "Hier gibt es keine Passwörter: Wir schicken dir einen Code.",
    "Il n'y a pas de mot de passe ici : nous vous envoyons un code.",
    "Aquí no hay contraseñas: le enviamos un código.")
  static let contact = Phrase(
    "E-mail address or phone number", "E-Mail-Adresse oder Telefonnummer",
    "Adresse e-mail ou numéro de téléphone", "Correo electrónico o número de teléfono")
  static let sendCode = Phrase("Send me a code", "Code senden", "Envoyer un code", "Enviar un código")
  static let contactUnusable = Phrase(
    "Use an e-mail address such as ines@example.org, or a phone number with its country such as +351 212 345 678.",
    "Bitte eine E-Mail-Adresse wie ines@example.org oder eine Telefonnummer mit Landesvorwahl wie +351 212 345 678.",
    "Indiquez une adresse comme ines@example.org ou un numéro avec son pays comme +351 212 345 678.",
    "Indique una dirección como ines@example.org o un número con su país como +351 212 345 678.")
  static let or = Phrase("or", "oder", "ou", "o")

  static func with(_ provider: String) -> Phrase {
    Phrase(
      "Continue with \(provider)", "Weiter mit \(provider)", "Continuer avec \(provider)", "Continuar con \(provider)")
  }

  static let codeTitle = Phrase("Enter the code", "Code eingeben", "Saisir le code", "Introducir el código")

  static func codeLead(_ contact: String) -> Phrase {
    Phrase(
      "We have sent a code of six digits to \(contact). It works once and for ten minutes.",
      "Wir haben einen Code aus sechs Ziffern an \(contact) geschickt. Er gilt einmal und zehn Minuten lang.",
      "Nous avons envoyé un code de six chiffres à \(contact). Il sert une fois, pendant dix minutes.",
      "Hemos enviado un código de seis cifras a \(contact). Sirve una vez y durante diez minutos.")
  }

  static let codeRefused = Phrase(
    "This code is wrong, used up or too old.", "Dieser Code ist falsch, verbraucht oder zu alt.",
    "Ce code est faux, déjà utilisé ou trop ancien.", "Este código es incorrecto, está usado o es demasiado antiguo.")
  static let codeAgain = Phrase(
    "Send another code", "Einen neuen Code senden", "Envoyer un autre code", "Enviar otro código")

  static let secondFactorTitle = Phrase("Second step", "Zweiter Schritt", "Deuxième étape", "Segundo paso")
  static let secondFactorLead = Phrase(
    "Enter the code of your authenticator, or one of your recovery codes.",
    "Gib den Code deiner Authenticator-App ein oder einen deiner Wiederherstellungscodes.",
    "Saisissez le code de votre application d'authentification ou l'un de vos codes de secours.",
    "Escriba el código de su aplicación de autenticación o uno de sus códigos de recuperación.")

  // MARK: Consent

  static let consentTitle = Phrase(
    "Sign in this device?", "Dieses Gerät anmelden?", "Connecter cet appareil ?", "¿Conectar este dispositivo?")
  static let device = Phrase("Device", "Gerät", "Appareil", "Dispositivo")
  static let account = Phrase("As", "Als", "En tant que", "Como")
  static let consentWarning = Phrase(
    "Agree only if you have just begun this yourself and the device shows this code. Whoever holds it can then act in your name.",
    "Stimme nur zu, wenn du das gerade selbst begonnen hast und das Gerät diesen Code zeigt. Wer es hat, kann dann in deinem Namen handeln.",
    "N'acceptez que si vous venez de commencer ceci vous-même et que l'appareil affiche ce code. Qui le tient pourra agir en votre nom.",
    "Acepte solo si acaba de empezar esto usted mismo y el dispositivo muestra este código. Quien lo tenga podrá actuar en su nombre."
  )
  static let agree = Phrase("Yes, sign it in", "Ja, anmelden", "Oui, le connecter", "Sí, conectarlo")
  static let refuse = Phrase("No, refuse it", "Nein, ablehnen", "Non, refuser", "No, rechazarlo")
  static let anotherAccount = Phrase(
    "Use another account", "Ein anderes Konto verwenden", "Utiliser un autre compte", "Usar otra cuenta")

  // MARK: The end

  static let agreedTitle = Phrase(
    "The device is signed in", "Das Gerät ist angemeldet", "L'appareil est connecté", "El dispositivo está conectado")
  static let agreedLead = Phrase(
    "It goes on by itself in a moment. You can close this page.",
    "Es macht gleich von selbst weiter. Du kannst diese Seite schließen.",
    "Il continue de lui-même dans un instant. Vous pouvez fermer cette page.",
    "Seguirá solo en un momento. Puede cerrar esta página.")
  static let refusedTitle = Phrase(
    "The device was refused", "Das Gerät wurde abgelehnt", "L'appareil a été refusé", "El dispositivo fue rechazado")
  static let refusedLead = Phrase(
    "It gets nothing, and its code no longer works. You can close this page.",
    "Es bekommt nichts, und sein Code gilt nicht mehr. Du kannst diese Seite schließen.",
    "Il n'obtient rien et son code ne sert plus. Vous pouvez fermer cette page.",
    "No obtiene nada y su código ya no sirve. Puede cerrar esta página.")
}
