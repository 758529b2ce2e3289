import Domain
import Services
import Storage
import TestSupport
import Testing

@Suite struct SavedViewTests {
  private func views(_ test: TestPlatform, _ account: Account) async throws -> [SavedView] {
    try await ShowProblemList(test.platform)(ProblemListing(), before: nil, for: account).views
  }

  @Test(arguments: Engine.available)
  func aViewIsItsOwnersUntilTheOfficeSharesIt(engine: Engine) async throws {
    try await engine.withSample { test in
      let one = try await test.account(.office)
      let other = try await test.account(.director)
      let handler = try await test.account(.handler, unit: "清河县水利局")
      let save = SaveView(test.platform)
      try await save("本周到期", query: "lamp=yellow", isShared: false, isDefault: true, by: one)
      try await save("超期", query: "lamp=red", isShared: true, isDefault: false, by: one)
      try await save("我的", query: "state=assigned", isShared: false, isDefault: false, by: handler)
      #expect(try await views(test, one).map(\.name).sorted() == ["本周到期", "超期"].sorted())
      #expect(try await views(test, other).map(\.name) == ["超期"])
      #expect(try await views(test, handler).map(\.name) == ["我的"])
      await #expect(throws: SavedViewRefusal.mayNotShare) {
        try await save("x", query: "", isShared: true, isDefault: false, by: handler)
      }
    }
  }

  @Test(arguments: Engine.available)
  func oneNameIsOneViewAndOneIsTheDefault(engine: Engine) async throws {
    try await engine.withSample { test in
      let office = try await test.account(.office)
      let save = SaveView(test.platform)
      let first = try await save(
        "甲", query: "lamp=red", isShared: false, isDefault: true, by: office)
      let second = try await save(
        "乙", query: "state=judged", isShared: false, isDefault: true, by: office)
      let again = try await save(
        " 甲 ", query: "lamp=grey", isShared: false, isDefault: false, by: office)
      #expect(first == again)
      let kept = try await views(test, office)
      #expect(kept.first { $0.id == first }?.query == "lamp=grey")
      #expect(kept.filter(\.isDefault).map(\.id) == [second])
      try await ChooseDefaultView(test.platform)(nil, by: office)
      #expect(try await views(test, office).allSatisfy { !$0.isDefault })
      for name in ["", "  "] {
        await #expect(throws: SavedViewRefusal.nameMissing) {
          try await save(name, query: "", isShared: false, isDefault: false, by: office)
        }
      }
    }
  }

  @Test(arguments: Engine.available)
  func nobodyChangesAnothersView(engine: Engine) async throws {
    try await engine.withSample { test in
      let one = try await test.account(.office)
      let other = try await test.account(.office)
      let id = try await SaveView(test.platform)(
        "超期", query: "lamp=red", isShared: true, isDefault: false, by: one)
      await #expect(throws: UseCaseError.self) {
        try await DropView(test.platform)(id, by: other)
      }
      await #expect(throws: UseCaseError.self) {
        try await ChooseDefaultView(test.platform)(id, by: other)
      }
      try await DropView(test.platform)(id, by: one)
      #expect(try await views(test, one).isEmpty)
    }
  }
}
