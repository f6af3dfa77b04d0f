// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Terminal

/// What the list of sessions calls this computer.
enum DeviceName {
  private static let lengthMax = 60

  static var own: String {
    var buffer = [CChar](repeating: 0, count: 256)
    let isKnown = unsafe gethostname(&buffer, buffer.count - 1) == 0
    let name = isKnown ? String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : ""
    let clean = SafeText.sanitised(name)
    return String((clean.isEmpty ? "souk" : "souk on \(clean)").prefix(lengthMax))
  }
}
