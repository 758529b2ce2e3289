// swift-tools-version: 6.2
// The house, floor by floor. Arrows only point down: a target may import what its list names and
// nothing else (`make test` builds with --explicit-target-dependency-import-check error).
// Versions are pinned here because Package.resolved is not kept.
import PackageDescription

/// Warnings are errors where CI is set; elsewhere a newer compiler must not stop a build.
let strict = Context.environment["CI"] != nil

let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (strict ? [.treatAllWarnings(as: .error)] : [])

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let lifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let threads = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let buffers = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

func floor(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies, path: "Tests/" + name,
    exclude: name == "Web" ? ["snapshots"] : [], swiftSettings: settings)
}

let package = Package(
  name: "lianbang",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "lianbang", targets: ["Main"]),
    .executable(name: "bench", targets: ["Bench"]),
  ],
  dependencies: [
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", .upToNextMinor(from: "2.28.1"),
      traits: []),
    .package(url: "https://github.com/groue/GRDB.swift", .upToNextMinor(from: "7.10.0")),
    .package(url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.2")),
    .package(url: "https://github.com/apple/swift-nio", .upToNextMinor(from: "2.101.2")),
    .package(url: "https://github.com/apple/swift-http-types", .upToNextMinor(from: "1.8.0")),
    .package(
      url: "https://github.com/swift-server/swift-service-lifecycle",
      .upToNextMinor(from: "2.13.0")),
    .package(url: "https://github.com/apple/swift-log", .upToNextMinor(from: "1.16.2")),
  ],
  targets: [
    .executableTarget(
      name: "Main", dependencies: ["Lianbang", arguments], path: "Sources/Main",
      swiftSettings: settings),
    floor(
      "Lianbang",
      [
        "Web", "API", "HTTP", "Services", "Optimizer", "Documents", "StorageSQLite",
        "StoragePostgres", "Storage", "Outgoing",
        "Language", "Ledger", "Cryptography", "Domain", hummingbird, hummingbirdCore, buffers,
        lifecycle,
        signals, logging,
        arguments,
      ]),
    floor(
      "Web",
      [
        "HTTP", "Services", "Storage", "Documents", "Cryptography", "Domain", hummingbird,
        httpTypes, buffers, logging,
      ]),
    floor(
      "API",
      [
        "HTTP", "Services", "Storage", "Documents", "Ledger", "Cryptography", "Domain", hummingbird,
        httpTypes, buffers, logging,
      ]),
    floor(
      "HTTP",
      [
        "Services", "Storage", "Documents", "Cryptography", "Domain", "CZlib", hummingbird, httpTypes,
        buffers, logging,
      ]),
    floor(
      "Services",
      [
        "Documents", "Optimizer", "Outgoing", "Storage", "Language", "Ledger", "Cryptography",
        "Domain",
      ]),
    floor(
      "StorageSQLite",
      [
        "Storage", "Cryptography", threads, .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    floor("StoragePostgres", ["Storage", "Cryptography", "CPostgres", threads]),
    floor("Storage", ["Language", "Ledger", "Cryptography", "Domain", threads]),
    floor("Outgoing", ["COutgoing"]),
    floor("Documents", ["CMinizip", "CExpat", "CXlsx", "CQrencode", "Domain"]),
    floor("Optimizer", ["COptimizer", "Domain"]),
    // LEMON in C++ behind a header in C. Its inner loop is a hundred times slower where nothing is optimised,
    // and tests solve too.
    .target(
      name: "COptimizer",
      cxxSettings: [.define("LEMON_ONLY_TEMPLATES"), .unsafeFlags(["-O2", "-Wall", "-Wextra"])]),
    floor("Language", ["Domain"]),
    floor("Ledger", ["Cryptography", "Domain"]),
    floor("Cryptography", ["CCrypto", "CCrypt"]),
    floor("Domain"),
    // Measured, never tested: `make bench`.
    .executableTarget(
      name: "Bench",
      dependencies: [
        "Services", "Optimizer", "Documents", "StorageSQLite", "StoragePostgres", "Storage",
        "Language", "Ledger",
        "Cryptography", "Domain", "CPostgres", "CCrypto",
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ], swiftSettings: settings),
    .target(
      name: "TestSupport",
      dependencies: [
        "Web", "HTTP", "Services", "Documents", "StorageSQLite", "StoragePostgres", "Storage",
        "Ledger", "Cryptography", "Domain", hummingbird, httpTypes, buffers, logging,
        .product(name: "NIOEmbedded", package: "swift-nio"),
      ], path: "Tests/Support", swiftSettings: settings),
    tests("Domain", ["Domain"]),
    tests("Documents", ["TestSupport", "CMinizip", "CExpat", "Documents", "Domain"]),
    tests("Language", ["TestSupport", "Language"]),
    tests("Cryptography", ["Cryptography"]),
    tests("Outgoing", ["Outgoing"]),
    tests("Optimizer", ["Optimizer", "Domain"]),
    tests("Ledger", ["Ledger", "Cryptography", "Domain"]),
    tests(
      "Storage",
      [
        "TestSupport", "StorageSQLite", "StoragePostgres", "Storage", "Ledger", "Cryptography",
        "Domain",
      ]),
    tests(
      "Services",
      [
        "TestSupport", "Services", "StoragePostgres", "StorageSQLite", "Storage", "Outgoing",
        "Documents",
        "Language", "Ledger", "Cryptography", "Domain",
      ]),
    tests(
      "HTTP",
      [
        "HTTP", "Cryptography", hummingbird, httpTypes, buffers, logging,
        .product(name: "NIOEmbedded", package: "swift-nio"),
      ]),
    tests(
      "API",
      [
        "TestSupport", "API", "Web", "HTTP", "Services", "Storage", "Outgoing", "Documents",
        "Language", "Ledger", "Cryptography", "Domain", hummingbird, httpTypes, buffers, logging,
      ]),
    tests("Lianbang", ["Lianbang", "Services", "Cryptography", arguments, logging]),
    tests(
      "Web",
      [
        "TestSupport", "Cryptography", "Web", "HTTP", "Services", "Storage", "Outgoing", "Language",
        "Domain",
        httpTypes,
      ]),
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CMinizip", pkgConfig: "minizip", providers: [.apt(["libminizip-dev"])]),
    .systemLibrary(
      name: "COutgoing", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(
      name: "CXlsx", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(
      name: "CQrencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
    .systemLibrary(name: "CCrypt", pkgConfig: "libcrypt", providers: [.apt(["libcrypt-dev"])]),
  ],
  cxxLanguageStandard: .cxx17
)
