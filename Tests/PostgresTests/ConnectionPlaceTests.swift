// SPDX-License-Identifier: GPL-3.0-or-later
import Postgres
import Testing

struct ConnectionPlaceTests {
  @Test(arguments: [
    ("postgresql://ines:hush@db.example:5433/souk", "host db.example, port 5433, database souk, user ines"),
    ("postgres://db.example", "host db.example, port 5432"),
    ("postgresql:///souk?host=/run/pg&user=ines", "socket /run/pg/.s.PGSQL.5432, database souk, user ines"),
    ("postgresql://a:1,b:2/souk", "host a,b, port 1,2, database souk"),
    ("host=/run/pg port=5433 password=hush", "socket /run/pg/.s.PGSQL.5433"),
    ("host=h hostaddr=192.0.2.7 user='a b'", "host 192.0.2.7, port 5432, user a b"),
    ("user=ines passfile=/hush", "the local socket, user ines"), ("souk", "the local socket, database souk"),
  ])
  func `where a connection leads is said without its secrets`(url: String, place: String) {
    #expect(ConnectionInfo(url: url).place?.description == place)
    #expect(ConnectionInfo(url: url).with(database: "other").place?.database == "other")
  }

  @Test func `a socket directory is a place too`() {
    let info = ConnectionInfo(socketDirectory: "/run/pg", user: "owner", database: "postgres")
    #expect(info.place?.description == "socket /run/pg/.s.PGSQL.5432, database postgres, user owner")
  }

  @Test(arguments: ["postgresql://u:p@[::1/d", "postgresql://h/d?nonsense=1", "nonsense=1", "host='h", "="])
  func `what libpq cannot read is no place`(url: String) {
    #expect(ConnectionInfo(url: url).place == nil)
  }
}
