import Domain
import Foundation
import Services
import Storage
import TestSupport
import Testing

@Suite struct ImportOutlinesTests {
  /// A square of a tenth of a degree.
  private static func square(_ west: Double, _ south: Double) -> String {
    let (east, north) = (west + 0.1, south + 0.1)
    return "[[[\(west),\(south)],[\(east),\(south)],[\(east),\(north)],[\(west),\(south)]]]"
  }

  private static func feature(
    _ properties: String, _ coordinates: String = square(113, 34), type: String = "Polygon"
  ) -> String {
    """
    {"type":"Feature","properties":{\(properties)},"geometry":{"type":"\(type)","coordinates":\(coordinates)}}
    """
  }

  private static func file(_ features: String...) -> String {
    #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",") + "]}"
  }

  private func read(_ text: String) throws -> OutlineFile {
    try OutlineFile(Array(text.utf8))
  }

  @Test(arguments: [
    ("清河县", OutlineFault.Code.notJSON), ("", .notJSON), ("[1,2]", .notGeoJSON),
    (#"{"type":"Topology"}"#, .notGeoJSON), (#"{"features":[]}"#, .notGeoJSON),
    (#"{"type":"FeatureCollection","features":[]}"#, .empty),
    (#"{"type":"FeatureCollection"}"#, .empty),
  ])
  func filesThatAreNone(text: String, code: OutlineFault.Code) {
    #expect(throws: OutlineFault(code)) { try read(text) }
  }

  @Test func aFileMayNotBeEndless() {
    let bytes = [UInt8](repeating: UInt8(ascii: " "), count: OutlineFile.maximumSize + 1)
    #expect(throws: OutlineFault(.tooLarge)) { try OutlineFile(bytes) }
  }

  /// One bad feature beside a good one: it is named, with what is wrong.
  @Test(arguments: [
    (feature(#""name":"甲县""#, "[[1]]"), OutlineFault.Code.badPosition),
    (feature(#""name":"甲县""#, #"[[["a","b"],[1,1],[1,2],[1,1]]]"#), .badPosition),
    (feature(#""name":"甲县""#, "[]"), .badPosition),
    (feature(#""name":"甲县""#, "[[[113,34],[113.1,34],[113.1,34.1],[113,34.1]]]"), .openRing),
    (feature(#""name":"甲县""#, "[[[113,34],[113.1,34],[113,34]]]"), .shortRing),
    // Latitude first, and metres of a plane.
    (feature(#""name":"甲县""#, square(34, 113)), .outOfRange),
    (feature(#""name":"甲县""#, square(38_412_000, 3_765_000)), .outOfRange),
    (feature(#""name":"甲县""#, "[113,34]", type: "Point"), .wrongGeometry),
    (#"{"type":"Feature","properties":{"name":"甲县"},"geometry":null}"#, .wrongGeometry),
    (feature(#""level":"county""#), .noIdentity), (feature(#""name":" ""#), .noIdentity),
    (#"{"type":"Polygon"}"#, .notGeoJSON),
    (
      feature(#""name":"甲县""#, "[[[113,34],[113.00001,34],[113.00001,34.00001],[113,34]]]"),
      .noArea
    ),
  ])
  func features(bad: String, code: OutlineFault.Code) throws {
    let file = try read(Self.file(Self.feature(#""name":"乙县""#), bad))
    #expect(file.features.map(\.name) == ["乙县"])
    #expect(file.faults.map(\.code) == [code] && file.faults[0].feature == 2)
  }

  /// Whatever the office that drew them calls code and name.
  @Test(arguments: [
    (#""adcode":411002,"name":"魏都区""#, "411002000000", "魏都区"),
    (#""adcode":"411002""#, "411002000000", ""), (#""gb":"156411002""#, "411002000000", ""),
    (#""Code":"411002570""#, "411002570000", ""),
    (#""区划代码":"411002570000","名称":"东城区""#, "411002570000", "东城区"),
    (#""NAME":" 魏都区 ","code":"n/a""#, nil, "魏都区"),
  ])
  func identities(properties: String, code: String?, name: String) throws {
    let mark = "\u{FEFF}"
    let feature = try read(mark + Self.file(Self.feature(properties))).features[0]
    #expect(feature.code?.text == code && feature.name == name)
  }

  /// The code comes first, the name where there is none in the tree.
  @Test(arguments: Engine.available)
  func unitsAreFound(engine: Engine) async throws {
    try await engine.withSample { test in
      _ = try await test.importRows(.divisions, "code,name\n990122000000,白塔县")
      let file = try read(
        Self.file(
          Self.feature(#""adcode":"990121","name":"别名县""#),
          Self.feature(#""adcode":"999999","name":"白塔县""#, Self.square(113.1, 34))))
      let report = try await ImportOutlines(test.platform)(file, level: .county, by: nil)
      #expect(report.isSaved && report.faults.isEmpty)
      #expect(report.lines.map(\.path) == ["示例市/清河县", "示例市/白塔县"])
      #expect(report.lines.map(\.byCode) == [true, false])
      #expect(report.lines.map(\.change) == [.added, .added])
    }
  }

  @Test(arguments: Engine.available)
  func unitsThatAreNotFound(engine: Engine) async throws {
    try await engine.withSample { test in
      _ = try await test.importRows(
        .divisions, "code,name\n990122000000,白塔县\n990122101000,柳林镇")
      let file = try read(
        Self.file(
          Self.feature(#""name":"无此县""#), Self.feature(#""adcode":"990199""#),
          Self.feature(#""name":"柳林镇""#), Self.feature(#""name":"大寺乡""#),
          Self.feature(#""name":"清河县""#), Self.feature(#""adcode":"990121""#)))
      // Of two townships with one name the first to be asked for is none; a county is no township.
      let any = try await ImportOutlines(test.platform)(file, by: nil)
      #expect(
        any.faults.map(\.code) == [.unknownUnit, .unknownUnit, .ambiguousUnit, .repeatedUnit])
      #expect(any.faults.map(\.feature) == [1, 2, 3, 6])
      let county = try await ImportOutlines(test.platform)(file, level: .county, by: nil)
      #expect(
        county.faults.map(\.code)
          == [.unknownUnit, .unknownUnit, .wrongLevel, .wrongLevel, .repeatedUnit])
      #expect(!any.isSaved && !county.isSaved)
      let stored = try await test.platform.database.read { connection in
        try connection.row("select count(*) from outlines") { try $0.int(0) }
      }
      #expect(stored == 0)
    }
  }

  /// The same again changes nothing; another on the same day corrects it, on a later day follows it.
  @Test(arguments: Engine.available)
  func outlinesFollowOneAnother(engine: Engine) async throws {
    try await engine.withSample { test in
      func take(_ west: Double, dryRun: Bool = false) async throws -> ImportOutlines.Report.Change {
        let file = try read(Self.file(Self.feature(#""name":"清河县""#, Self.square(west, 34))))
        let report = try await ImportOutlines(test.platform)(file, dryRun: dryRun, by: nil)
        #expect(report.isSaved == !dryRun)
        return report.lines[0].change
      }
      #expect(try await take(113, dryRun: true) == .added)
      #expect(try await take(113) == .added)
      #expect(try await take(113) == .unchanged)
      #expect(try await take(113.2) == .changed)
      test.advance(days: 3)
      #expect(try await take(113.2) == .unchanged)
      #expect(try await take(113.4) == .changed)
      try await test.sequence()
      let replay = try await ReplayLedger(test.platform)()
      #expect(replay.differences.isEmpty)
      let days = try await test.platform.database.read { connection in
        try connection.rows(
          "select valid_from, valid_to, version from outlines order by valid_from"
        ) { (try $0.day(0), try $0.optionalDay(1), try $0.int(2)) }
      }
      let (first, second) = (Day("2026-11-20")!, Day("2026-11-23")!)
      #expect(days.map(\.0) == [first, second] && days.map(\.1) == [second, nil])
      #expect(days.map(\.2) == [3, 1])
    }
  }

  /// A county's office sees to its own county.
  @Test func scope() async throws {
    try await Engine.sqlite.withSample { test in
      _ = try await test.importRows(.divisions, "code,name\n990122000000,白塔县")
      let file = try read(Self.file(Self.feature(#""name":"白塔县""#)))
      let county = try await test.account(.countyOffice, unit: "清河县活动办")
      if county.may(.importRegisters) {
        let report = try await ImportOutlines(test.platform)(file, by: county)
        #expect(report.faults.map(\.code) == [.outsideScope])
      }
      let clerk = try await test.account(.villageClerk, unit: "河湾村")
      await #expect {
        _ = try await ImportOutlines(test.platform)(file, by: clerk)
      } throws: {
        if case UseCaseError.forbidden = $0 { true } else { false }
      }
    }
  }

  /// The public file of Xuchang's six counties, on Xuchang's units.
  @Test(.enabled(if: sharedData != nil)) func xuchang() async throws {
    try await Engine.sqlite.withDatabase { database in
      let test = try await TestPlatform(database)
      let divisions = try String(
        contentsOfFile: sharedData! + "/divisions_xuchang_2021.csv", encoding: .utf8)
      _ = try await test.importRows(.divisions, divisions)
      let bytes = try Data(
        contentsOf: URL(fileURLWithPath: sharedData! + "/geo_xuchang_counties.geojson"))
      let report = try await ImportOutlines(test.platform)(
        OutlineFile([UInt8](bytes)), level: .county, by: nil)
      #expect(
        Set(report.lines.map { $0.path.split(separator: "/").last! })
          == ["魏都区", "建安区", "鄢陵县", "襄城县", "禹州市", "长葛市"])
      #expect(report.isSaved && report.lines.allSatisfy { $0.byCode })
    }
  }
}
