/// A report as it was generated: all numbers with what they were counted by, so that it is read without
/// anything else and can be counted again.
package struct ReportContent: Hashable, Sendable, Codable {
  package let kind: ReportKind
  package let subject: ReportSubject
  package let period: ReportPeriod
  package let face: ReportLayout.Face
  package let title: Definition.Words
  /// A unit's name; an official's is looked up when it is shown, so that it can be erased.
  package let name: String?
  package let asOf: Instant
  package let knownOn: Instant
  /// Of the layout and of the definitions.
  package let layout: Int
  package let definitions: Int
  /// Rates of fewer are not judged.
  package let minimum: Int
  /// The accounts whose deeds an official's report tells.
  package let actors: [String]?
  package var sections: [Section]

  package init(
    _ address: ReportAddress, face: ReportLayout.Face, title: Definition.Words, name: String?,
    asOf: Instant, knownOn: Instant, layout: Int, definitions: Definitions,
    actors: [Actor]? = nil, sections: [Section]
  ) {
    (kind, subject, period) = (address.kind, address.subject, address.period)
    (self.face, self.title, self.name) = (face, title, name)
    (self.asOf, self.knownOn, self.layout) = (asOf, knownOn, layout)
    (self.definitions, minimum) = (definitions.version, definitions.minimum)
    self.actors = actors.map { $0.map(\.description) }
    self.sections = sections
  }

  package var address: ReportAddress { ReportAddress(kind, of: subject, in: period) }

  /// Whether the period still ran.
  package var isDraft: Bool { asOf < period.end }

  /// Characters of a remark.
  package static let maximumText = 2000

  package struct Section: Hashable, Sendable, Codable {
    package let code: String
    package let words: Definition.Words
    package let figures: [Figure]?
    package let table: Table?
    package let list: List?
    /// What a person wrote.
    package var remark: String?

    package init(
      _ section: ReportLayout.Section, figures: [Figure]? = nil, table: Table? = nil,
      list: List? = nil
    ) {
      (code, words) = (section.code, section.words)
      (self.figures, self.table, self.list) = (figures, table, list)
    }
  }

  package struct Figure: Hashable, Sendable, Codable {
    package let code: String
    package let version: Int
    package let name: Definition.Words
    package let measure: Definition.Measure
    /// Of the period, or of an instant.
    package let isOfPeriod: Bool
    package let now: Counts
    /// Of the period before, as of its end.
    package let before: Counts
    /// What was known at the instant; nil where nothing was registered later.
    package let knownThen: Counts?

    package init(_ now: FigureResult, before: FigureResult) {
      let definition = now.definition
      (code, version, name) = (definition.code, definition.version, definition.name)
      (measure, isOfPeriod) = (definition.measure, definition.member != nil)
      self.now = Counts(now.total, definition)
      self.before = Counts(before.total, definition)
      knownThen = now.knownThen.map { Counts($0, definition) }
    }
  }

  package struct Table: Hashable, Sendable, Codable {
    package let by: FigureQuery.Dimension
    package let columns: [Column]
    package let rows: [Row]

    package struct Column: Hashable, Sendable, Codable {
      package let code: String
      package let version: Int
      package let name: Definition.Words
      package let measure: Definition.Measure

      package init(_ definition: Definition) {
        (code, version) = (definition.code, definition.version)
        (name, measure) = (definition.name, definition.measure)
      }
    }

    package struct Row: Hashable, Sendable, Codable {
      /// Empty for those that have none.
      package let key: String
      package let name: Definition.Words?
      /// In the order of the columns.
      package let cells: [Counts]
    }

    /// Those with most of the first figure first: what is to be done there, not how good they are.
    package init(
      by dimension: FigureQuery.Dimension, _ results: [FigureResult],
      names: [String: Definition.Words]
    ) {
      by = dimension
      columns = results.map { Column($0.definition) }
      var cells: [String: [Counts]] = [:]
      for (index, result) in results.enumerated() {
        for group in result.groups {
          cells[group.key, default: results.map { Counts(Tally($0.definition), $0.definition) }][
            index] = Counts(group.tally, result.definition)
        }
      }
      rows = cells.map { Row(key: $0.key, name: names[$0.key], cells: $0.value) }
        .sorted { ($1.cells[0].denominator, $0.key) < ($0.cells[0].denominator, $1.key) }
    }
  }

  /// What was counted.
  package struct Counts: Hashable, Sendable, Codable {
    /// One of some that are printed beside a figure.
    package struct Part: Hashable, Sendable, Codable {
      package let code: String
      package let words: Definition.Words?
      package let count: Int
    }

    package let numerator: Int?
    package let denominator: Int
    package let exclusions: [Part]
    package let beside: [Part]
    package let shares: [Part]?
    package let medianHours: Int?
    package let ninetiethHours: Int?
    package let waiting: Int?

    package init(_ tally: Tally, _ definition: Definition) {
      func parts(_ parts: [Definition.Part], _ counts: [Int]) -> [Part] {
        zip(parts, counts).map { Part(code: $0.code ?? "", words: $0.words, count: $1) }
      }
      numerator = definition.measure == .percent ? tally.numerator : nil
      denominator = tally.denominator
      exclusions = parts(definition.exclusions, tally.exclusions)
      beside = parts(definition.beside, tally.beside)
      shares =
        definition.divided == nil
        ? nil
        : tally.shares.sorted { $0.key < $1.key }.map {
          Part(code: $0.key, words: nil, count: $0.value)
        }
      let isTime = definition.measure == .hours
      medianHours = isTime ? tally.quantile(0.5) : nil
      ninetiethHours = isTime ? tally.quantile(0.9) : nil
      waiting = isTime ? tally.waiting.values.reduce(0, +) : nil
    }

    /// In percent; nil where there is nothing to divide by.
    package var percent: Double? {
      guard let numerator, denominator > 0 else { return nil }
      return 100 * Double(numerator) / Double(denominator)
    }

    package var interval: Interval? {
      numerator.flatMap { Interval.wilson($0, of: denominator) }
    }
  }

  package struct List: Hashable, Sendable, Codable {
    /// Of the definition that counts them; nil for an official's own.
    package let figure: String?
    package let days: FigureQuery.Period?
    package let columns: [ReportLayout.Column]
    /// How many there are; the lines may be fewer.
    package let count: Int
    package let lines: [Line]

    package init(
      figure: String? = nil, days: FigureQuery.Period? = nil, columns: [ReportLayout.Column],
      count: Int, lines: [Line]
    ) {
      (self.figure, self.days, self.columns) = (figure, days, columns)
      (self.count, self.lines) = (count, lines)
    }
  }
}

extension FigureQuery.Dimension: Codable {}
