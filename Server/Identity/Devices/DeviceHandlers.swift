// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Binds the endpoints of signing a device in.
struct DeviceHandlers: Sendable {
  let database: Database
  let grants: DeviceGrants

  func bind(_ routes: inout Routes) {
    routes.bind(Identity.requestDevice) { input, call in
      .value(try await database.transaction { try await grants.request(input.device, from: call.network, $0) })
    }
    routes.bind(Identity.redeemDevice) { input, _ in
      let redeemed = try await database.transaction { try await grants.redeem(input.deviceCode, $0) }
      switch redeemed {
      case .session(let session): return .value(session)
      case .refused(let refusal): throw refusal
      }
    }
  }
}
