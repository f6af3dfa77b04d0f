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
    endpoint                          nobody buyer owner rival owing stale bare admin support guest
    identity.confirm_two_factor       401    409   409   409   403   409   409  409   409     401
    identity.end_two_factor           401    409   409   409   403   403   403  409   409     401
    identity.enrol_two_factor         401    200   200   200   403   200   200  200   200     401
    identity.me                       401    200   200   200   200   200   200  200   200     401
    identity.prove_second_factor      401    422   422   422   422   422   422  422   422     401
    identity.providers                200    200   200   200   200   200   200  200   200     200
    identity.redeem_code              422    422   422   422   422   422   422  422   422     422
    identity.redeem_device            400    400   400   400   400   400   400  400   400     400
    identity.refresh                  401    401   401   401   401   401   401  401   401     401
    identity.renew_recovery_codes     401    409   409   409   403   403   403  409   409     401
    identity.request_code             202    202   202   202   202   202   202  202   202     202
    identity.request_device           200    200   200   200   200   200   200  200   200     200
    identity.revoke_other_sessions    401    204   204   204   403   204   204  204   204     401
    identity.revoke_session           401    404   204   404   403   204   404  404   404     401
    identity.sessions                 401    200   200   200   200   200   200  200   200     401
    identity.sign_out                 401    204   204   204   204   204   204  204   204     401
    identity.two_factor               401    200   200   200   200   200   200  200   200     401
    profile.edit                      401    200   200   200   403   200   200  200   200     401
    profile.show                      401    200   200   200   403   200   200  200   200     401
    contacts.list                     401    200   200   200   403   200   200  200   200     401
    contacts.replace                  401    422   422   422   403   403   403  422   422     401
    addresses.add                     401    201   201   201   403   201   201  201   201     401
    addresses.edit                    401    404   200   404   403   200   404  404   404     401
    addresses.list                    401    200   200   200   403   200   200  200   200     401
    addresses.remove                  401    404   204   404   403   204   404  404   404     401
    addresses.show                    401    404   200   404   403   200   404  404   404     401
    consents.list                     401    200   200   200   403   200   200  200   200     401
    consents.record                   401    200   200   200   403   200   200  200   200     401
    consents.texts                    200    200   200   200   200   200   200  200   200     200
    guests.begin                      201    201   201   201   201   201   201  201   201     201
    guests.me                         401    401   401   401   401   401   401  401   401     200
    shops.edit                        401    404   200   404   403   200   404  404   404     401
    shops.list                        200    200   200   200   200   200   200  200   200     200
    shops.open                        401    409   409   409   403   409   409  409   409     401
    shops.show                        200    200   200   200   200   200   200  200   200     200
    catalogue.archive                 401    404   200   404   403   200   404  404   404     401
    catalogue.categories              200    200   200   200   200   200   200  200   200     200
    catalogue.create                  401    422   201   422   403   201   422  422   422     401
    catalogue.edit                    401    404   200   404   403   200   404  404   404     401
    catalogue.of_shop                 401    404   200   404   403   200   404  404   404     401
    catalogue.restore                 401    404   409   404   403   409   404  404   404     401
    catalogue.search                  200    200   200   200   200   200   200  200   200     200
    catalogue.show                    404    404   200   404   404   200   404  404   404     404
    photos.replace                    401    404   200   404   403   200   404  404   404     401
    photos.show                       404    404   404   404   404   404   404  404   404     404
    events.feed                       401    200   200   200   403   200   200  200   200     401
    """
}
