// SPDX-License-Identifier: GPL-3.0-or-later

/// A body on its way in.
struct Upload {
  var policy = BodyPolicy.none
  var bytes: [UInt8] = []
  var file: SpooledFile?
  /// Writes the file elsewhere than on the loop, when there is a pool for that.
  var writer: SpoolWriter?
  /// Since when the connection sleeps until the writer has caught up.
  var waitsSince: Duration?
  var receivedBytes = 0
  var failure: HTTPResponse?
}
