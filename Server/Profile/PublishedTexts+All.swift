// SPDX-License-Identifier: GPL-3.0-or-later
import Market

extension PublishedTexts {
  /// In the order of their publication.
  static let all: [Text] = [
    Text(
      kind: .terms, version: "2026-11",
      words: [
        .english: Words(
          title: "The terms of the market",
          text: """
            You buy from the makers; the market brings you together. Pay for what you order, deliver \
            what you sell, and describe it as it is. Accounts that are used to deceive are closed.
            """),
        .german: Words(
          title: "Die Bedingungen des Marktes",
          text: """
            Du kaufst bei den Herstellern; der Markt bringt euch zusammen. Bezahle, was du \
            bestellst, liefere, was du verkaufst, und beschreibe es, wie es ist. Konten, mit denen \
            getäuscht wird, werden geschlossen.
            """),
        .french: Words(
          title: "Les conditions du marché",
          text: """
            Vous achetez aux artisans ; le marché vous met en relation. Payez ce que vous commandez, \
            livrez ce que vous vendez et décrivez-le tel qu’il est. Les comptes qui servent à \
            tromper sont fermés.
            """),
        .spanish: Words(
          title: "Las condiciones del mercado",
          text: """
            Compras a los artesanos; el mercado os pone en contacto. Paga lo que pides, entrega lo \
            que vendes y descríbelo tal como es. Las cuentas que se usan para engañar se cierran.
            """),
      ]),
    Text(
      kind: .privacy, version: "2026-11",
      words: [
        .english: Words(
          title: "How personal data is handled",
          text: """
            The market keeps what it needs to bring buyers and makers together: contacts, addresses \
            and orders. Contacts and addresses are kept encrypted, nothing is sold, and a maker sees \
            what an order needs.
            """),
        .german: Words(
          title: "Wie mit persönlichen Daten umgegangen wird",
          text: """
            Der Markt bewahrt auf, was er braucht, um Käufer und Hersteller zusammenzubringen: \
            Kontakte, Adressen und Bestellungen. Kontakte und Adressen liegen verschlüsselt, nichts \
            wird verkauft, und ein Hersteller sieht, was eine Bestellung braucht.
            """),
        .french: Words(
          title: "Le traitement des données personnelles",
          text: """
            Le marché garde ce qu’il lui faut pour réunir acheteurs et artisans : coordonnées, \
            adresses et commandes. Coordonnées et adresses sont chiffrées, rien n’est vendu, et un \
            artisan voit ce qu’exige une commande.
            """),
        .spanish: Words(
          title: "Cómo se tratan los datos personales",
          text: """
            El mercado guarda lo que necesita para reunir a compradores y artesanos: contactos, \
            direcciones y pedidos. Contactos y direcciones se guardan cifrados, nada se vende y un \
            artesano ve lo que un pedido necesita.
            """),
      ]),
    Text(
      kind: .marketingEmail, version: "2026-11",
      words: [
        .english: Words(
          title: "News and offers by e-mail",
          text: """
            The market may write to your e-mail address about news and offers. You can withdraw this \
            at any time; messages about your orders come all the same.
            """),
        .german: Words(
          title: "Neuigkeiten und Angebote per E-Mail",
          text: """
            Der Markt darf dir an deine E-Mail-Adresse über Neuigkeiten und Angebote schreiben. Du \
            kannst das jederzeit widerrufen; Nachrichten zu deinen Bestellungen kommen trotzdem.
            """),
        .french: Words(
          title: "Nouveautés et offres par e-mail",
          text: """
            Le marché peut vous écrire à votre adresse e-mail au sujet de nouveautés et d’offres. \
            Vous pouvez retirer cet accord à tout moment ; les messages sur vos commandes arrivent \
            quand même.
            """),
        .spanish: Words(
          title: "Novedades y ofertas por correo electrónico",
          text: """
            El mercado puede escribirte a tu correo electrónico sobre novedades y ofertas. Puedes \
            retirarlo en cualquier momento; los mensajes sobre tus pedidos llegan igualmente.
            """),
      ]),
    Text(
      kind: .marketingSMS, version: "2026-11",
      words: [
        .english: Words(
          title: "News and offers by text message",
          text: """
            The market may send text messages about news and offers to your phone. You can withdraw \
            this at any time; messages about your orders come all the same.
            """),
        .german: Words(
          title: "Neuigkeiten und Angebote per SMS",
          text: """
            Der Markt darf dir SMS über Neuigkeiten und Angebote auf dein Telefon schicken. Du \
            kannst das jederzeit widerrufen; Nachrichten zu deinen Bestellungen kommen trotzdem.
            """),
        .french: Words(
          title: "Nouveautés et offres par SMS",
          text: """
            Le marché peut vous envoyer des SMS au sujet de nouveautés et d’offres. Vous pouvez \
            retirer cet accord à tout moment ; les messages sur vos commandes arrivent quand même.
            """),
        .spanish: Words(
          title: "Novedades y ofertas por SMS",
          text: """
            El mercado puede enviarte SMS sobre novedades y ofertas. Puedes retirarlo en cualquier \
            momento; los mensajes sobre tus pedidos llegan igualmente.
            """),
      ]),
    Text(
      kind: .personalisation, version: "2026-11",
      words: [
        .english: Words(
          title: "Suggestions from what you look at",
          text: """
            The market may remember which products you look at and make suggestions from that. You \
            can withdraw this at any time.
            """),
        .german: Words(
          title: "Vorschläge aus dem, was du ansiehst",
          text: """
            Der Markt darf sich merken, welche Produkte du ansiehst, und daraus Vorschläge machen. \
            Du kannst das jederzeit widerrufen.
            """),
        .french: Words(
          title: "Des suggestions d’après ce que vous regardez",
          text: """
            Le marché peut retenir quels produits vous regardez et en tirer des suggestions. Vous \
            pouvez retirer cet accord à tout moment.
            """),
        .spanish: Words(
          title: "Sugerencias a partir de lo que miras",
          text: """
            El mercado puede recordar qué productos miras y hacer sugerencias a partir de ello. \
            Puedes retirarlo en cualquier momento.
            """),
      ]),
  ]
}
