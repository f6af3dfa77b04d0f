// SPDX-License-Identifier: GPL-3.0-or-later

/// The kitty graphics protocol: a file is sent once under a number and placed by that number. Nothing is answered
/// (`q=2`), since answers would arrive as keys are typed.
enum KittyGraphics {
  /// Terminals must take pieces of this size.
  private static let pieceBytes = 4096

  /// Asks with a picture of one pixel that is not kept.
  static let question = command("i=31,s=1,v=1,a=q,t=d,f=24", Array("AAAA".utf8)[...])

  static func send(_ png: [UInt8], as id: Int) -> [UInt8] { pieces(png, as: id).flatMap { $0 } }

  /// Past a multiplexer, with a placement that is nowhere yet: characters will stand for its parts.
  static func sendThrough(_ png: [UInt8], as id: Int, _ size: Size) -> [UInt8] {
    let place = command("a=p,U=1,i=\(id),c=\(size.columns),r=\(size.rows),q=2")
    return (pieces(png, as: id) + [place]).flatMap { Passthrough.wrapped($0) }
  }

  private static func pieces(_ png: [UInt8], as id: Int) -> [[UInt8]] {
    let data = Base64.encode(png)
    return stride(from: 0, to: data.count, by: pieceBytes).map { start in
      let end = min(start + pieceBytes, data.count)
      let keys = start == 0 ? "a=t,f=100,i=\(id),q=2," : ""
      return command("\(keys)m=\(end < data.count ? 1 : 0)", data[start..<end])
    }
  }

  /// At the cursor, which stays where it is.
  static func place(_ graphic: Graphic) -> [UInt8] {
    command("a=p,i=\(graphic.id),p=1,c=\(graphic.size.columns),r=\(graphic.size.rows),C=1,q=2")
  }

  /// Off the glass; the terminal keeps the file.
  static func remove(_ graphic: Graphic) -> [UInt8] { command("a=d,d=i,i=\(graphic.id),q=2") }

  static func forget(_ graphic: Graphic) -> [UInt8] { command("a=d,d=I,i=\(graphic.id),q=2") }

  /// Everything off the glass and forgotten.
  static let clear = command("a=d,d=A,q=2")

  private static func command(_ keys: String, _ payload: ArraySlice<UInt8> = []) -> [UInt8] {
    Array("\u{1b}_G\(keys)".utf8) + (payload.isEmpty ? [] : [0x3b] + payload) + Array("\u{1b}\\".utf8)
  }
}

/// tmux passes on to its terminal what is wrapped so, when `allow-passthrough` is on.
enum Passthrough {
  static func wrapped(_ bytes: [UInt8]) -> [UInt8] {
    var result = Array("\u{1b}Ptmux;".utf8)
    for byte in bytes {
      if byte == 0x1b { result.append(0x1b) }
      result.append(byte)
    }
    return result + Array("\u{1b}\\".utf8)
  }
}
