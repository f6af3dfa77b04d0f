// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import TestSupport
import Testing

/// Statements name the owner of what they touch.
struct OwnerTripwireTests {
  @Test(arguments: [
    (#"select id from sessions where account = \(a)"#, [String]()),
    (#"select id from sessions where id = \(a)"#, ["sessions"]),
    (#"update two_factor set last_step = 1 where t.account = \(a.text)"#, []),
    (#"delete from recovery_codes where hash = \(h)"#, ["recovery_codes"]),
    (#"insert into sessions (id, account) values (\(i), \(a))"#, []),
    (#"insert into sessions (id) values (\(i))"#, ["sessions"]),
    (#"select 1 from products p where exists (select 1 from shop_members m where m.account = \(a))"#, []),
    (#"select 1 from products where id = \(p)"#, ["products"]), (#"select 1 from categories"#, []),
    (#"select account from contacts c join accounts a on a.id = c.account"#, ["contacts"]),
  ])
  func `a statement binds its owner or is found`(text: String, faults: [String]) {
    #expect(OwnerTripwire.faults(.init(line: 1, text: text)) == faults)
  }

  @Test func `a statement that forgets the shop of a key is found`() {
    let text = #"select 1 from shop_members m where m.account = \(member.account.text)"#
    #expect(OwnerTripwire.forgetsLimit(.init(line: 1, text: text)))
    #expect(!OwnerTripwire.forgetsLimit(.init(line: 1, text: text + #" \(member.limit)"#)))
    #expect(!OwnerTripwire.forgetsLimit(.init(line: 1, text: text, reason: "no key comes here")))
  }

  @Test func `statements are found in a source, with the reason above them`() {
    let source = """
      func a() {
        // Owner: swept for everybody
        run("delete from sessions where x < 1")
        run(
          ""\"
          select 1
          from contacts
          ""\")
        print("from sessions")
      }
      """
    let found = OwnerTripwire.statements(in: source)
    #expect(found.map(\.line) == [3, 5] && found.map(\.reason) == ["swept for everybody", nil])
    #expect(found.flatMap(OwnerTripwire.faults) == ["contacts"])
  }

  @Test func `every statement of the server names the owner of the rows it means`() throws {
    var seen = 0
    for path in try swiftFiles(TestFiles.package + "/Server") where !path.contains("/Demo/") {
      for statement in OwnerTripwire.statements(in: try readFile(path)) {
        seen += 1
        let faults = OwnerTripwire.faults(statement)
        let place = "\(path.split(separator: "/").last ?? ""):\(statement.line)\n\(statement.text)"
        #expect(faults == [], "\(place)")
        #expect(!OwnerTripwire.forgetsLimit(statement), "\(place)")
      }
    }
    // The reader has not lost its eyes.
    #expect(seen > 60)
  }

  private func swiftFiles(_ directory: String) throws -> [String] {
    let folder = unsafe try #require(opendir(directory))
    defer { unsafe closedir(folder) }
    var files: [String] = []
    while let entry = unsafe readdir(folder) {
      let isFolder = unsafe entry.pointee.d_type == UInt8(DT_DIR)
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      if isFolder { files += try swiftFiles("\(directory)/\(name)") }
      if name.hasSuffix(".swift") { files.append("\(directory)/\(name)") }
    }
    return files
  }
}
