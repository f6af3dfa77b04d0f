// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import Glibc
import Testing

/// Makes a certificate for "localhost" that trusts itself: cert.pem and key.pem.
func makeCertificate(_ folder: String) throws {
  _ = try run(
    "/usr/bin/openssl",
    [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
      "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", "\(folder)/key.pem", "-out",
      "\(folder)/cert.pem",
    ])
}

/// Runs a program to its end and returns its output without the last line end.
func run(_ path: String, _ arguments: [String]) throws -> String {
  var output: [Int32] = [-1, -1]
  let made = unsafe pipe(&output)
  try #require(made == 0)
  for end in output { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  var plan = ChildPlan(path: path, arguments: arguments)
  plan.output = output[1]
  let child = try ChildProcess.start(plan)
  close(output[1])
  let text = readAll(output[0])
  close(output[0])
  try #require(child.reap() == .code(0), "\(path) fails")
  return text.last == "\n" ? String(text.dropLast()) : text
}

func read(_ path: String) throws -> String {
  let file = unsafe open(path, O_RDONLY)
  try #require(file >= 0, "\(path) can be read")
  defer { close(file) }
  return readAll(file)
}

private func readAll(_ file: Int32) -> String {
  var bytes: [UInt8] = []
  var piece = [UInt8](repeating: 0, count: 65536)
  while true {
    let count = unsafe Glibc.read(file, &piece, piece.count)
    if count <= 0 { return String(decoding: bytes, as: UTF8.self) }
    bytes += piece.prefix(count)
  }
}
