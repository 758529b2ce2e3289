import Documents
import Domain
import Language
import Services
import Storage
import TestSupport
import Testing

/// The tree changes, and what it was stays known.
@Suite struct OrganisationTests {
  private static let yesterday = Day("2026-11-19")!
  private static let today = Day("2026-11-20")!

  /// The sample county as it is since a year.
  private func prepare(_ platform: TestPlatform) async throws {
    // The sample is of the very day: what happens to it happens later.
    platform.advance(days: 365)
  }

  private func paths(_ platform: TestPlatform, asOf day: Day? = nil) async throws -> Set<String> {
    Set(try await ShowTree(platform.platform)(asOf: day, under: nil).map(\.path))
  }

  private func unit(_ platform: TestPlatform, _ name: String) async throws -> UnitID {
    try await FindUnit(platform.platform)(name)
  }

  private func expectNoDifference(_ platform: TestPlatform) async throws {
    let differences = try await ReplayLedger(platform.platform)().differences
    #expect(differences.isEmpty)
  }

  @Test(arguments: Engine.available)
  func aRenamedUnitHadItsOldNameYesterday(engine: Engine) async throws {
    try await engine.withSample { platform in
      try await prepare(platform)
      let id = try await unit(platform, "大寺乡")
      let day = platform.platform.now().day
      try await ReorganiseUnits(platform.platform)(
        .change(name: "大寺镇"), of: id, on: day, by: nil)
      let (before, after) = (
        try await paths(platform, asOf: day + -1), try await paths(platform, asOf: day)
      )
      #expect(before.contains("示例市/清河县/大寺乡") && !before.contains("示例市/清河县/大寺镇"))
      #expect(after.contains("示例市/清河县/大寺镇") && !after.contains("示例市/清河县/大寺乡"))
      #expect(before.count == after.count)
      // Found by the name it had.
      let found = try await FindByName(platform.platform)("大寺乡", by: nil).found
      #expect(found.first?.hit.title == "大寺镇" && found.first?.hit.former == ["大寺乡"])
      try await expectNoDifference(platform)
    }
  }

  /// Whatever hangs on a merged unit follows: villages, officials, enterprises, accounts, problems.
  @Test(arguments: Engine.available)
  func whatHangsOnAMergedUnitFollows(engine: Engine) async throws {
    try await engine.withSample { platform in
      try await prepare(platform)
      let (gone, kept) = (
        try await unit(platform, "大寺乡"), try await unit(platform, "清河县/城关街道")
      )
      let villages = try await BrowseUnits(platform.platform)(gone).children.map(\.name)
      #expect(!villages.isEmpty)
      try await platform.importRows(
        .officials, "姓名,单位,轨道,手机号\n张三,大寺乡,联乡帮村,13800000001")
      try await platform.importRows(.enterprises, "企业名称,县区,乡镇\n大寺面粉厂,清河县,大寺乡")
      let enterprise = try #require(
        await FindByName(platform.platform)("大寺面粉", by: nil).found.first
      ).hit.id
      let handler = try await platform.account(.handler, unit: "清河县/城关街道")
      let office = try await platform.account(.handler, unit: "大寺乡")
      let before = platform.platform.now().day
      platform.advance(days: 1)
      let day = platform.platform.now().day
      try await ReorganiseUnits(platform.platform)(.merge(into: kept), of: gone, on: day, by: nil)
      let children = Set(try await BrowseUnits(platform.platform)(kept).children.map(\.name))
      #expect(children.isSuperset(of: villages) && !children.contains("大寺乡"))
      // Seen by who is in charge of the township that stands for the old one, and by its own people.
      for account in [handler, office] {
        let seen = try await MaySeeEnterprises(platform.platform)(
          [EnterpriseID(enterprise)], by: account)
        #expect(seen == [EnterpriseID(enterprise)])
        let names = try await FindByName(platform.platform)("张三", by: account).found
        #expect(names.map(\.place) == ["示例市/清河县/城关街道"])
      }
      #expect(try await paths(platform, asOf: before).contains("示例市/清河县/大寺乡"))
      #expect(try await !paths(platform, asOf: day).contains("示例市/清河县/大寺乡"))
      try await expectNoDifference(platform)
    }
  }

  @Test(arguments: Engine.available)
  func moveSplitAndClose(engine: Engine) async throws {
    try await engine.withSample { platform in
      try await prepare(platform)
      let reorganise = ReorganiseUnits(platform.platform)
      let town = try await unit(platform, "清河县/城关街道")
      let children = try await BrowseUnits(platform.platform)(town).children
      let new = try await reorganise(
        .split(name: "新区街道", children: [children[0].id]), of: town, on: nil, by: nil)
      #expect(try await BrowseUnits(platform.platform)(new).children.map(\.id) == [children[0].id])
      platform.advance(days: 1)
      try await reorganise(.change(parent: town), of: children[0].id, on: nil, by: nil)
      platform.advance(days: 1)
      let last = platform.platform.now().day
      try await reorganise(.close, of: new, on: last, by: nil)
      #expect(try await paths(platform, asOf: last + -1).contains("示例市/清河县/新区街道"))
      #expect(try await !paths(platform).contains("示例市/清河县/新区街道"))
      try await expectNoDifference(platform)
    }
  }

  /// The rules name what is against a change, and nothing of it happens.
  @Test(arguments: [
    (Reorganisation.change(name: "清河县"), "清河县", [Reorganisation.Refusal.nothingChanges]),
    (.change(name: "a/b"), "清河县", [.badName]),
    (.change(name: "大寺乡"), "清河县/城关街道", [.siblingName]),
    (.close, "清河县", [.hasChildren]), (.split(name: "新乡", children: []), "大寺乡", [.notAChild]),
  ])
  func refusals(
    change: Reorganisation, unit name: String, expected: [Reorganisation.Refusal]
  ) async throws {
    try await Engine.sqlite.withSample { platform in
      try await prepare(platform)
      let id = try await unit(platform, name)
      let preview = try await ReorganiseUnits(platform.platform).preview(
        change, of: id, on: nil, by: nil)
      #expect(preview.refusals == expected)
      await #expect(throws: ReorganiseUnits.Refused.self) {
        try await ReorganiseUnits(platform.platform)(change, of: id, on: nil, by: nil)
      }
    }
  }

  @Test func aCycleAndTheFutureAreRefused() async throws {
    try await Engine.sqlite.withSample { platform in
      try await prepare(platform)
      let (county, town) = (try await unit(platform, "清河县"), try await unit(platform, "大寺乡"))
      let preview = try await ReorganiseUnits(platform.platform).preview(
        .change(parent: town), of: county, on: platform.platform.now().day + 1, by: nil)
      #expect(preview.refusals == [.cycle, .inFuture, .wrongLevel])
    }
  }

  /// A unit closes only when nothing belongs to it any more.
  @Test func aUnitInUseIsNotClosed() async throws {
    try await Engine.sqlite.withSample { platform in
      try await prepare(platform)
      try await platform.importRows(
        .officials, "姓名,单位,轨道,手机号\n张三,清河县水利局,联乡帮村,13800000001")
      let id = try await unit(platform, "清河县水利局")
      let preview = try await ReorganiseUnits(platform.platform).preview(
        .close, of: id, on: nil, by: nil)
      #expect(preview.refusals == [.inUse])
      #expect(preview.uses.officials == 1)
    }
  }

  /// Model: a tree as a plain dictionary of states by day, changed at random; the database, asked for
  /// any day, says the same, and so does the ledger.
  @Test(arguments: Engine.available, [UInt64(1), 2, 3])
  func randomChangesAgreeWithAModel(engine: Engine, seed: UInt64) async throws {
    try await engine.withSample { platform in
      try await prepare(platform)
      var random = SplitMix(state: seed)
      var snapshots: [(day: Day, paths: Set<String>)] = []
      for step in 0..<25 {
        platform.advance(days: 1)
        let tree = try await ShowTree(platform.platform)(asOf: nil, under: nil)
        let (one, other) = (
          tree.randomElement(using: &random)!, tree.randomElement(using: &random)!
        )
        let children = tree.filter { $0.unit.parent == one.unit.id }.map(\.unit.id)
        let change: Reorganisation =
          switch Int.random(in: 0..<5, using: &random) {
          case 0: .change(name: "甲\(step)")
          case 1: .change(parent: other.unit.id)
          case 2: .merge(into: other.unit.id)
          case 3: .split(name: "乙\(step)", children: Array(children.prefix(1)))
          default: .close
          }
        let before = Set(tree.map(\.path))
        var expected = before
        do {
          try await ReorganiseUnits(platform.platform)(change, of: one.unit.id, on: nil, by: nil)
          expected = Self.model(change, of: one, other, tree)
        } catch is ReorganiseUnits.Refused {}
        #expect(try await paths(platform) == expected, "\(change) of \(one.path), \(other.path)")
        snapshots.append((platform.platform.now().day, expected))
      }
      for snapshot in snapshots {
        #expect(try await paths(platform, asOf: snapshot.day) == snapshot.paths)
      }
      try await expectNoDifference(platform)
    }
  }

  /// What a change does to a set of paths, by their text alone.
  private static func model(
    _ change: Reorganisation, of one: ShowTree.Place, _ other: ShowTree.Place,
    _ tree: [ShowTree.Place]
  ) -> Set<String> {
    let above = one.path.split(separator: "/").dropLast().joined(separator: "/")
    func moved(_ path: String, from old: String, to new: String) -> String {
      path == old || path.hasPrefix(old + "/") ? new + path.dropFirst(old.count) : path
    }
    let paths = tree.map(\.path)
    switch change {
    case .change(let name?, _, _):
      return Set(
        paths.map { moved($0, from: one.path, to: (above.isEmpty ? "" : above + "/") + name) })
    case .change:
      return Set(paths.map { moved($0, from: one.path, to: other.path + "/" + one.unit.name) })
    case .merge:
      return Set(
        paths.filter { $0 != one.path }.map {
          $0.hasPrefix(one.path + "/") ? other.path + $0.dropFirst(one.path.count) : $0
        })
    case .split(let name, let children):
      let new = above + "/" + name
      var result = Set(paths)
      for child in tree where children.contains(child.unit.id) {
        result = Set(result.map { moved($0, from: child.path, to: new + "/" + child.unit.name) })
      }
      return result.union([new])
    case .close:
      return Set(paths.filter { $0 != one.path })
    }
  }
}
