// SPDX-License-Identifier: GPL-3.0-or-later

/// The answer that each endpoint gives to each walker who asks for the owner's things. Read every change of a row as a
/// change of who may do what.
enum AccessTable {
  static let rows: [String: [Walker: Int]] = {
    var lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    let walkers = lines.removeFirst().dropFirst().compactMap(Walker.init(rawValue:))
    return Dictionary(
      uniqueKeysWithValues: lines.map { line in
        (line[0], Dictionary(uniqueKeysWithValues: zip(walkers, line.dropFirst().compactMap { Int($0) })))
      })
  }()

  /// A row as it stands in the table.
  static func row(_ name: String, _ statuses: [Walker: Int]) -> String {
    let cells = Walker.allCases.map { walker in
      let status = String(statuses[walker] ?? 0)
      return status + String(repeating: " ", count: max(1, walker.rawValue.count + 1 - status.count))
    }
    return name + String(repeating: " ", count: max(1, 34 - name.count)) + cells.joined()
  }

  private static let text = """
    endpoint                          nobody buyer owner rival owing stale bare admin support guest key narrow
    identity.confirm_two_factor       401    409   409   409   403   409   409  409   409     401   403 403
    identity.end_two_factor           401    409   409   409   403   403   403  409   409     401   403 403
    identity.enrol_two_factor         401    200   200   200   403   200   200  200   200     401   403 403
    identity.me                       401    200   200   200   200   200   200  200   200     401   403 403
    identity.prove_second_factor      401    422   422   422   422   422   422  422   422     401   403 403
    identity.providers                200    200   200   200   200   200   200  200   200     200   200 200
    identity.redeem_code              422    422   422   422   422   422   422  422   422     422   422 422
    identity.redeem_device            400    400   400   400   400   400   400  400   400     400   400 400
    identity.refresh                  401    401   401   401   401   401   401  401   401     401   401 401
    identity.renew_recovery_codes     401    409   409   409   403   403   403  409   409     401   403 403
    identity.request_code             202    202   202   202   202   202   202  202   202     202   202 202
    identity.request_device           200    200   200   200   200   200   200  200   200     200   200 200
    identity.revoke_other_sessions    401    204   204   204   403   204   204  204   204     401   403 403
    identity.revoke_session           401    404   204   404   403   204   404  404   404     401   403 403
    identity.sessions                 401    200   200   200   200   200   200  200   200     401   403 403
    identity.sign_out                 401    204   204   204   204   204   204  204   204     401   403 403
    identity.two_factor               401    200   200   200   200   200   200  200   200     401   403 403
    profile.edit                      401    200   200   200   403   200   200  200   200     401   403 403
    profile.show                      401    200   200   200   403   200   200  200   200     401   403 403
    contacts.list                     401    200   200   200   403   200   200  200   200     401   403 403
    contacts.replace                  401    422   422   422   403   403   403  422   422     401   403 403
    addresses.add                     401    201   201   201   403   201   201  201   201     401   403 403
    addresses.edit                    401    404   200   404   403   200   404  404   404     401   403 403
    addresses.list                    401    200   200   200   403   200   200  200   200     401   403 403
    addresses.remove                  401    404   204   404   403   204   404  404   404     401   403 403
    addresses.show                    401    404   200   404   403   200   404  404   404     401   403 403
    consents.list                     401    200   200   200   403   200   200  200   200     401   403 403
    consents.record                   401    200   200   200   403   200   200  200   200     401   403 403
    consents.texts                    200    200   200   200   200   200   200  200   200     200   200 200
    wishlists.create                  401    201   201   201   403   201   201  201   201     401   403 403
    wishlists.edit                    401    404   200   404   403   200   404  404   404     401   403 403
    wishlists.list                    401    200   200   200   403   200   200  200   200     401   403 403
    wishlists.remove                  401    404   204   404   403   204   404  404   404     401   403 403
    wishlists.shared                  200    200   200   200   200   200   200  200   200     200   200 200
    wishes.add                        401    200   200   200   403   200   200  200   200     401   403 403
    wishes.list                       401    404   200   404   403   200   404  404   404     401   403 403
    wishes.remove                     401    204   204   204   403   204   204  204   204     401   403 403
    views.clear                       401    204   204   204   403   204   204  204   204     401   403 403
    views.list                        401    200   200   200   403   200   200  200   200     401   403 403
    views.report                      401    200   200   200   403   200   200  200   200     401   403 403
    keys.create                       401    422   201   422   403   403   403  422   422     401   403 403
    keys.current                      401    403   403   403   403   403   403  403   403     401   200 200
    keys.list                         401    200   200   200   403   200   200  200   200     401   403 403
    keys.revoke                       401    404   204   404   403   204   404  404   404     401   403 403
    guests.begin                      201    201   201   201   201   201   201  201   201     201   201 201
    guests.me                         401    401   401   401   401   401   401  401   401     200   401 401
    shops.edit                        401    404   200   404   403   200   404  404   404     401   200 403
    shops.list                        200    200   200   200   200   200   200  200   200     200   200 200
    shops.open                        401    409   409   409   403   409   409  409   409     401   403 403
    shops.storefront                  200    200   200   200   200   200   200  200   200     200   200 200
    shops.show                        200    200   200   200   200   200   200  200   200     200   200 200
    shops.standing                    401    404   200   404   403   200   404  404   404     401   200 403
    shops.submit                      401    404   409   404   403   409   404  404   404     401   403 403
    shops.withdraw                    401    404   409   404   403   409   404  404   404     401   403 403
    catalogue.archive                 401    404   200   404   403   200   404  404   404     401   200 403
    catalogue.categories              200    200   200   200   200   200   200  200   200     200   200 200
    catalogue.completions             200    200   200   200   200   200   200  200   200     200   200 200
    catalogue.compare                 200    200   200   200   200   200   200  200   200     200   200 200
    catalogue.create                  401    422   201   422   403   201   422  422   422     401   201 403
    catalogue.edit                    401    404   200   404   403   200   404  404   404     401   200 403
    catalogue.facets                  200    200   200   200   200   200   200  200   200     200   200 200
    catalogue.of_shop                 401    404   200   404   403   200   404  404   404     401   200 403
    catalogue.proposal                401    404   200   404   403   200   404  404   404     401   200 403
    catalogue.withdraw_proposal       401    404   204   404   403   204   404  404   404     401   204 403
    catalogue.restore                 401    404   409   404   403   409   404  404   404     401   409 403
    catalogue.search                  200    200   200   200   200   200   200  200   200     200   200 200
    catalogue.show                    404    404   200   404   404   200   404  200   404     404   200 404
    photos.replace                    401    404   200   404   403   200   404  404   404     401   200 403
    photos.show                       404    404   404   404   404   404   404  404   404     404   404 404
    moderation.list                   401    403   403   403   403   403   403  200   403     401   403 403
    moderation.counts                 401    403   403   403   403   403   403  200   403     401   403 403
    moderation.show                   401    403   403   403   403   403   403  200   403     401   403 403
    moderation.claim                  401    403   403   403   403   403   403  200   403     401   403 403
    moderation.release                401    403   403   403   403   403   403  200   403     401   403 403
    moderation.approve                401    403   403   403   403   403   403  200   403     401   403 403
    moderation.reject                 401    403   403   403   403   403   403  200   403     401   403 403
    moderation.approve_all            401    403   403   403   403   403   403  200   403     401   403 403
    moderation.shop                   401    403   403   403   403   403   403  200   403     401   403 403
    moderation.suspend                401    403   403   403   403   403   403  200   403     401   403 403
    moderation.reinstate              401    403   403   403   403   403   403  409   403     401   403 403
    moderation.set_trust              401    403   403   403   403   403   403  200   403     401   403 403
    events.feed                       401    200   200   200   403   200   200  200   200     401   200 403
    admin.audit                       401    403   403   403   403   403   403  200   403     401   403 403
    admin.find_account                401    403   403   403   403   403   403  404   403     401   403 403
    admin.grant                       401    403   403   403   403   403   403  200   403     401   403 403
    admin.scopes                      401    403   403   403   403   403   403  200   403     401   403 403
    """
}
