// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport

/// Makes a certificate for "localhost" that trusts itself: cert.pem and key.pem.
func makeCertificate(_ folder: String) throws {
  _ = try runProgram(
    "/usr/bin/openssl",
    [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
      "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", "\(folder)/key.pem", "-out",
      "\(folder)/cert.pem",
    ])
}
