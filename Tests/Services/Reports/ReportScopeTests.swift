import Domain
import Services
import TestSupport
import Testing

/// Who sees and writes whose reports.
@Suite struct ReportScopeTests {
  private enum Seen: Equatable { case shown, hidden, forbidden }

  private func sees(
    _ account: Account, _ subject: ReportSubject, _ world: ReportWorld
  ) async throws -> Seen {
    do {
      _ = try await world.report(.weekly, subject, for: account)
      return .shown
    } catch UseCaseError.notFound {
      return .hidden
    } catch UseCaseError.forbidden {
      return .forbidden
    }
  }

  private func writes(
    _ account: Account, _ subject: ReportSubject, _ world: ReportWorld
  ) async throws -> Seen {
    let section = subject.official == nil ? "plans" : "notes"
    do {
      try await WriteReportRemark(world.platform)(
        "下周继续。", in: section, of: world.address(.weekly, subject), by: account)
      return .shown
    } catch UseCaseError.notFound {
      return .hidden
    } catch UseCaseError.forbidden {
      return .forbidden
    }
  }

  @Test(arguments: Engine.available)
  func everyoneWithinTheirReach(engine: Engine) async throws {
    try await ReportWorld.run(on: engine) { world in
      let leader = try await world.test.account(.leader)
      let city = ReportSubject.unit(world.city)
      let (ours, theirs) = (world.unit(world.county), world.unit(world.otherCounty))
      let (water, otherWater) = (world.unit(world.water), world.unit(world.otherWater))
      let own = ReportSubject.official(world.officialID)
      let cases: [(Account, [ReportSubject: (Seen, Seen)])] = [
        (
          world.office,
          [
            city: (.shown, .shown), ours: (.shown, .shown), otherWater: (.shown, .shown),
            own: (.hidden, .hidden),
          ]
        ),
        (
          world.county,
          [
            city: (.hidden, .hidden), ours: (.shown, .shown), theirs: (.hidden, .hidden),
            water: (.shown, .shown), otherWater: (.hidden, .hidden),
          ]
        ),
        (
          world.water,
          [
            city: (.hidden, .hidden), ours: (.hidden, .hidden), water: (.shown, .shown),
            otherWater: (.hidden, .hidden), own: (.hidden, .hidden),
          ]
        ),
        (leader, [city: (.shown, .forbidden), otherWater: (.shown, .forbidden)]),
        (
          world.official,
          [own: (.shown, .shown), city: (.forbidden, .forbidden), water: (.forbidden, .forbidden)]
        ),
      ]
      for (account, subjects) in cases {
        for (subject, (see, write)) in subjects {
          #expect(
            try await sees(account, subject, world) == see, "\(account.role) sees \(subject)")
          let may = try await writes(account, subject, world)
          // What nobody may see nobody writes, however that is said.
          #expect((may == .shown) == (write == .shown), "\(account.role) writes \(subject): \(may)")
        }
      }
    }
  }

  /// A handler's numbers are of what it leads, a county's of what lies in it.
  @Test(arguments: Engine.available)
  func eachHasItsOwnNumbers(engine: Engine) async throws {
    try await ReportWorld.run(on: engine) { world in
      let found = try await [world.county, world.otherCounty, world.water, world.otherWater]
        .asyncMap { account in
          try await world.report(.weekly, world.unit(account), for: account).count("found_count")
        }
      #expect(found == [3, 3, 3, 1])
      let home = try await ListReports(world.platform)(for: world.county)
      #expect(home.subject == world.unit(world.county) && home.seesOthers)
      #expect(try await ListReports(world.platform)(for: world.water).seesOthers == false)
      let kinds = try await ListReports(world.platform)(for: world.official).kinds.map(\.kind.kind)
      #expect(kinds == [.weekly, .monthly])
    }
  }

  /// Others see an official's week once it was handed in, and only those of its unit and above.
  @Test(arguments: Engine.available)
  func aWeekThatWasHandedIn(engine: Engine) async throws {
    try await ReportWorld.run(on: engine) { world in
      let own = ReportSubject.official(world.officialID)
      let town = try await world.test.account(.handler, unit: "示例市/清河县/柳林镇")
      #expect(try await sees(town, own, world) == .hidden)
      try await IssueReport(world.platform)(world.address(.weekly, own), by: world.official)
      for (account, seen) in [
        (town, Seen.shown), (world.county, .shown), (world.office, .shown),
        (world.otherCounty, .hidden), (world.water, .hidden),
      ] {
        #expect(try await sees(account, own, world) == seen, "\(account.role)")
      }
      let handed = try await ListReports(world.platform)(for: world.county).handedIn
      #expect(handed.map(\.name) == ["李四"])
      #expect(try await ListReports(world.platform)(for: world.otherCounty).handedIn.isEmpty)
    }
  }
}

extension Sequence {
  fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async throws -> [T] {
    var result: [T] = []
    for element in self { result.append(try await transform(element)) }
    return result
  }
}
