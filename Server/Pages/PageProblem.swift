// SPDX-License-Identifier: GPL-3.0-or-later
import Market

/// Why a page cannot be given, for people.
enum PageProblem: Error, Sendable, Equatable {
  case unreadable
  case noSuchPage
  case wrongMethod
  case tooLarge
  case noForm
  case tooMany
  /// The form's token is missing, foreign or of an older visit.
  case formIsOver
  /// Nobody waits with this code any more.
  case deviceIsOver
  case unavailable
  case failed
  /// What a provider, named first, brought.
  case providerAway(String)
  case providerNonsense(String)
  case providerDenied(String)
  case attemptIsOver(String)
  case emailUnproven(String)

  var status: Int {
    switch self {
    case .unreadable, .attemptIsOver: 400
    case .formIsOver, .providerDenied, .emailUnproven: 403
    case .noSuchPage: 404
    case .wrongMethod: 405
    case .deviceIsOver: 410
    case .tooLarge: 413
    case .noForm: 415
    case .tooMany: 429
    case .failed: 500
    case .providerNonsense: 502
    case .unavailable, .providerAway: 503
    }
  }

  /// Where to go on from here.
  var wayOut: PagePath {
    switch self {
    case .providerAway, .providerNonsense, .providerDenied, .attemptIsOver, .emailUnproven: .signIn
    default: .device
    }
  }

  var title: Phrase {
    switch self {
    case .unreadable, .noForm, .wrongMethod:
      Phrase(
        "This could not be read", "Das war nicht lesbar", "Cela n'a pas pu être lu", "Esto no se ha podido leer")
    case .noSuchPage: Phrase("Not found", "Nicht gefunden", "Introuvable", "No encontrado")
    case .tooLarge: Phrase("Too large", "Zu groß", "Trop grand", "Demasiado grande")
    case .tooMany: Phrase("Too many tries", "Zu viele Versuche", "Trop d'essais", "Demasiados intentos")
    case .formIsOver:
      Phrase(
        "This page is too old", "Diese Seite ist zu alt", "Cette page est trop ancienne",
        "Esta página es demasiado antigua")
    case .deviceIsOver:
      Phrase(
        "The device no longer waits", "Das Gerät wartet nicht mehr", "L'appareil n'attend plus",
        "El dispositivo ya no espera")
    case .unavailable:
      Phrase("Not available now", "Gerade nicht erreichbar", "Indisponible pour l'instant", "No disponible ahora")
    case .failed:
      Phrase(
        "Something failed here", "Hier ist etwas schiefgegangen", "Un problème est survenu ici", "Algo ha fallado aquí")
    case .providerAway(let name):
      Phrase(
        "\(name) does not answer", "\(name) antwortet nicht", "\(name) ne répond pas", "\(name) no responde")
    case .providerNonsense(let name), .attemptIsOver(let name):
      Phrase(
        "Signing in with \(name) did not work", "Die Anmeldung mit \(name) hat nicht geklappt",
        "La connexion avec \(name) n'a pas abouti", "No se ha podido entrar con \(name)")
    case .providerDenied(let name):
      Phrase(
        "You did not agree at \(name)", "Du hast bei \(name) nicht zugestimmt", "Vous n'avez pas accepté chez \(name)",
        "No ha aceptado en \(name)")
    case .emailUnproven(let name):
      Phrase(
        "\(name) does not vouch for your address", "\(name) bürgt nicht für deine Adresse",
        "\(name) ne garantit pas votre adresse", "\(name) no responde de su dirección")
    }
  }

  var detail: Phrase {
    switch self {
    case .unreadable, .wrongMethod, .noForm, .tooLarge:
      Phrase(
        "Your browser sent something that this page does not take. Begin again.",
        "Dein Browser hat etwas geschickt, was diese Seite nicht annimmt. Bitte neu beginnen.",
        "Votre navigateur a envoyé ce que cette page n'accepte pas. Recommencez.",
        "Su navegador ha enviado algo que esta página no acepta. Empiece de nuevo.")
    case .noSuchPage:
      Phrase(
        "There is no page at this address.", "Unter dieser Adresse gibt es keine Seite.",
        "Il n'y a pas de page à cette adresse.", "No hay ninguna página en esta dirección.")
    case .tooMany:
      Phrase(
        "Wait a few minutes, then try again.", "Bitte warte ein paar Minuten und versuche es dann noch einmal.",
        "Attendez quelques minutes, puis réessayez.", "Espere unos minutos y vuelva a intentarlo.")
    case .formIsOver:
      Phrase(
        "It was open for too long, came from elsewhere, or your browser keeps no cookies. Begin again.",
        "Sie war zu lange offen, kam von anderswo, oder dein Browser behält keine Cookies. Bitte neu beginnen.",
        "Elle est restée ouverte trop longtemps, vient d'ailleurs, ou votre navigateur refuse les cookies. Recommencez.",
        "Ha estado abierta demasiado tiempo, viene de otro sitio o su navegador no guarda cookies. Empiece de nuevo.")
    case .deviceIsOver:
      Phrase(
        "Its code is used or too old. Begin again on the device.",
        "Sein Code ist verbraucht oder zu alt. Bitte auf dem Gerät neu beginnen.",
        "Son code est utilisé ou trop ancien. Recommencez sur l'appareil.",
        "Su código está usado o es demasiado antiguo. Empiece de nuevo en el dispositivo.")
    case .unavailable:
      Phrase(
        "The market cannot answer at the moment. Try again shortly.",
        "Der Markt kann gerade nicht antworten. Bitte gleich noch einmal versuchen.",
        "Le marché ne peut pas répondre pour l'instant. Réessayez dans un moment.",
        "El mercado no puede responder en este momento. Inténtelo dentro de poco.")
    case .failed:
      Phrase(
        "This is our fault and has been recorded. Begin again.",
        "Das ist unser Fehler und wurde festgehalten. Bitte neu beginnen.",
        "C'est notre faute et elle a été notée. Recommencez.",
        "Es culpa nuestra y ha quedado registrado. Empiece de nuevo.")
    case .providerAway, .providerNonsense, .attemptIsOver, .providerDenied:
      Phrase(
        "Begin again, or sign in by a code instead.",
        "Beginne noch einmal, oder melde dich stattdessen mit einem Code an.",
        "Recommencez, ou connectez-vous plutôt par un code.",
        "Empiece de nuevo, o entre mediante un código.")
    case .emailUnproven:
      Phrase(
        "Only an e-mail address that it has checked opens an account here. Sign in by a code instead.",
        "Nur eine dort geprüfte E-Mail-Adresse öffnet hier ein Konto. Melde dich stattdessen mit einem Code an.",
        "Seule une adresse qu'il a vérifiée ouvre un compte ici. Connectez-vous plutôt par un code.",
        "Solo una dirección que haya comprobado abre una cuenta aquí. Entre mediante un código.")
    }
  }
}

extension PageProblem {
  /// The problem that an error makes for a browser.
  init(_ error: any Error) {
    if let problem = error as? PageProblem {
      self = problem
      return
    }
    if let failure = error as? ProviderFailure {
      self = failure.isAway ? .providerAway(failure.provider) : .providerNonsense(failure.provider)
      return
    }
    switch ProblemAnswer(error).code {
    case .tooManyRequests: self = .tooMany
    case .unavailable, .deadlineExceeded: self = .unavailable
    case .malformedRequest, .invalidInput: self = .unreadable
    case .internalFailure: self = .failed
    // The account of the visit is gone, or may no longer be used.
    default: self = .formIsOver
    }
  }

  var page: WebPage { page(wayOut) }

  /// For where nothing can be begun again.
  var endPage: WebPage { page(nil) }

  private func page(_ wayOut: PagePath?) -> WebPage {
    WebPage(status: status, title: title) { language in
      let button: Markup? = wayOut.map {
        "<p><a class=\"button\" href=\"\($0.text)\">\(Phrase.beginAgain[language])</a></p>"
      }
      return "<h1>\(title[language])</h1><p>\(detail[language])</p>\(button)"
    }
  }
}

extension Phrase {
  fileprivate static let beginAgain = Phrase("Begin again", "Neu beginnen", "Recommencer", "Empezar de nuevo")
}
