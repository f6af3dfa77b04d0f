// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Where the package keeps what its tests run.
public enum TestFiles {
  public static let package = "\(#filePath)".split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
  public static let tests = package + "/Tests"
  public static let fixtures = tests + "/Fixtures"
}

/// A folder that goes with its last user.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() throws {
    var template = Array("/tmp/souk-test-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw TestFailure("no temporary folder (errno \(errno))") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { _ = try? runProgram("/bin/rm", ["-rf", path]) }
}
