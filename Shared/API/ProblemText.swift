// SPDX-License-Identifier: GPL-3.0-or-later

extension ProblemCode {
  /// A title and what to do next.
  public struct Text: Sendable {
    public var title: String
    public var detail: String
    init(_ title: String, _ detail: String) {
      self.title = title
      self.detail = detail
    }
  }

  public func text(in language: Language) -> Text {
    switch language {
    case .english: english
    case .german: german
    case .french: french
    case .spanish: spanish
    }
  }

  private var english: Text {
    switch self {
    case .malformedRequest:
      Text("Malformed request", "The request could not be read. Mend what the errors name and send it again.")
    case .unauthenticated: Text("Sign in first", "This needs a valid access token in the Authorization header.")
    case .forbidden: Text("Not allowed", "You are signed in, but this is not yours to do.")
    case .notFound: Text("Not found", "There is nothing here, or it is not yours. Check the address.")
    case .methodNotAllowed: Text("Method not allowed", "Use one of the methods that the Allow header names.")
    case .notAcceptable: Text("Not acceptable", "This answer comes in another media type. Widen the Accept header.")
    case .conflict: Text("Conflict", "The thing has changed in a way that rules this out. Read it again.")
    case .slugTaken: Text("Address taken", "Another shop uses this address already. Choose another one.")
    case .skuTaken: Text("SKU taken", "Another product of this shop has this SKU already. Choose another one.")
    case .archivedAlready:
      Text("Archived already", "This product is archived already. Nothing needs to be done; restoring brings it back.")
    case .notArchived:
      Text("Not archived", "Only an archived product can be restored, and this one is not archived. Read it again.")
    case .wrongState:
      Text("Not from here", "Where this stands rules that out. Read it again to see what is possible.")
    case .decidedAlready: Text("Decided already", "This does not wait any more: it was decided or taken back.")
    case .claimedByAnother:
      Text(
        "Somebody is at it", "Another moderator works on this. Take another one, or wait until the claim has run out.")
    case .requestInProgress:
      Text("Still working", "A request with this Idempotency-Key is still running. Try again shortly.")
    case .gone: Text("Gone", "This was here and is no more.")
    case .positionGone:
      Text(
        "Position gone",
        "The feed has begun anew since this position. Read again what you keep, then go on without a position.")
    case .versionMismatch:
      Text("Changed meanwhile", "Somebody else has changed this. Read it again, then repeat your change.")
    case .contentTooLarge: Text("Too large", "The body is larger than this address takes.")
    case .unsupportedMediaType:
      Text("Unsupported media type", "Send the body in one of the types that the documentation names.")
    case .invalidInput: Text("Invalid input", "Mend the fields that the errors name and send it again.")
    case .idempotencyKeyReused:
      Text("Idempotency-Key reused", "This key belongs to another request. Use a new key for a new request.")
    case .invalidCursor:
      Text("Invalid cursor", "This cursor does not belong to this list. Start again without a cursor.")
    case .notAPicture: Text("Not a usable picture", "Send a whole JPEG, PNG or WebP picture within the size limits.")
    case .versionRequired: Text("Version required", "Name the version you saw in the If-Match header (its ETag).")
    case .tooManyRequests: Text("Too many requests", "Wait as long as the Retry-After header says, then go on.")
    case .headersTooLarge: Text("Headers too large", "Send fewer or shorter header fields.")
    case .internalFailure:
      Text(
        "Something failed here", "This is our fault and has been recorded. Quote the request id if you ask about it.")
    case .unavailable:
      Text("Not available now", "The service cannot answer at the moment. Try again as Retry-After says.")
    case .deadlineExceeded: Text("Took too long", "The answer was not ready in time. Try again shortly.")
    case .codeRefused: Text("Code refused", "This code is wrong, used up or too old. Check it, or ask for a new one.")
    case .sessionEnded: Text("Session ended", "This session is over. Sign in again.")
    case .secondFactorRequired:
      Text("Second factor needed", "Prove your second factor first: POST /me/two-factor/proofs.")
    case .twoFactorRequired: Text("Two-factor needed", "Turn two-factor on for your account before you do this.")
    case .stepUpRequired:
      Text(
        "Prove it is you", "This wants a second factor proven in the last five minutes. Prove it and repeat the call.")
    case .contactTaken:
      Text("Contact taken", "Another account is known by this contact. Sign in with it, or use another one.")
    case .addressBookFull: Text("Address book full", "You have fifty addresses. Remove one before you add another.")
    case .wishlistsFull: Text("Too many wishlists", "You have twenty wishlists. Remove one before you begin another.")
    case .wishlistFull:
      Text("Wishlist full", "This list holds two hundred products. Take one off before you add another.")
    case .notForKeys:
      Text(
        "Not for API keys", "No API key may do this. Sign in for it.")
    case .keyScopeMissing:
      Text(
        "Scope missing", "This API key lacks the scope that the call wants. Make a key that has it.")
    case .keysFull:
      Text(
        "Too many keys", "You have twenty API keys. Revoke one before you make another.")
    case .lastAdministrator:
      Text(
        "Last administrator", "Nobody else could make administrators then. Give somebody else the scope config first.")
    case .authorizationPending: Text("Not decided yet", "The person has not agreed yet. Ask again after the interval.")
    case .slowDown: Text("Slow down", "You ask too often. Wait five seconds longer between two questions.")
    case .accessDenied: Text("Denied", "The person has refused to sign this device in.")
    case .expiredToken: Text("Expired", "This device code is used up or too old. Begin again.")
    }
  }

  private var german: Text {
    switch self {
    case .malformedRequest:
      Text("Unlesbare Anfrage", "Die Anfrage war nicht lesbar. Bitte die genannten Fehler beheben und erneut senden.")
    case .unauthenticated:
      Text("Bitte anmelden", "Dafür braucht es ein gültiges Zugriffstoken im Authorization-Header.")
    case .forbidden: Text("Nicht erlaubt", "Du bist angemeldet, darfst das aber nicht tun.")
    case .notFound: Text("Nicht gefunden", "Hier ist nichts, oder es gehört dir nicht. Bitte die Adresse prüfen.")
    case .methodNotAllowed: Text("Methode nicht erlaubt", "Bitte eine der Methoden aus dem Allow-Header verwenden.")
    case .notAcceptable:
      Text(
        "Nicht annehmbar", "Diese Antwort gibt es nur in einem anderen Medientyp. Bitte den Accept-Header erweitern.")
    case .conflict:
      Text("Konflikt", "Der Gegenstand hat sich inzwischen so geändert, dass das nicht geht. Bitte neu lesen.")
    case .slugTaken: Text("Adresse vergeben", "Ein anderer Laden nutzt diese Adresse schon. Bitte eine andere wählen.")
    case .skuTaken:
      Text(
        "Artikelnummer vergeben", "Ein anderes Produkt dieses Ladens hat diese Nummer schon. Bitte eine andere wählen.")
    case .archivedAlready:
      Text(
        "Schon archiviert",
        "Dieses Produkt ist schon archiviert. Es ist nichts zu tun; wiederherstellen holt es zurück."
      )
    case .notArchived:
      Text(
        "Nicht archiviert",
        "Nur ein archiviertes Produkt lässt sich wiederherstellen, dieses ist keines. Bitte neu lesen.")
    case .wrongState:
      Text("Von hier aus nicht", "Der jetzige Stand lässt das nicht zu. Bitte neu lesen, was möglich ist.")
    case .decidedAlready:
      Text("Schon entschieden", "Das wartet nicht mehr: Es wurde entschieden oder zurückgenommen.")
    case .claimedByAnother:
      Text(
        "Schon in Arbeit",
        "Jemand anderes aus der Moderation arbeitet daran. Bitte etwas anderes nehmen oder warten, bis die Zeit abläuft."
      )
    case .requestInProgress:
      Text("Noch in Arbeit", "Eine Anfrage mit diesem Idempotency-Key läuft noch. Bitte gleich noch einmal versuchen.")
    case .gone: Text("Nicht mehr da", "Das war hier und ist es nicht mehr.")
    case .positionGone:
      Text(
        "Position nicht mehr gültig",
        "Der Strom der Ereignisse hat seither neu begonnen. Bitte alles neu lesen und ohne Position weitermachen.")
    case .versionMismatch:
      Text("Inzwischen geändert", "Jemand anderes hat das geändert. Bitte neu lesen und die Änderung wiederholen.")
    case .contentTooLarge: Text("Zu groß", "Der Inhalt ist größer, als diese Adresse annimmt.")
    case .unsupportedMediaType:
      Text("Medientyp nicht unterstützt", "Bitte einen der dokumentierten Medientypen senden.")
    case .invalidInput: Text("Ungültige Eingabe", "Bitte die genannten Felder verbessern und erneut senden.")
    case .idempotencyKeyReused:
      Text(
        "Idempotency-Key schon benutzt",
        "Dieser Schlüssel gehört zu einer anderen Anfrage. Bitte einen neuen verwenden.")
    case .invalidCursor:
      Text("Ungültiger Cursor", "Dieser Cursor gehört nicht zu dieser Liste. Bitte ohne Cursor neu beginnen.")
    case .notAPicture:
      Text("Kein brauchbares Bild", "Bitte ein vollständiges JPEG-, PNG- oder WebP-Bild in den Größengrenzen senden.")
    case .versionRequired: Text("Version fehlt", "Bitte die gesehene Version (ihr ETag) im If-Match-Header nennen.")
    case .tooManyRequests: Text("Zu viele Anfragen", "Bitte so lange warten, wie der Retry-After-Header sagt.")
    case .headersTooLarge: Text("Header zu groß", "Bitte weniger oder kürzere Header senden.")
    case .internalFailure:
      Text(
        "Hier ist etwas schiefgegangen",
        "Das ist unser Fehler und wurde festgehalten. Bei Rückfragen bitte die Anfragenummer nennen.")
    case .unavailable:
      Text(
        "Gerade nicht erreichbar", "Der Dienst kann gerade nicht antworten. Bitte nach Retry-After erneut versuchen.")
    case .deadlineExceeded:
      Text("Hat zu lange gedauert", "Die Antwort war nicht rechtzeitig fertig. Bitte gleich noch einmal versuchen.")
    case .codeRefused:
      Text("Code abgelehnt", "Dieser Code ist falsch, verbraucht oder zu alt. Bitte prüfen oder einen neuen anfordern.")
    case .sessionEnded: Text("Sitzung beendet", "Diese Sitzung ist vorbei. Bitte neu anmelden.")
    case .secondFactorRequired:
      Text("Zweiter Faktor nötig", "Bitte zuerst den zweiten Faktor nachweisen: POST /me/two-factor/proofs.")
    case .twoFactorRequired:
      Text("Zwei-Faktor nötig", "Bitte zuerst die Zwei-Faktor-Anmeldung für das Konto einschalten.")
    case .stepUpRequired:
      Text(
        "Bitte bestätigen",
        "Dafür muss der zweite Faktor in den letzten fünf Minuten nachgewiesen sein. Bitte nachweisen und wiederholen.")
    case .contactTaken:
      Text(
        "Kontakt vergeben",
        "Ein anderes Konto ist unter diesem Kontakt bekannt. Bitte damit anmelden oder einen anderen nehmen.")
    case .addressBookFull:
      Text("Adressbuch voll", "Du hast fünfzig Adressen. Bitte erst eine entfernen, dann eine neue anlegen.")
    case .wishlistsFull:
      Text("Zu viele Wunschlisten", "Du hast zwanzig Wunschlisten. Bitte erst eine entfernen, dann eine neue beginnen.")
    case .wishlistFull:
      Text("Wunschliste voll", "Auf dieser Liste stehen zweihundert Produkte. Bitte erst eines davon herunternehmen.")
    case .notForKeys:
      Text(
        "Nicht für API-Schlüssel", "Das darf kein API-Schlüssel. Bitte dafür anmelden.")
    case .keyScopeMissing:
      Text(
        "Berechtigung fehlt",
        "Diesem API-Schlüssel fehlt die nötige Berechtigung. Bitte einen Schlüssel anlegen, der sie hat.")
    case .keysFull:
      Text(
        "Zu viele Schlüssel", "Du hast zwanzig API-Schlüssel. Bitte erst einen widerrufen, dann einen neuen anlegen.")
    case .lastAdministrator:
      Text(
        "Letzte Verwaltung",
        "Dann könnte niemand mehr Rechte vergeben. Bitte zuerst jemand anderem das Recht config geben.")
    case .authorizationPending:
      Text("Noch nicht entschieden", "Die Person hat noch nicht zugestimmt. Bitte nach der Wartezeit erneut fragen.")
    case .slowDown: Text("Langsamer", "Die Fragen kommen zu schnell. Bitte fünf Sekunden länger warten.")
    case .accessDenied: Text("Abgelehnt", "Die Person hat die Anmeldung dieses Geräts abgelehnt.")
    case .expiredToken: Text("Abgelaufen", "Dieser Gerätecode ist verbraucht oder zu alt. Bitte neu beginnen.")
    }
  }

  private var french: Text {
    switch self {
    case .malformedRequest:
      Text("Requête illisible", "La requête n'a pas pu être lue. Corrigez les erreurs indiquées et renvoyez-la.")
    case .unauthenticated:
      Text("Connectez-vous", "Un jeton d'accès valide est nécessaire dans l'en-tête Authorization.")
    case .forbidden: Text("Non autorisé", "Vous êtes connecté, mais cette action ne vous revient pas.")
    case .notFound: Text("Introuvable", "Il n'y a rien ici, ou cela ne vous appartient pas. Vérifiez l'adresse.")
    case .methodNotAllowed: Text("Méthode non autorisée", "Utilisez une des méthodes de l'en-tête Allow.")
    case .notAcceptable:
      Text("Non acceptable", "Cette réponse existe dans un autre type de média. Élargissez l'en-tête Accept.")
    case .conflict: Text("Conflit", "L'élément a changé et ne permet plus cela. Relisez-le.")
    case .slugTaken: Text("Adresse déjà prise", "Une autre boutique utilise cette adresse. Choisissez-en une autre.")
    case .skuTaken:
      Text("Référence déjà prise", "Un autre produit de cette boutique porte cette référence. Choisissez-en une autre.")
    case .archivedAlready:
      Text("Déjà archivé", "Ce produit est déjà archivé. Il n'y a rien à faire ; le restaurer le ramène.")
    case .notArchived:
      Text("Non archivé", "Seul un produit archivé peut être restauré, et celui-ci ne l'est pas. Relisez-le.")
    case .wrongState:
      Text("Impossible d'ici", "L'état actuel ne permet pas cela. Relisez-le pour voir ce qui est possible.")
    case .decidedAlready:
      Text("Déjà décidé", "Cela n'attend plus : une décision a été prise, ou la demande a été retirée.")
    case .claimedByAnother:
      Text(
        "Déjà en cours", "Un autre modérateur s'en occupe. Prenez-en un autre, ou attendez que son délai soit écoulé.")
    case .requestInProgress:
      Text("En cours", "Une requête avec cette Idempotency-Key est en cours. Réessayez dans un instant.")
    case .gone: Text("Disparu", "Cela a existé ici et n'existe plus.")
    case .positionGone:
      Text(
        "Position disparue",
        "Le flux a recommencé depuis cette position. Relisez ce que vous gardez, puis reprenez sans position.")
    case .versionMismatch:
      Text("Modifié entre-temps", "Quelqu'un d'autre a modifié cet élément. Relisez-le puis refaites votre changement.")
    case .contentTooLarge: Text("Trop volumineux", "Le contenu dépasse ce que cette adresse accepte.")
    case .unsupportedMediaType:
      Text("Type de média non pris en charge", "Envoyez un des types indiqués dans la documentation.")
    case .invalidInput: Text("Saisie invalide", "Corrigez les champs indiqués et renvoyez la requête.")
    case .idempotencyKeyReused:
      Text("Idempotency-Key déjà utilisée", "Cette clé appartient à une autre requête. Prenez-en une nouvelle.")
    case .invalidCursor:
      Text("Curseur invalide", "Ce curseur n'appartient pas à cette liste. Recommencez sans curseur.")
    case .notAPicture:
      Text("Image inutilisable", "Envoyez une image JPEG, PNG ou WebP entière, dans les limites de taille.")
    case .versionRequired: Text("Version requise", "Indiquez la version vue (son ETag) dans l'en-tête If-Match.")
    case .tooManyRequests: Text("Trop de requêtes", "Attendez la durée indiquée par Retry-After, puis continuez.")
    case .headersTooLarge: Text("En-têtes trop longs", "Envoyez des en-têtes moins nombreux ou plus courts.")
    case .internalFailure:
      Text(
        "Une erreur est survenue ici",
        "C'est notre faute et c'est consigné. Citez le numéro de requête si vous nous écrivez.")
    case .unavailable: Text("Indisponible", "Le service ne peut pas répondre. Réessayez selon Retry-After.")
    case .deadlineExceeded: Text("Trop long", "La réponse n'était pas prête à temps. Réessayez dans un instant.")
    case .codeRefused:
      Text("Code refusé", "Ce code est faux, déjà utilisé ou trop ancien. Vérifiez-le ou demandez-en un autre.")
    case .sessionEnded: Text("Session terminée", "Cette session est finie. Connectez-vous de nouveau.")
    case .secondFactorRequired:
      Text("Second facteur requis", "Prouvez d'abord votre second facteur : POST /me/two-factor/proofs.")
    case .twoFactorRequired:
      Text("Double authentification requise", "Activez d'abord la double authentification de votre compte.")
    case .stepUpRequired:
      Text(
        "Confirmez votre identité",
        "Il faut un second facteur prouvé depuis moins de cinq minutes. Prouvez-le puis recommencez.")
    case .contactTaken:
      Text("Contact déjà pris", "Un autre compte utilise ce contact. Connectez-vous avec, ou prenez-en un autre.")
    case .addressBookFull:
      Text("Carnet d'adresses plein", "Vous avez cinquante adresses. Supprimez-en une avant d'en ajouter une autre.")
    case .wishlistsFull:
      Text("Trop de listes", "Vous avez vingt listes d'envies. Supprimez-en une avant d'en commencer une autre.")
    case .wishlistFull:
      Text("Liste pleine", "Cette liste contient deux cents produits. Retirez-en un avant d'en ajouter un autre.")
    case .notForKeys:
      Text(
        "Pas pour les clés d'API", "Aucune clé d'API ne peut faire cela. Connectez-vous.")
    case .keyScopeMissing:
      Text(
        "Portée manquante", "Il manque à cette clé d'API la portée nécessaire. Créez une clé qui l'a.")
    case .keysFull:
      Text(
        "Trop de clés", "Vous avez vingt clés d'API. Révoquez-en une avant d'en créer une autre.")
    case .lastAdministrator:
      Text(
        "Dernier administrateur",
        "Plus personne ne pourrait nommer d'administrateurs. Donnez d'abord la portée config à quelqu'un d'autre.")
    case .authorizationPending:
      Text("Pas encore décidé", "La personne n'a pas encore accepté. Redemandez après l'intervalle.")
    case .slowDown:
      Text("Ralentissez", "Vous demandez trop souvent. Attendez cinq secondes de plus entre deux demandes.")
    case .accessDenied: Text("Refusé", "La personne a refusé de connecter cet appareil.")
    case .expiredToken: Text("Expiré", "Ce code d'appareil est utilisé ou trop ancien. Recommencez.")
    }
  }

  private var spanish: Text {
    switch self {
    case .malformedRequest:
      Text("Petición ilegible", "No se pudo leer la petición. Corrija los errores indicados y envíela otra vez.")
    case .unauthenticated: Text("Inicie sesión", "Hace falta un token de acceso válido en la cabecera Authorization.")
    case .forbidden: Text("No permitido", "Ha iniciado sesión, pero esto no le corresponde.")
    case .notFound: Text("No encontrado", "Aquí no hay nada, o no es suyo. Compruebe la dirección.")
    case .methodNotAllowed: Text("Método no permitido", "Use uno de los métodos de la cabecera Allow.")
    case .notAcceptable: Text("No aceptable", "Esta respuesta existe en otro tipo de medio. Amplíe la cabecera Accept.")
    case .conflict: Text("Conflicto", "El elemento ha cambiado y ya no permite esto. Léalo de nuevo.")
    case .slugTaken: Text("Dirección ocupada", "Otra tienda ya usa esta dirección. Elija otra.")
    case .skuTaken: Text("Referencia ocupada", "Otro producto de esta tienda ya tiene esta referencia. Elija otra.")
    case .archivedAlready:
      Text("Ya archivado", "Este producto ya está archivado. No hay nada que hacer; restaurarlo lo trae de vuelta.")
    case .notArchived:
      Text("No archivado", "Solo se puede restaurar un producto archivado, y este no lo está. Léalo de nuevo.")
    case .wrongState:
      Text("Desde aquí no", "El estado actual no lo permite. Léalo de nuevo para ver qué es posible.")
    case .decidedAlready: Text("Ya decidido", "Esto ya no espera: se ha decidido o se ha retirado.")
    case .claimedByAnother:
      Text("Ya hay alguien", "Otro moderador trabaja en ello. Tome otro, o espere a que se agote su plazo.")
    case .requestInProgress:
      Text("Aún en curso", "Una petición con esta Idempotency-Key sigue en curso. Inténtelo en breve.")
    case .gone: Text("Ya no existe", "Esto estuvo aquí y ya no está.")
    case .positionGone:
      Text(
        "Posición perdida",
        "El flujo ha empezado de nuevo desde esta posición. Lea otra vez lo que guarda y siga sin posición.")
    case .versionMismatch:
      Text("Cambiado entretanto", "Otra persona lo ha cambiado. Léalo de nuevo y repita su cambio.")
    case .contentTooLarge: Text("Demasiado grande", "El contenido supera lo que admite esta dirección.")
    case .unsupportedMediaType: Text("Tipo de medio no admitido", "Envíe uno de los tipos que indica la documentación.")
    case .invalidInput: Text("Datos no válidos", "Corrija los campos indicados y envíe la petición otra vez.")
    case .idempotencyKeyReused: Text("Idempotency-Key repetida", "Esta clave pertenece a otra petición. Use una nueva.")
    case .invalidCursor: Text("Cursor no válido", "Este cursor no es de esta lista. Empiece de nuevo sin cursor.")
    case .notAPicture:
      Text("Imagen no utilizable", "Envíe una imagen JPEG, PNG o WebP completa, dentro de los límites.")
    case .versionRequired: Text("Falta la versión", "Indique la versión vista (su ETag) en la cabecera If-Match.")
    case .tooManyRequests: Text("Demasiadas peticiones", "Espere lo que indica Retry-After y continúe.")
    case .headersTooLarge: Text("Cabeceras demasiado largas", "Envíe menos cabeceras o más cortas.")
    case .internalFailure:
      Text("Algo falló aquí", "Es culpa nuestra y ha quedado registrado. Cite el número de petición si pregunta.")
    case .unavailable: Text("No disponible", "El servicio no puede responder ahora. Inténtelo según Retry-After.")
    case .deadlineExceeded: Text("Tardó demasiado", "La respuesta no llegó a tiempo. Inténtelo en breve.")
    case .codeRefused:
      Text("Código rechazado", "Este código es erróneo, ya se usó o es demasiado antiguo. Compruébelo o pida otro.")
    case .sessionEnded: Text("Sesión terminada", "Esta sesión ha acabado. Inicie sesión de nuevo.")
    case .secondFactorRequired:
      Text("Falta el segundo factor", "Demuestre antes su segundo factor: POST /me/two-factor/proofs.")
    case .twoFactorRequired:
      Text("Falta la verificación en dos pasos", "Active antes la verificación en dos pasos de su cuenta.")
    case .stepUpRequired:
      Text(
        "Confirme que es usted",
        "Hace falta un segundo factor demostrado en los últimos cinco minutos. Demuéstrelo y repita la petición.")
    case .contactTaken: Text("Contacto ocupado", "Otra cuenta usa este contacto. Inicie sesión con él o use otro.")
    case .addressBookFull:
      Text("Libreta de direcciones llena", "Tiene cincuenta direcciones. Elimine una antes de añadir otra.")
    case .wishlistsFull:
      Text("Demasiadas listas", "Tiene veinte listas de deseos. Elimine una antes de empezar otra.")
    case .wishlistFull:
      Text("Lista llena", "Esta lista tiene doscientos productos. Quite uno antes de añadir otro.")
    case .notForKeys:
      Text(
        "No para claves de API", "Ninguna clave de API puede hacer esto. Inicie sesión.")
    case .keyScopeMissing:
      Text(
        "Falta el permiso", "A esta clave de API le falta el permiso necesario. Cree una que lo tenga.")
    case .keysFull:
      Text(
        "Demasiadas claves", "Tiene veinte claves de API. Revoque una antes de crear otra.")
    case .lastAdministrator:
      Text(
        "Último administrador", "Nadie más podría nombrar administradores. Dé antes el permiso config a otra persona.")
    case .authorizationPending:
      Text("Aún sin decidir", "La persona todavía no ha aceptado. Pregunte de nuevo tras el intervalo.")
    case .slowDown: Text("Más despacio", "Pregunta demasiado a menudo. Espere cinco segundos más entre preguntas.")
    case .accessDenied: Text("Denegado", "La persona ha rechazado iniciar sesión en este dispositivo.")
    case .expiredToken:
      Text("Caducado", "Este código de dispositivo ya se usó o es demasiado antiguo. Empiece de nuevo.")
    }
  }
}
