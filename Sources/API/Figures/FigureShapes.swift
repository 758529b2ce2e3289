import Domain
import HTTP
import Services
import Storage

/// Figures as programs see them: numbers, with all that belongs to them.
enum FigureShapes {
  static let words = Shape<Definition.Words>(
    "FigureWords", [.init("zh") { $0.zh }, .init("en") { $0.en }])

  static let part = Shape<Definition.Part>(
    "FigurePart",
    [
      .init("code") { $0.code },
      .init("words", words) { $0.words },
      .init("where", .list(.map(.any))) { part, writer in
        writer.raw((try? SheetJSON.encode(part.conditions)) ?? "[]")
      },
    ])

  static let duration = Shape<Definition.Duration>(
    "FigureDuration",
    [.init(choice: "from") { $0.from }, .init(choice: "to") { $0.to }])

  static let definition = Shape<Definition>(
    "FigureDefinition",
    [
      .init("code") { $0.code },
      .init("version") { $0.version },
      .init("name", words) { $0.name },
      .init("subject") { $0.subject.rawValue },
      .init("measure") { $0.measure.rawValue },
      .init("sense") { $0.sense.rawValue },
      .init(choice: "member") { $0.member },
      .init("numerator", optional: part) { $0.numerator },
      .init("denominator", part) { $0.denominator },
      .init("exclusions", list: part) { $0.exclusions },
      .init("beside", list: part) { $0.beside },
      .init(choice: "divided") { $0.divided },
      .init("duration", optional: duration) { $0.duration },
      .init("grades") { $0.grades },
      .init("printed", words) { $0.printed },
      .init("source", words) { $0.source },
    ])

  /// The counts of a group, and what they are counts of.
  struct Counted: Sendable {
    let tally: Tally
    let definition: Definition
    let minimum: Int

    var isRate: Bool { definition.measure == .percent }
    var isTime: Bool { definition.measure == .hours }

    /// What stands large on the page: percent, hours or a number.
    var value: Double? {
      switch definition.measure {
      case .percent: tally.percent
      case .count, .shares: Double(tally.denominator)
      case .hours: tally.quantile(0.5).map(Double.init)
      }
    }

    var grade: Grade? { Grade(tally, definition, minimum: minimum) }

    func counts(_ parts: [Definition.Part], _ numbers: [Int]) -> [Count] {
      zip(parts, numbers).map { Count(code: $0.code ?? "", count: $1) }
    }
  }

  struct Count: Sendable {
    let code: String
    let count: Int
  }

  static let count = Shape<Count>(
    "FigureCount", [.init("code") { $0.code }, .init("count") { $0.count }])

  static let tally = Shape<Counted>(
    "FigureTally",
    [
      .init("value") { $0.value },
      .init("numerator") { $0.isRate ? $0.tally.numerator : nil },
      .init("denominator") { $0.tally.denominator },
      .init("low") { $0.isRate ? $0.tally.interval?.low : nil },
      .init("high") { $0.isRate ? $0.tally.interval?.high : nil },
      .init(choice: "grade") { $0.grade },
      .init("excluded", list: count) { $0.counts($0.definition.exclusions, $0.tally.exclusions) },
      .init("beside", list: count) { $0.counts($0.definition.beside, $0.tally.beside) },
      .init("shares", list: count) { counted in
        counted.tally.shares.sorted { $0.key < $1.key }.map { Count(code: $0.key, count: $0.value) }
      },
      .init("ninetieth_hours") { $0.isTime ? $0.tally.quantile(0.9) : nil },
      .init("waiting") { $0.isTime ? $0.tally.waiting.values.reduce(0, +) : nil },
    ])

  struct Group: Sendable {
    let key: String
    let name: Definition.Words?
    let counted: Counted
  }

  static let group = Shape<Group>(
    "FigureGroup",
    [
      .init("key") { $0.key },
      .init("name", optional: words) { $0.name },
      .init("tally", tally) { $0.counted },
    ])

  struct Answer: Sendable {
    let result: FigureResult
    let names: [String: Definition.Words]
    let minimum: Int

    func counted(_ tally: Tally) -> Counted {
      Counted(tally: tally, definition: result.definition, minimum: minimum)
    }

    var groups: [Group] {
      result.groups.map {
        Group(key: $0.key, name: names[$0.key], counted: counted($0.tally))
      }
    }
  }

  static let answer = Shape<Answer>(
    "Figure",
    [
      .init("code") { $0.result.definition.code },
      .init("version") { $0.result.definition.version },
      .init("name", words) { $0.result.definition.name },
      .init("measure") { $0.result.definition.measure.rawValue },
      .init("as_of") { $0.result.query.asOf },
      .init("known_on") { $0.result.query.knownOn },
      .init("from") { $0.result.query.period?.from },
      .init("to") { $0.result.query.period?.to },
      .init(id: "area_id") { $0.result.query.area?.unit },
      .init("track") { $0.result.query.track?.rawValue },
      .init(id: "unit_id") { $0.result.query.handler },
      .init(choice: "by") { $0.result.query.dimension },
      .init("total", tally) { $0.counted($0.result.total) },
      .init("known_then", optional: tally) { answer in
        answer.result.knownThen.map(answer.counted)
      },
      .init("groups", list: group) { $0.groups },
    ])

  /// A problem behind a number.
  static let member = Shape<ListFigureMembers.Line>(
    "FigureProblem",
    [
      .init("round") { $0.round },
      .init("problem", ProblemShapes.summary) { $0.problem },
    ])

  struct Area: Sendable {
    let unit: UnitID
    let outline: Outline
  }

  static let area = Shape<Area>(
    "MapOutline",
    [
      .init(id: "unit_id") { $0.unit },
      // As GeoJSON has a MultiPolygon (RFC 7946, 3.1.7).
      .init("coordinates", .list(.list(.list(.list(.number))))) { area, writer in
        writer.array { writer in
          for polygon in area.outline.polygons {
            writer.array { writer in
              for ring in polygon {
                writer.array { writer in
                  for position in ring { writer.position(position) }
                }
              }
            }
          }
        }
      },
    ])
}

extension JSONWriter {
  fileprivate mutating func position(_ position: Outline.Position) {
    array {
      $0.number(Double(position.longitude) / Double(Outline.precision))
      $0.number(Double(position.latitude) / Double(Outline.precision))
    }
  }
}
