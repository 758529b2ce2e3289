import Domain
import Storage

/// Counts a demo city's figures and holds them against its plan.
package struct CheckDemo: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Parameter until: what is of a later day is left out.
  package func callAsFunction(
    _ size: DemoPlan.Size, until: Day
  ) async throws -> [DemoFigure] {
    let plan = DemoPlan.of(size)
    return try await platform.database.read { connection in
      var figures = try CheckDemo.registers(plan, until, connection)
      if until > DemoPlan.firstYearEnds { figures += try CheckDemo.villages(plan, connection) }
      if until > DemoPlan.publishedEnd { figures += try CheckDemo.enterprises(plan, connection) }
      return figures
    }
  }

  private static func registers(
    _ plan: DemoPlan, _ until: Day, _ connection: any Connection
  ) throws -> [DemoFigure] {
    func officials(
      _ tracks: [OfficialTrack], _ rank: OfficialRank?, _ level: UnitLevel?
    ) throws -> Int {
      try DemoCounts.officials(tracks, rank, level, in: connection)
    }
    func joined(before day: Day) -> Int {
      plan.enterprises.filter { $0.day < day }.reduce(0) { $0 + $1.count }
    }
    let later = until > plan.enterprises[2].day ? plan.laterOfficials : 0
    var figures = [
      DemoFigure(
        .townships, try DemoCounts.places(.township, in: connection), wanted: plan.townships),
      DemoFigure(
        .villages, try DemoCounts.places(.village, in: connection), wanted: plan.villages),
      DemoFigure(.bureau, try officials([.both], .bureau, .city), wanted: plan.bureau),
      DemoFigure(
        .enterpriseOfficials, try officials([.enterprise], nil, nil),
        wanted: plan.enterpriseOfficials + later),
      DemoFigure(
        .enterprises, try DemoCounts.enterprises(through: until + -1, in: connection),
        wanted: joined(before: until)),
      DemoFigure(
        .enterprisesPaired, try DemoCounts.paired(.enterprise, on: until, in: connection),
        wanted: joined(before: until)),
    ]
    if until > DemoPlan.villageBegins {
      figures += [
        DemoFigure(.cityCounty, try officials([.village], .county, .city), wanted: plan.cityCounty),
        DemoFigure(
          .countyCounty, try officials([.village], .county, .county), wanted: plan.countyCounty),
        DemoFigure(
          .countySection, try officials([.village], .section, .county),
          wanted: plan.countySection),
        DemoFigure(
          .officials, try officials(OfficialTrack.allCases, nil, nil),
          wanted: plan.officials - plan.laterOfficials + later),
        DemoFigure(
          .villagesPaired, try DemoCounts.paired(.village, on: until, in: connection),
          wanted: plan.villages),
        DemoFigure(
          .townshipsPaired, try DemoCounts.paired(.township, on: until, in: connection),
          wanted: plan.townships),
      ]
    }
    return figures
  }

  private static func villages(
    _ plan: DemoPlan, _ connection: any Connection
  ) throws -> [DemoFigure] {
    let end = DemoPlan.firstYearEnds
    let all = try DemoCounts.problems(.village, through: end, in: connection)
    let petitions = try DemoCounts.problems(
      .village, through: end, category: "petitions", in: connection)
    return [
      DemoFigure(.villageFound, all.found, wanted: plan.villageFound),
      DemoFigure(.villagePutRight, all.putRight, wanted: plan.villagePutRight),
      DemoFigure(
        .villageCategories, try DemoCounts.categories(.village, through: end, in: connection),
        wanted: 5),
      DemoFigure(.petitions, petitions.found, wanted: plan.petitions),
      DemoFigure(.petitionsSettled, petitions.putRight, wanted: plan.petitionsSettled),
      DemoFigure(
        .petitionBatches,
        try DemoCounts.assignmentDays("petitions", through: end, in: connection),
        wanted: plan.petitionBatches),
    ]
  }

  private static func enterprises(
    _ plan: DemoPlan, _ connection: any Connection
  ) throws -> [DemoFigure] {
    let end = DemoPlan.publishedEnd
    func counted(from begin: Day) throws -> (found: Int, putRight: Int) {
      try DemoCounts.problems(
        .enterprise, from: begin, through: end, category: "legal", isExcluded: true,
        in: connection)
    }
    let all = try counted(from: DemoPlan.begins)
    let total = plan.enterpriseFound.reduce(0, +)
    let ratings = try DemoCounts.ratings(.enterprise, through: end, in: connection)
    return [
      DemoFigure(
        .enterprises2022, try DemoCounts.enterprises(through: end, in: connection),
        wanted: plan.enterprises[0].count + plan.enterprises[1].count),
      DemoFigure(.enterpriseFound, all.found, wanted: total),
      DemoFigure(.enterpriseCompleted, all.putRight, wanted: total),
      DemoFigure(
        .enterpriseFoundThen, try counted(from: DemoPlan.firstYearEnds + 1).found,
        wanted: plan.enterpriseFound[1]),
      DemoFigure(
        .satisfaction, (ratings.satisfied * 2000 + ratings.rated) / max(1, 2 * ratings.rated),
        wanted: plan.satisfactionPerMille),
      DemoFigure(
        .whiteLists, try DemoCounts.whiteListed(in: connection),
        wanted: plan.whiteLists.reduce(0, +)),
    ]
  }
}
