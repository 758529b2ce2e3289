import Domain
import Services
import Storage
import TestSupport
import Testing

/// Lists and pages of the registers: what is found, by whom, and what of it can be read.
@Suite struct RegisterListTests {
  private func with(
    _ engine: Engine, _ body: (TestPlatform, RegisterWorld) async throws -> Void
  ) async throws {
    try await engine.withSample { platform in
      try await body(platform, RegisterWorld(platform))
    }
  }

  private func query(_ text: String = "", unit: String = "") -> RegisterQuery {
    var query = RegisterQuery()
    query.text = text
    query.unit = unit
    return query
  }

  @Test(arguments: Engine.available)
  func officialsAreNarrowedAndMasked(engine: Engine) async throws {
    try await with(engine) { platform, _ in
      let office = try await platform.account(.office)
      func names(
        _ query: RegisterQuery, _ change: (inout OfficialFilter) -> Void = { _ in }
      ) async throws -> [String] {
        var filter = OfficialFilter()
        change(&filter)
        return try await ListOfficials(platform.platform)(query, filter, for: office)
          .lines.map(\.name)
      }
      #expect(try await Set(names(query())) == ["张三丰", "李四", "王小五"])
      #expect(try await names(query(unit: "示例市/白塔县")) == ["王小五"])
      #expect(try await names(query("三丰")) == ["张三丰"])
      #expect(try await names(query("三丰", unit: "示例市/白塔县")) == [])
      #expect(try await names(query()) { $0.rank = .county } == ["李四"])
      #expect(try await Set(names(query()) { $0.track = .village }) == ["李四", "王小五"])
      #expect(try await names(query()) { $0.status = .left } == [])
      let line = try #require(
        await ListOfficials(platform.platform)(query("张三丰"), OfficialFilter(), for: office)
          .lines.first)
      #expect(line.phone == "138****0001" && line.idNumber == "110***********002X")
      #expect(line.unitPath == "示例市/清河县/清河县水利局" && line.post == "局长")
      await #expect(throws: UseCaseError.self) { try await names(query(unit: "没有的单位")) }
    }
  }

  @Test(arguments: Engine.available)
  func enterprisesAreNarrowed(engine: Engine) async throws {
    try await with(engine) { platform, _ in
      let office = try await platform.account(.office)
      func names(
        _ query: RegisterQuery, _ change: (inout EnterpriseFilter) -> Void = { _ in }
      ) async throws -> Set<String> {
        var filter = EnterpriseFilter()
        change(&filter)
        return Set(
          try await ListEnterprises(platform.platform)(query, filter, for: office)
            .lines.map(\.enterprise.name))
      }
      let all: Set = ["清河面粉有限公司", "柳林机械厂", "白塔陶瓷厂"]
      #expect(try await names(query()) == all)
      #expect(try await names(query(unit: "白塔县")) == ["白塔陶瓷厂"])
      #expect(try await names(query("面粉")) == ["清河面粉有限公司"])
      #expect(try await names(query("91350100M")) == ["清河面粉有限公司"])
      #expect(try await names(query()) { $0.industry = "C" } == all)
      #expect(try await names(query()) { $0.industry = "C34" } == ["柳林机械厂"])
      #expect(try await names(query()) { $0.industry = "A" } == [])
      #expect(try await names(query()) { $0.isKey = true } == ["清河面粉有限公司"])
      #expect(try await names(query()) { $0.scale = .medium } == ["白塔陶瓷厂"])
      #expect(try await names(query()) { $0.status = .normal } == all)
      #expect(try await names(query()) { $0.status = .zombie } == [])
      #expect(try await names(query()) { $0.whiteList = .city } == ["清河面粉有限公司"])
      #expect(try await names(query()) { $0.whiteList = .province } == [])
    }
  }

  @Test(arguments: Engine.available)
  func townshipsAndVillages(engine: Engine) async throws {
    try await with(engine) { platform, _ in
      let office = try await platform.account(.office)
      func names(
        _ query: RegisterQuery, _ change: (inout VillageFilter) -> Void = { _ in }
      ) async throws -> Set<String> {
        var filter = VillageFilter()
        change(&filter)
        return Set(
          try await ListVillages(platform.platform)(query, filter, for: office).lines.map(
            \.unit.name))
      }
      #expect(try await names(query(unit: "白塔县")) == ["青龙镇", "上河村"])
      #expect(try await names(query(unit: "白塔县")) { $0.level = .township } == ["青龙镇"])
      #expect(try await names(query("河湾")) == ["河湾村"])
      #expect(try await names(query()) { $0.level = .township }.count == 4)
    }
  }

  /// Page after page in the order of the tree: everything once.
  @Test(arguments: Engine.available)
  func pagesHaveEverythingOnce(engine: Engine) async throws {
    try await with(engine) { platform, _ in
      let rows = (1...120).map { number in
        "第\(number)厂,清河县,\(number % 2 == 0 ? "柳林镇" : "大寺乡"),\(number % 3 == 0 ? "C13" : "C34")"
      }
      try await platform.importRows(
        .enterprises, "企业名称,县区,乡镇,行业\n" + rows.joined(separator: "\n"))
      let office = try await platform.account(.office)
      for industry in [nil, "C34"] {
        var query = query(unit: "清河县")
        var filter = EnterpriseFilter()
        filter.industry = industry
        var seen: [EnterpriseID] = []
        repeat {
          let page = try await ListEnterprises(platform.platform)(query, filter, for: office)
          seen += page.lines.map(\.id)
          query.after = page.next
          #expect(page.next == nil || page.lines.count == 50)
        } while query.after != nil
        #expect(seen.count == (industry == nil ? 122 : 81) && Set(seen).count == seen.count)
      }
    }
  }

  /// A county's office sees its county; a handler, whose work are problems, no register at all.
  @Test(arguments: Engine.available)
  func nobodySeesAnotherCounty(engine: Engine) async throws {
    try await with(engine) { platform, world in
      let county = try await platform.account(.countyOffice, unit: "示例市/清河县")
      let handler = try await platform.account(.handler, unit: "清河县水利局")
      let (own, other) = (
        try await world.enterprise("柳林机械厂"), try await world.enterprise("白塔陶瓷厂")
      )
      let (official, stranger) = (
        try await world.official("张三丰"), try await world.official("王小五")
      )
      let platform = platform.platform
      let list = try await ListEnterprises(platform)(query(), EnterpriseFilter(), for: county)
      #expect(Set(list.lines.map(\.enterprise.name)) == ["清河面粉有限公司", "柳林机械厂"])
      #expect(
        try await ListOfficials(platform)(query(), OfficialFilter(), for: county).lines.count == 2)
      await #expect(throws: UseCaseError.self) {
        try await ListEnterprises(platform)(query(unit: "白塔县"), EnterpriseFilter(), for: county)
      }
      // A key of the address that lies before their county opens nothing.
      for key in ["/", "/0/"] {
        var query = query()
        query.after = PlaceKey(path: key, id: 0)
        let names = try await ListVillages(platform)(query, VillageFilter(), for: county)
          .lines.map(\.unit.name)
        #expect(names.contains("柳林镇") && !names.contains("青龙镇"))
        #expect(
          try await ListOfficials(platform)(query, OfficialFilter(), for: county).lines.count == 2)
      }
      _ = try await ShowEnterprise(platform)(own, for: county)
      _ = try await ShowOfficial(platform)(official, for: county)
      for attempt in [
        { _ = try await ShowEnterprise(platform)(other, for: county) },
        { _ = try await ShowEnterprise(platform).inFull(other, for: county) },
        { _ = try await ShowOfficial(platform)(stranger, for: county) },
        { _ = try await ShowOfficial(platform).inFull(stranger, for: county) },
        { _ = try await ShowUnit(platform).inFull(world.counties[1], for: county) },
        { _ = try await ShowOfficial(platform)(official, for: handler) },
        { _ = try await ListOfficials(platform)(query(), OfficialFilter(), for: handler) },
      ] as [() async throws -> Void] {
        await #expect(throws: UseCaseError.self) { try await attempt() }
      }
      // The tree itself is everybody's; what belongs to its units is not.
      let there = try await ShowUnit(platform)(world.counties[1], on: nil, for: county)
      #expect(there.unit.name == "白塔县" && there.registers == nil)
      let here = try await ShowUnit(platform)(world.counties[0], on: nil, for: county)
      #expect(here.registers != nil)
      #expect(try await world.disclosures() == [])
    }
  }

  /// In full only by a right, and only with an entry of the ledger that says who looked at whom.
  @Test(arguments: Engine.available)
  func aLookIsInTheLedger(engine: Engine) async throws {
    try await with(engine) { platform, world in
      let office = try await platform.account(.office)
      let leader = try await platform.account(.leader)
      let official = try await world.official("张三丰")
      let enterprise = try await world.enterprise("清河面粉有限公司")
      let village = try await FindUnit(platform.platform)("河湾村")
      let masked = try await ShowOfficial(platform.platform)(official, for: leader)
      #expect(masked.official.phone == "138****0001")
      await #expect(throws: UseCaseError.self) {
        try await ShowOfficial(platform.platform).inFull(official, for: leader)
      }
      #expect(
        try await ShowEnterprise(platform.platform)(enterprise, for: office).contact?.name == "赵**")
      #expect(try await world.disclosures() == [])

      let full = try await ShowOfficial(platform.platform).inFull(official, for: office)
      #expect(full.official.phone == RegisterWorld.phone)
      #expect(full.official.idNumber == RegisterWorld.idNumber)
      let contact = try await ShowEnterprise(platform.platform).inFull(enterprise, for: office)
        .contact
      #expect(contact?.name == "赵六七" && contact?.phone == "13900000001")
      let place = try await ShowUnit(platform.platform).inFull(village, for: office)
      #expect(place.registers?.contact?.phone == "13700000001")
      #expect(place.registers?.profile?.population == 1200)
      #expect(
        try await world.disclosures() == [
          #"\#(office.actor) disclosure.shown {"id":"\#(official)","register":"officials"}"#,
          #"\#(office.actor) disclosure.shown {"id":"\#(enterprise)","register":"enterprises"}"#,
          #"\#(office.actor) disclosure.shown {"id":"\#(village)","register":"villages"}"#,
        ])
      #expect(try await ReplayLedger(platform.platform)().differences == [])
    }
  }

  /// Who changed which field is read from the ledger; sealed values stay sealed.
  @Test(arguments: Engine.available)
  func theStoryOfAnEntry(engine: Engine) async throws {
    try await with(engine) { platform, world in
      let office = try await platform.account(.office, name: "办事员")
      platform.advance(days: 1)
      try await platform.importRows(
        .enterprises, "企业名称,县区,信用代码,规模,联系人,联系电话\n清河面粉集团,清河县,91350100M000100Y43,中型,赵六七,13900000009",
        by: office)
      let id = try await world.enterprise("清河面粉集团")
      let detail = try await ShowEnterprise(platform.platform)(id, for: office)
      #expect(detail.enterprise.formerNames == ["清河面粉有限公司"])
      let changes = detail.story.changes
      let change = try #require(changes.first { $0.register == "enterprise" })
      #expect(change.verb == "changed" && detail.story.actors[change.actor] == "办事员")
      let fields = change.fields.map { "\($0.name) \($0.from ?? "–") \($0.to ?? "–")" }
      #expect(fields.contains("scale small medium"))
      #expect(fields.contains("name 清河面粉有限公司 清河面粉集团"))
      #expect(changes.last?.actor == .system && changes.last?.verb == "added")
      let phones = changes.filter { $0.register == "contact" }.flatMap(\.fields).filter {
        $0.name == "phone"
      }
      #expect(!phones.isEmpty && phones.allSatisfy { $0.to?.contains("139") == false })
    }
  }

  /// A unit's page of a past day has the names and the children of that day.
  @Test(arguments: Engine.available)
  func aUnitAsItWas(engine: Engine) async throws {
    try await with(engine) { platform, _ in
      let office = try await platform.account(.office)
      let (gone, kept) = (
        try await FindUnit(platform.platform)("大寺乡"),
        try await FindUnit(platform.platform)("清河县/城关街道")
      )
      let before = platform.platform.now().day
      platform.advance(days: 10)
      let reorganise = ReorganiseUnits(platform.platform)
      try await reorganise(.change(name: "大寺镇"), of: gone, on: nil, by: office)
      platform.advance(days: 10)
      try await reorganise(.merge(into: kept), of: gone, on: nil, by: office)
      let show = ShowUnit(platform.platform)
      let then = try await show(gone, on: before, for: office)
      #expect(then.line.map(\.name) == ["示例市", "清河县", "大寺乡"] && then.wasThere)
      #expect(Set(then.children.map(\.name)) == ["大寺村", "北坡村", "南沟村"])
      #expect(try await show(gone, on: before + 10, for: office).line.last?.name == "大寺镇")
      #expect(try await show(gone, on: before + -1000, for: office).wasThere == false)
      let now = try await show(gone, on: nil, for: office)
      #expect(now.successor?.id == kept && now.children.isEmpty && now.unit.validTo != nil)
      let other = try await show(kept, on: nil, for: office)
      #expect(other.predecessors.map(\.id) == [gone])
      #expect(other.children.map(\.name).contains("北坡村"))
      guard case .merged(let into) = now.changes.first?.deeds.first else {
        Issue.record("no merger told")
        return
      }
      #expect(into == kept && now.names[kept] == "示例市/清河县/城关街道")
    }
  }
}
