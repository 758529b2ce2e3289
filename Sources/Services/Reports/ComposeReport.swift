import Domain
import Storage

/// Writes a unit's report: every number is a figure's, every line a problem that a figure counts.
struct ComposeReport: Sendable {
  let platform: Platform
  let address: ReportAddress
  let scope: ReportScope
  let asOf: Instant
  /// Nil for now.
  let knownOn: Instant?
  var source = Source.server

  /// What is counted.
  package enum Source: Sendable {
    /// This server's columns of all spans, as on every page.
    case server
    /// The table of spans, read anew.
    case tables
    /// The ledger's entries, and no table: takes as long as reading them all.
    case ledger
  }

  private struct Answer: Sendable {
    let result: FigureResult
    /// Where there is a list of them.
    var members: [FigureMember] = []
  }

  /// Which answer stands where.
  private struct Ask: Hashable {
    let figure: String
    let by: FigureQuery.Dimension?
    let period: ReportPeriod
    let asOf: Instant
    let isOfPeriod: Bool
  }

  func callAsFunction() async throws -> ReportContent {
    guard let kind = platform.reports[address.kind] else { throw UseCaseError.notFound }
    let sections = kind.sections(for: scope.face)
    let now = platform.now()
    let listed = Set(sections.compactMap { $0.list.map(ask) })
    let answers = try await answers(Array(Set(sections.flatMap(asks))), listed, at: now)
    let names = try await names(of: answers.values.map(\.result))
    let lists = try await platform.database.read { connection in
      try sections.map { section in
        try section.list.map { try list($0, answers[ask($0)]!, in: connection) }
      }
    }
    let parts = zip(sections, lists).map { section, list in
      ReportContent.Section(
        section,
        figures: section.figures?.map { code in
          ReportContent.Figure(
            answers[ask(code, of: address.period, asOf)]!.result,
            before: answers[ask(code, of: before, before.end)]!.result)
        },
        table: section.table.map { table in
          ReportContent.Table(
            by: table.by,
            table.figures.map { answers[ask($0, of: address.period, asOf, by: table.by)]!.result },
            names: names)
        }, list: list)
    }
    return ReportContent(
      address, face: scope.face, title: kind.words, name: scope.name, asOf: asOf,
      knownOn: max(asOf, knownOn ?? now), layout: platform.reports.version,
      definitions: platform.definitions, sections: parts)
  }

  private var before: ReportPeriod { address.period.previous }

  private func ask(
    _ figure: String, of period: ReportPeriod, _ asOf: Instant,
    by dimension: FigureQuery.Dimension? = nil
  ) -> Ask {
    Ask(
      figure: figure, by: dimension, period: period, asOf: asOf,
      isOfPeriod: platform.definitions[figure]?.member != nil)
  }

  private func asks(_ section: ReportLayout.Section) -> [Ask] {
    var asks: [Ask] = []
    for code in section.figures ?? [] {
      asks += [ask(code, of: address.period, asOf), ask(code, of: before, before.end)]
    }
    if let table = section.table {
      asks += table.figures.map { ask($0, of: address.period, asOf, by: table.by) }
    }
    if let list = section.list { asks.append(ask(list)) }
    return asks
  }

  private func ask(_ list: ReportLayout.List) -> Ask {
    let period =
      switch list.period {
      case .this, nil: address.period
      case .next: address.period.next
      case .previous: address.period.previous
      }
    return ask(list.figure, of: period, asOf)
  }

  private func request(_ ask: Ask) -> FigureRequest {
    var request = FigureRequest(
      ask.figure, asOf: ask.asOf, knownOn: knownOn.map { .on($0) } ?? .now,
      period: ask.isOfPeriod ? ask.period.days : nil, by: ask.by)
    switch (scope.face, address.subject) {
    case (.county, .unit(let unit)): request.area = unit
    case (.unit, .unit(let unit)): request.handler = unit
    default: break
    }
    return request
  }

  // MARK: Counting

  private func answers(
    _ asks: [Ask], _ listed: Set<Ask>, at now: Instant
  ) async throws -> [Ask: Answer] {
    switch source {
    case .server:
      let results = try await AskFigure(platform).several(asks.map(request), for: nil)
      let (platform, limit) = (platform, platform.reports.lines)
      return try await platform.database.read { connection in
        var answers: [Ask: Answer] = [:]
        for (ask, result) in zip(asks, results) {
          let members =
            listed.contains(ask)
            ? try platform.spans.use(in: connection) { $0.members(of: result, limit) } : []
          answers[ask] = Answer(result: result, members: members)
        }
        return answers
      }
    case .tables, .ledger:
      return try await platform.database.read(from: .replica) { connection in
        let figures = platform.definitions.figures
        let columns =
          try source == .ledger
          ? FigureColumns(for: figures, fromLedgerIn: connection)
          : FigureColumns(for: figures, fromTableIn: connection)
        var answers: [Ask: Answer] = [:]
        for ask in asks {
          let result = try count(request(ask), columns, at: now, in: connection)
          answers[ask] = Answer(
            result: result,
            members: listed.contains(ask) ? columns.members(of: result, platform.reports.lines) : []
          )
        }
        return answers
      }
    }
  }

  private func count(
    _ request: FigureRequest, _ columns: FigureColumns, at now: Instant,
    in connection: any Connection
  ) throws -> FigureResult {
    let (definition, query) = try request.resolved(platform, at: now, for: nil, in: connection)
    return try FigureResult.counted(query) {
      definition.subject == .targets
        ? try FigureRows.result(definition, $0, in: connection) : columns.count(definition, $0)
    }
  }

  /// Of all groups of all tables.
  private func names(of results: [FigureResult]) async throws -> [String: Definition.Words] {
    var names: [String: Definition.Words] = [:]
    for result in results where result.query.dimension != nil {
      names.merge(try await NameGroups(platform)(result)) { one, _ in one }
    }
    return names
  }

  private func list(
    _ list: ReportLayout.List, _ answer: Answer, in connection: any Connection
  ) throws -> ReportContent.List {
    let definition = answer.result.definition
    var lines: [ReportContent.Line] = []
    for member in answer.members {
      guard let history = try ProblemHistory.load(member.problem, in: connection) else { continue }
      lines.append(
        ReportContent.Line(
          history.problem(asOf: asOf), round: member.round, asOf: asOf, member: definition.member))
    }
    let units = try UnitRows.names(of: lines.compactMap(\.unit), in: connection)
    for index in lines.indices { lines[index].unitName = lines[index].unit.flatMap { units[$0] } }
    return ReportContent.List(
      figure: list.figure, days: answer.result.query.period, columns: list.columns,
      count: answer.result.total.denominator, lines: lines.inOrder(of: list.columns))
  }
}

extension [ReportContent.Line] {
  /// What is due first, first, where dates are what a list is for; else as the figure has them.
  fileprivate func inOrder(of columns: [ReportLayout.Column]) -> [ReportContent.Line] {
    func ordered(_ key: (ReportContent.Line) -> Int64?) -> [ReportContent.Line] {
      sorted { a, b in
        (key(a) ?? .max, a.number ?? 0, a.round ?? 0)
          < (key(b) ?? .max, b.number ?? 0, b.round ?? 0)
      }
    }
    if columns.contains(.review) { return ordered { $0.review.map { Int64($0.number) } } }
    if columns.contains(.lamp) { return ordered { $0.due?.milliseconds } }
    return self
  }
}

extension FigureColumns {
  /// The newest of what a figure counts.
  fileprivate func members(of result: FigureResult, _ limit: Int) -> [FigureMember] {
    members(
      .denominator, result.definition, result.query, group: nil, share: nil, after: nil,
      limit: limit)
  }
}
