// SPDX-License-Identifier: GPL-3.0-or-later

/// Base 64 with padding (RFC 4648 section 4), for the protocols that want it so.
public enum Base64 {
  public static func encode(_ bytes: [UInt8]) -> String {
    let plain = Base64URL.encode(bytes).utf8.map { byte in
      byte == UInt8(ascii: "-") ? UInt8(ascii: "+") : byte == UInt8(ascii: "_") ? UInt8(ascii: "/") : byte
    }
    return String(decoding: plain, as: UTF8.self) + String(repeating: "=", count: (3 - bytes.count % 3) % 3)
  }
}
