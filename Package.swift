// swift-tools-version: 6.2
// SPDX-License-Identifier: GPL-3.0-or-later
import PackageDescription

/// One set of rules for every Swift module of the house.
let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

/// A C library of the system: a module map and a shim header in `Sources/C<Name>`.
func system(_ name: String, _ pkgConfig: String, apt: String) -> Target {
  .systemLibrary(name: name, path: "Sources/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// A tool that knows nothing of a market.
func tool(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, path: "Sources/\(name)", swiftSettings: strict)
}

func tests(of name: String, _ more: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + more,
    path: "Tests/\(name)Tests", swiftSettings: strict)
}

let package = Package(
  name: "souk",
  products: [
    .executable(name: "soukd", targets: ["soukd"]),
    .executable(name: "souk", targets: ["souk"]),
    .executable(name: "souk-draw", targets: ["souk-draw"]),
  ],
  targets: [
    // C libraries
    .target(name: "CEvents", path: "Sources/CEvents"),
    .target(name: "CSpawn", path: "Sources/CSpawn"),
    .target(
      name: "CTerminal", path: "Sources/CTerminal",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(
      name: "CCodecs", path: "Sources/CCodecs",
      linkerSettings: [.linkedLibrary("jpeg"), .linkedLibrary("png16"), .linkedLibrary("webp")]),
    .target(
      name: "CPhone", path: "Sources/CPhone",
      linkerSettings: [.linkedLibrary("phonenumber"), .linkedLibrary("protobuf")]),
    .target(name: "CXapian", path: "Sources/CXapian", linkerSettings: [.linkedLibrary("xapian")]),
    system("CPostgres", "libpq", apt: "libpq-dev"),
    system("CMicroHTTPD", "libmicrohttpd", apt: "libmicrohttpd-dev"),
    system("CCurl", "libcurl", apt: "libcurl4-openssl-dev"),
    system("COpenSSL", "libcrypto", apt: "libssl-dev"),
    system("CSodium", "libsodium", apt: "libsodium-dev"),
    system("CChafa", "chafa", apt: "libchafa-dev"),
    system("CQrencode", "libqrencode", apt: "libqrencode-dev"),
    system("CDrawing", "pangocairo", apt: "libpango1.0-dev"),
    system("CRsvgFlags", "librsvg-2.0", apt: "librsvg2-dev"),
    system("CSQLite", "sqlite3", apt: "libsqlite3-dev"),
    system("CZlib", "zlib", apt: "zlib1g-dev"),

    // Tools
    tool("EventLoop", ["CEvents"]),
    tool("ChildProcess", ["CSpawn", "EventLoop"]),
    tool("JSON", []),
    tool("CSV", []),
    tool("RichText", []),
    tool("Crypto", ["JSON", "COpenSSL", "CSodium"]),
    tool("Observability", []),
    tool("PhoneNumbers", ["CPhone"]),
    tool("SQLite", ["CSQLite"]),
    tool("SearchIndex", ["CXapian"]),
    tool("HTTPServer", ["EventLoop", "CMicroHTTPD", "CZlib"]),
    tool("HTTPClient", ["EventLoop", "CCurl"]),
    tool("ObjectStore", ["HTTPClient", "Crypto"]),
    tool("Postgres", ["EventLoop", "ChildProcess", "CPostgres"]),
    tool("Drawing", ["EventLoop", "ChildProcess"]),
    tool("Terminal", ["EventLoop", "RichText", "CTerminal", "CChafa", "CQrencode", "CCodecs"]),
    tool("TestSupport", ["EventLoop", "ChildProcess", "Postgres"]),
    .executableTarget(
      name: "souk-draw", dependencies: ["Drawing", "CDrawing", "CRsvgFlags", "CCodecs"],
      path: "Sources/souk-draw", swiftSettings: strict),

    // The market
    .target(name: "Market", path: "Shared", swiftSettings: strict),
    .executableTarget(
      name: "soukd",
      dependencies: [
        "Market", "EventLoop", "HTTPServer", "HTTPClient", "Postgres", "JSON", "Crypto", "Drawing", "Observability",
        "PhoneNumbers", "ObjectStore", "RichText", "SearchIndex",
      ],
      path: "Server", resources: [.embedInCode("Migrations")], swiftSettings: strict),
    .executableTarget(
      name: "souk",
      dependencies: ["Market", "EventLoop", "HTTPClient", "JSON", "Terminal", "SQLite"],
      path: "TUI", swiftSettings: strict),

    // Tests
    tests(of: "EventLoop"),
    tests(of: "ChildProcess"),
    tests(of: "JSON"),
    tests(of: "CSV"),
    tests(of: "RichText"),
    tests(of: "Crypto", ["JSON"]),
    tests(of: "Observability"),
    tests(of: "PhoneNumbers"),
    tests(of: "SQLite"),
    tests(of: "SearchIndex", ["ChildProcess", "search-writer"]),
    tests(of: "HTTPServer", ["EventLoop", "ChildProcess", "CZlib"]),
    tests(of: "HTTPClient", ["EventLoop", "ChildProcess"]),
    tests(of: "ObjectStore", ["EventLoop", "HTTPClient"]),
    tests(of: "Postgres", ["EventLoop", "ChildProcess"]),
    tests(of: "Drawing", ["EventLoop", "ChildProcess", "souk-draw", "CCodecs", "CZlib"]),
    tests(of: "Terminal", ["EventLoop", "ChildProcess", "terminal-demo"]),
    tests(of: "Market", ["JSON"]),
    .testTarget(
      name: "ServerTests",
      dependencies: [
        "soukd", "Market", "EventLoop", "HTTPServer", "HTTPClient", "Postgres", "JSON", "Crypto", "Observability",
        "TestSupport", "Drawing", "souk-draw", "SearchIndex",
      ],
      path: "Tests/ServerTests", swiftSettings: strict),
    .testTarget(
      name: "TUITests",
      dependencies: [
        "souk", "Market", "EventLoop", "ChildProcess", "HTTPClient", "HTTPServer", "Terminal", "JSON", "SQLite",
        "TestSupport",
      ],
      path: "Tests/TUITests", swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "EventLoop", "ChildProcess", "HTTPClient", "JSON", "Crypto", "Market", "Postgres", "TestSupport", "soukd",
        "souk",
        "souk-draw",
      ],
      path: "Tests/EndToEndTests", swiftSettings: strict),

    // What tests and benchmarks run
    .executableTarget(
      name: "terminal-demo", dependencies: ["Terminal", "EventLoop"], path: "Tests/Fixtures/terminal-demo",
      swiftSettings: strict),
    .executableTarget(
      name: "bench-http", dependencies: ["EventLoop", "HTTPServer"], path: "Tests/Benchmarks/bench-http",
      swiftSettings: strict),
    .executableTarget(
      name: "bench-json", dependencies: ["JSON", "Market"], path: "Tests/Benchmarks/bench-json", swiftSettings: strict),
    .executableTarget(
      name: "bench-crypto", dependencies: ["Crypto", "JSON"], path: "Tests/Benchmarks/bench-crypto",
      swiftSettings: strict),
    .executableTarget(
      name: "search-writer", dependencies: ["SearchIndex"], path: "Tests/Fixtures/search-writer",
      swiftSettings: strict),
    .executableTarget(
      name: "bench-search", dependencies: ["EventLoop", "Postgres", "SearchIndex", "TestSupport"],
      path: "Tests/Benchmarks/bench-search", swiftSettings: strict),
    .executableTarget(
      name: "bench-postgres", dependencies: ["EventLoop", "Postgres", "TestSupport"],
      path: "Tests/Benchmarks/bench-postgres", swiftSettings: strict),
  ],
  cxxLanguageStandard: .cxx17
)

// Fuzzing replaces the entry point of every executable, so its targets are there only when asked for, and the server
// becomes a library that they can look into.
if Context.environment["SOUK_FUZZ"] != nil {
  func fuzz(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
      name: name, dependencies: dependencies, path: "Tests/Fuzz/\(name)",
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])])
  }
  let server = package.targets.filter { $0.name == "soukd" }.map { soukd in
    Target.target(
      name: soukd.name, dependencies: soukd.dependencies, path: soukd.path, exclude: ["Main/main.swift"],
      resources: soukd.resources, swiftSettings: soukd.swiftSettings)
  }
  package.products = []
  package.targets =
    package.targets.filter { $0.type == .regular || $0.type == .system } + server + [
      fuzz("FuzzJSON", ["JSON"]), fuzz("FuzzKeys", ["Terminal"]),
      fuzz("FuzzRequests", ["soukd", "Market", "HTTPServer", "Crypto", "Observability"]),
    ]
}
