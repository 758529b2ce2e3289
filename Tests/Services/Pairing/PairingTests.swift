import Domain
import Services
import Storage
import TestSupport
import Testing

/// A plan's life: computed, looked at, adopted, told of, kept true; on both engines.
@Suite struct PairingTests {
  @Test(arguments: Engine.available)
  func everyTownshipVillageAndFirmGetsSomebody(engine: Engine) async throws {
    try await PairingTown.run(on: engine) { town in
      let before = try await CheckPairing(town.platform)(.village, for: town.office)
      #expect(before.count == 12 && before.counties.map(\.covered) == [0, 0])
      for track in [Track.village, .enterprise] { _ = try await town.adopt(track) }
      for track in [Track.village, .enterprise] {
        let after = try await CheckPairing(town.platform)(track, for: town.office)
        #expect(after.counties.allSatisfy { $0.covered == $0.targets && $0.targets > 0 })
        #expect(after.count == 0, "\(after.findings)")
      }
      // Nobody is in charge of where they come from.
      let home = PairingTarget.village(try await town.unit("柳林镇/河湾村"))
      #expect(try await town.officials(of: home).count == 1)
      #expect(try await town.officials(of: home) != ["科级1"])
      #expect(try await town.replays())
    }
  }

  @Test(arguments: Engine.available)
  func aPlanIsPreviewedBeforeItHolds(engine: Engine) async throws {
    try await PairingTown.run(on: engine) { town in
      let id = try await PlanPairing(town.platform)(.enterprise, by: town.office)
      let show = ShowPairingPlans(town.platform)
      let detail = try await show(id, for: town.office)
      #expect(detail.head.pairs == 3 && detail.head.changed == 3 && detail.head.status == .draft)
      #expect(detail.head.bound <= detail.head.cost)
      #expect(detail.figures?.counties.map(\.new) == [3])
      #expect(detail.names.values.sorted() == ["清河县"])
      let lines = try await show.lines(
        of: id, changes: [.new], county: nil, after: 0, for: town.office)
      #expect(Set(lines.items.map(\.target)) == ["面粉厂", "机械厂", "陶瓷厂"])
      #expect(lines.items.allSatisfy { $0.official.hasPrefix("助企") && !$0.pair.reasons.isEmpty })
      // Its prices alone give the bound, and a forged price another one.
      let verify = VerifyPairing(town.platform)
      #expect(try await verify(id, for: town.office).holds)
      try await town.platform.database.write { connection in
        let detail = try PairingPlanRows.detail(of: id, in: connection)!
        let forged = String(decoding: detail.potentials, as: UTF8.self)
          .replacing("\"bound\":", with: "\"bound\":1")
        try connection.run(
          "update pairing_plan_details set potentials = ?2 where plan_id = ?1",
          [id, Array(forged.utf8)])
      }
      #expect(try await !verify(id, for: town.office).holds)
      // Nothing holds yet.
      #expect(
        try await CheckPairing(town.platform)(.enterprise, for: town.office).counties
          .map(\.covered) == [0])
      try await DiscardPairing(town.platform)(id, by: town.office)
      await #expect(throws: PairingRefusal.self) {
        try await AdoptPairing(town.platform)(id, on: town.platform.now().day, by: town.office)
      }
      #expect(try await show(id, for: town.office).figures == nil)
      #expect(try await town.replays())
    }
  }

  @Test(arguments: Engine.available)
  func aPlanBeginsOnItsDay(engine: Engine) async throws {
    try await PairingTown.run(on: engine) { town in
      let today = town.platform.now().day
      let firm = try await town.platform.database.read {
        try EnterpriseRows.only(named: "面粉厂", in: $0)!
      }
      _ = try await town.adopt(.enterprise, on: today + 10)
      #expect(try await town.officials(of: .enterprise(firm)) == [])
      town.test.advance(days: 10)
      let first = try await town.officials(of: .enterprise(firm))
      #expect(first.count == 1)
      // Who is in charge cannot have ended yesterday.
      let again = try await PlanPairing(town.platform)(.enterprise, by: town.office)
      await #expect(throws: PairingRefusal.self) {
        try await AdoptPairing(town.platform)(again, on: today, by: town.office)
      }
      await #expect(throws: PairingRefusal.self) {
        try await AdoptPairing(town.platform)(again, on: today + 1000, by: town.office)
      }
      #expect(try await town.officials(of: .enterprise(firm)) == first)
    }
  }

  @Test(arguments: Engine.available)
  func aStalePlanIsNotAdopted(engine: Engine) async throws {
    try await PairingTown.run(on: engine) { town in
      let id = try await PlanPairing(town.platform)(.enterprise, by: town.office)
      try await town.leave("助企1")
      await #expect(throws: PairingRefusal.self) {
        try await AdoptPairing(town.platform)(id, on: town.platform.now().day, by: town.office)
      }
      #expect(
        try await CheckPairing(town.platform)(.enterprise, for: town.office).counties
          .map(\.covered) == [0])
    }
  }

  @Test(arguments: Engine.available)
  func aRepairChangesNothingElse(engine: Engine) async throws {
    try await PairingTown.run(on: engine) { town in
      _ = try await town.adopt(.village)
      func all() async throws -> [PairingFacts.Current: Day] {
        let open = try await town.platform.database.read { try PairingRows.open(.village, in: $0) }
        return Dictionary(
          uniqueKeysWithValues: open.map {
            (.init(official: $0.pairing.official, target: $0.pairing.target), $0.pairing.begins)
          })
      }
      let before = try await all()
      // Links take those of county rank, of whom there is none to spare.
      let linked = Set(before.keys.filter { $0.target.kind == .township }.map(\.official))
      let leaver = try #require(
        before.keys.first { $0.target.kind == .village && !linked.contains($0.official) })
      let name = try await ShowPairing(town.platform)(of: leaver.target, for: town.office)[0]
        .official
      try await town.leave(name)
      town.test.advance(days: 1)
      let id = try await PlanPairing(town.platform)(.village, .repair, by: town.office)
      // Only what changes is written out.
      let lines = try await ShowPairingPlans(town.platform).lines(
        of: id, changes: [], county: nil, after: 0, for: town.office)
      #expect(lines.items.map(\.pair.change) == [.replaced])
      let result = try await AdoptPairing(town.platform)(
        id, on: town.platform.now().day, by: town.office)
      let lost = before.keys.filter { $0.official == leaver.official }
      #expect(result.ended == lost.count && result.begun == lost.count)
      let after = try await all()
      #expect(
        before.filter { $0.key.official != leaver.official }.allSatisfy {
          after[$0.key] == $0.value
        })
      #expect(Set(after.keys.map(\.target)) == Set(before.keys.map(\.target)))
      #expect(try await town.replays())
    }
  }

  @Test(arguments: Engine.available)
  func everybodyConcernedIsTold(engine: Engine) async throws {
    try await PairingTown.run(on: engine) { town in
      let firm = try await town.platform.database.read {
        try EnterpriseRows.only(named: "面粉厂", in: $0)!
      }
      let owner = try await town.test.account(.enterprise, enterprise: firm)
      let helper = try await town.test.account(
        .official, official: town.official("助企1"))
      _ = try await town.adopt(.enterprise)
      let told = try await ListNotices(town.platform)(after: nil, for: owner).items
      #expect(told.map(\.kind) == [.paired] && told.map(\.title) == ["面粉厂"])
      let own = try await OwnPairings(town.platform).charges(of: helper)
      let notices = try await ListNotices(town.platform)(after: nil, for: helper).items
      #expect(notices.count == own.count && notices.allSatisfy { $0.kind == .paired })
      // The firm sees who; never a private number.
      let seen = try await OwnPairings(town.platform).officials(of: owner)
      #expect(seen.count == 1 && seen[0].name.hasPrefix("助企"))
      let flour = own.filter { $0.name == "面粉厂" }
      if let charge = flour.first { #expect(charge.contact?.name == "王厂长") }
    }
  }

  /// The village's line goes to whoever is in charge there, unless somebody else is named.
  @Test(arguments: Engine.available)
  func aVillagesProblemGoesToItsOfficial(engine: Engine) async throws {
    try await PairingTown.run(on: engine) { town in
      _ = try await town.adopt(.village)
      let village = try await town.unit("柳林镇/河湾村")
      let paired = try await town.platform.database.read {
        try PairingRows.officials(unit: village, on: town.platform.now().day, in: $0)
      }
      let problem = try await RegisterProblem(town.platform)(
        Registration(
          track: "village", title: "机井坏了", detail: "", concerns: "示例市/清河县/柳林镇/河湾村",
          foundOn: "2026-11-19"), by: town.office)
      let act = ActOnProblem(town.platform)
      _ = try await act(
        .command(.judge(category: "other", difficulty: .general, tier: "", note: "")),
        on: problem, seen: nil, by: town.office)
      let after = try await act(
        .assign(.init(unit: "清河县水利局")), on: problem, seen: nil, by: town.office)
      let line = after.round?.legs.first { $0.role == .official }
      #expect(line?.party == .official(paired[0]))
    }
  }

  @Test(arguments: Engine.available)
  func marksArePutDownAndLifted(engine: Engine) async throws {
    try await PairingTown.run(on: engine) { town in
      let firm = try await town.platform.database.read {
        try EnterpriseRows.only(named: "机械厂", in: $0)!
      }
      let official = try await town.official("助企2")
      let mark = MarkPairing(town.platform)
      let fixed = PairingMark(
        kind: .fixed, official: official, target: .enterprise(firm), reason: .experience,
        note: " 熟悉 ")
      let id = try await mark(fixed, by: town.office)
      await #expect(throws: PairingRefusal.self) { try await mark(fixed, by: town.office) }
      let lines = try await mark.list(for: town.office)
      #expect(lines.map(\.official) == ["助企2"] && lines.map(\.mark.note) == ["熟悉"])
      _ = try await town.adopt(.enterprise)
      #expect(try await town.officials(of: .enterprise(firm)) == ["助企2"])
      try await mark.lift(id, by: town.office)
      #expect(try await mark.list(for: town.office).isEmpty)
      await #expect(throws: UseCaseError.self) { try await mark.lift(id, by: town.office) }
      _ = try await mark(
        PairingMark(
          kind: .excluded, official: official, target: .enterprise(firm), reason: .familyFirm),
        by: town.office)
      _ = try await town.adopt(.enterprise)
      #expect(try await town.officials(of: .enterprise(firm)) != ["助企2"])
      #expect(try await town.replays())
    }
  }

  @Test(arguments: Engine.available)
  func onlyTheCitysOfficePlans(engine: Engine) async throws {
    try await PairingTown.run(on: engine) { town in
      let county = try await town.test.account(.countyOffice, unit: "示例市/清河县")
      let handler = try await town.test.account(.handler, unit: "清河县水利局")
      for account in [county, handler] {
        await #expect(throws: UseCaseError.self) {
          try await PlanPairing(town.platform)(.village, by: account)
        }
        await #expect(throws: UseCaseError.self) {
          try await ShowPairingPlans(town.platform)(for: account)
        }
      }
      // A county's office sees what stands in its county.
      let seen = try await CheckPairing(town.platform)(.village, for: county)
      #expect(seen.counties.map(\.targets).reduce(0, +) == 12)
      await #expect(throws: UseCaseError.self) {
        try await CheckPairing(town.platform)(.village, for: handler)
      }
    }
  }

  @Test(arguments: Engine.available)
  func saysWhyAndWhatElseWouldCost(engine: Engine) async throws {
    try await PairingTown.run(on: engine) { town in
      let village = PairingTarget.village(try await town.unit("柳林镇/石桥村"))
      let found = try await ExplainPairing(town.platform)(village, for: town.office)
      #expect(found.target == "示例市/清河县/柳林镇/石桥村" && !found.reasons.isEmpty)
      #expect(found.choices.first?.isPlanned == true)
      #expect(found.choices.dropFirst().allSatisfy { !$0.isPlanned && $0.extra >= 0 })
      #expect(found.possible == 12)
    }
  }

  @Test(arguments: Engine.available)
  func conflictsNameTheRules(engine: Engine) async throws {
    try await PairingTown.run(on: engine) { town in
      for number in 1...9 { try await town.leave("科级\(number)") }
      do {
        _ = try await PlanPairing(town.platform)(.village, by: town.office)
        Issue.record("planned without officials")
      } catch PairingRefusal.conflicts(let conflicts, let basis) {
        // Nine villages, three officials of county rank with one village each.
        #expect(conflicts.map(\.leftOver) == [6])
        #expect(conflicts.flatMap(\.supplies).map(\.officials) == [3])
        #expect(basis.name(place: basis.facts.targets(.village)[0].place.county) == "清河县")
      }
    }
  }

  /// Of two drafts from the same state only one can be adopted: the other was compared with what holds no more.
  @Test(arguments: Engine.available)
  func aDraftFromBeforeAnotherPlanIsNotAdopted(engine: Engine) async throws {
    try await PairingTown.run(on: engine) { town in
      _ = try await town.adopt(.village)
      try await town.leave("科级2")
      let drafts = try await [0, 1].asyncMap { _ in
        try await PlanPairing(town.platform)(.village, .plan, by: town.office)
      }
      town.test.advance(seconds: 5)
      let today = town.platform.now().day
      _ = try await AdoptPairing(town.platform)(drafts[0], on: today, by: town.office)
      do {
        _ = try await AdoptPairing(town.platform)(drafts[1], on: today, by: town.office)
        // Where the first changed nothing, the second has nothing to undo.
        let heads = try await ShowPairingPlans(town.platform)(drafts[0], for: town.office).head
        #expect(heads.changed == 0)
      } catch PairingRefusal.superseded {}
      #expect(try await CheckPairing(town.platform)(.village, for: town.office).count == 0)
    }
  }

  /// Whoever left has no line of a new problem; the village itself has it again.
  @Test(arguments: Engine.available)
  func whoLeftGetsNoLine(engine: Engine) async throws {
    try await PairingTown.run(on: engine) { town in
      _ = try await town.adopt(.village)
      let village = try await town.unit("柳林镇/河湾村")
      let name = try await town.officials(of: .village(village))[0]
      try await town.leave(name)
      #expect(
        try await town.platform.database.read {
          try PairingRows.officials(unit: village, on: town.platform.now().day, in: $0)
        } == [])
    }
  }

  @Test(arguments: Engine.available)
  func pairingsAndMarksFollowAMerger(engine: Engine) async throws {
    try await PairingTown.run(on: engine) { town in
      func firm(_ name: String) async throws -> EnterpriseID {
        try await town.platform.database.read { try EnterpriseRows.only(named: name, in: $0)! }
      }
      _ = try await town.adopt(.enterprise)
      let (gone, kept) = (try await firm("机械厂"), try await firm("陶瓷厂"))
      let before = try await Set(
        town.officials(of: .enterprise(gone)) + town.officials(of: .enterprise(kept)))
      let excluded = try await town.official("助企3")
      _ = try await MarkPairing(town.platform)(
        PairingMark(
          kind: .excluded, official: excluded, target: .enterprise(gone), reason: .familyFirm),
        by: town.office)
      try await MergeEnterprises(town.platform)(gone, into: kept, by: town.office)
      #expect(try await Set(town.officials(of: .enterprise(kept))) == before)
      let marks = try await MarkPairing(town.platform).list(for: town.office)
      #expect(marks.map(\.mark.target) == [.enterprise(kept)])
      #expect(try await town.replays())
    }
  }

  @Test(arguments: Engine.available)
  func onlyWhatCanBePairedIsMarked(engine: Engine) async throws {
    try await PairingTown.run(on: engine) { town in
      let official = try await town.official("科级1")
      let village = try await town.unit("柳林镇/河湾村")
      let county = try await town.unit("示例市/清河县")
      for target in [
        PairingTarget.township(village), .village(county), .enterprise(EnterpriseID(7)),
      ] {
        await #expect(throws: PairingRefusal.self) {
          try await MarkPairing(town.platform)(
            PairingMark(kind: .fixed, official: official, target: target, reason: .other),
            by: town.office)
        }
      }
    }
  }
}

extension Sequence {
  fileprivate func asyncMap<T>(_ body: (Element) async throws -> T) async throws -> [T] {
    var results: [T] = []
    for element in self { results.append(try await body(element)) }
    return results
  }
}
