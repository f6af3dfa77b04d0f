// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Terminal

@Suite struct PictureGlassTests {
  private func placed(_ graphic: Graphic, x: Int = 2) -> PicturePlacement {
    PicturePlacement(rect: Rect(x: x, y: 1, width: 4, height: 2), graphic: graphic)
  }

  @Test func `a sixel picture is sent once, and again only when it changed, moved, or was wiped or dragged away`() {
    let (one, other) = (graphic(), graphic())
    var glass = PictureGlass()
    func show(_ wanted: [PicturePlacement], page: String = "p", isScrolled: Bool = false) -> String {
      let change = glass.show(wanted, page: Array(page.utf8), isScrolled: isScrolled)
      return readable(change.before) + "|" + readable(change.after)
    }
    let (a, b) = ("<\(one.id & 0xff)>", "<\(other.id & 0xff)>")
    #expect(show([placed(one)]) == "|^7^[2;3H\(a)^8")
    #expect(show([placed(one)]) == "|")
    // One opaque picture in the place of another needs no wiping.
    #expect(show([placed(other)]) == "|^7^[2;3H\(b)^8")
    // Where the old one would look out from behind the new one, it is wiped.
    #expect(show([placed(other, x: 4)]) == "|^7p^[2;5H  ^[3;5H  ^[2;5H\(b)^8")
    #expect(show([placed(other, x: 4)], page: "q") == "|^7^[2;5H\(b)^8")
    #expect(show([placed(other, x: 4)], page: "q", isScrolled: true) == "|^7^[2;5H\(b)^8")
    #expect(show([]) == "|")
    #expect(glass.farewell.isEmpty)
  }

  @Test func `kitty keeps files: they are sent once, placed and taken away by number, and forgotten in the end`() {
    let one = graphic(.kitty)
    var glass = PictureGlass()
    let place = "^_Ga=p,i=\(one.id),p=1,c=4,r=2,C=1,q=2^\\"
    let remove = "^_Ga=d,d=i,i=\(one.id),q=2^\\"
    let file = readable(one.sequence)
    var change = glass.show([placed(one)], page: [])
    #expect(readable(change.after) == "^7\(file)^[2;3H\(place)^8")
    change = glass.show([placed(one, x: 3)], page: [])
    #expect(readable(change.before) == remove)
    #expect(readable(change.after) == "^7^[2;4H\(place)^8")
    change = glass.show([], page: [])
    #expect(readable(change.before) == remove && change.after.isEmpty)
    #expect(readable(glass.farewell) == "^_Ga=d,d=A,q=2^\\")
    for _ in 0..<16 { change = glass.show([placed(graphic(.kitty))], page: []) }
    #expect(readable(change.after).contains("^_Ga=d,d=I,i=\(one.id),q=2^\\"))
    #expect(glass.kept.count == 16)
    glass.forget()
    #expect(glass.farewell.isEmpty)
  }

  @Test func `long files go in pieces, and through tmux each piece is wrapped`() throws {
    let png = [UInt8](repeating: 7, count: 5000)
    let plain = readable(KittyGraphics.send(png, as: 9))
    #expect(plain.split(separator: "^_G").map { $0.prefix { $0 != ";" } } == ["a=t,f=100,i=9,q=2,m=1", "m=0"])
    let wrapped = readable(KittyGraphics.sendThrough(png, as: 9, Size(columns: 3, rows: 2)))
    #expect(wrapped.split(separator: "^Ptmux;").allSatisfy { $0.hasPrefix("^^_G") && $0.hasSuffix("^^\\^\\") })
    #expect(wrapped.contains("^^_Ga=p,U=1,i=9,c=3,r=2,q=2^^\\"))
  }
}
