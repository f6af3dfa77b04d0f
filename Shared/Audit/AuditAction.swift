// SPDX-License-Identifier: GPL-3.0-or-later

/// What the audit log tells of.
public enum AuditAction: String, WireEnum {
  case accountMade = "account.made"
  case contactChanged = "account.contact_changed"
  case sessionOpened = "session.opened"
  case sessionEnded = "session.ended"
  case sessionTokenReused = "session.token_reused"
  case otherSessionsEnded = "session.others_ended"
  case twoFactorTurnedOn = "two_factor.turned_on"
  case twoFactorTurnedOff = "two_factor.turned_off"
  case recoveryCodesRenewed = "two_factor.recovery_codes_renewed"
  case recoveryCodeUsed = "two_factor.recovery_code_used"
  case deviceAgreed = "device.agreed"
  case deviceDenied = "device.denied"
  case providerLinked = "provider.linked"
  case keyMade = "key.made"
  case keyRevoked = "key.revoked"
  case accountFound = "admin.account_found"
  case scopesGranted = "admin.scopes_granted"
  case keysRotated = "keys.rotated"
  case dataKeysRotated = "keys.data_rotated"
}
