import Domain

/// A figure as JSON, and as lines.
struct FigureOutput: Encodable {
  struct Period: Encodable {
    let from: String
    let to: String
  }

  struct Excluded: Encodable {
    let code: String
    let zh: String
    let en: String
    let count: Int
  }

  struct Counts: Encodable {
    var key: String?
    var name: String?
    let numerator: Int?
    let denominator: Int
    let excluded: [Excluded]
    let beside: [Excluded]
    let percent: Double?
    let low: Double?
    let high: Double?
    let grade: String?
    let shares: [String: Int]?
    let median_hours: Int?
    let p90_hours: Int?
    let waiting: Int?
  }

  let figure: String
  let version: Int
  let name: String
  let as_of: String
  let known_on: String
  let period: Period?
  let by: String?
  let definition: Definition
  let total: Counts
  let known_then: Counts?
  let groups: [Counts]
  var ledger_agrees: Bool?

  init(_ result: FigureResult, _ names: [String: Definition.Words], minimum: Int) {
    let definition = result.definition
    func counts(_ tally: Tally) -> Counts { Counts(tally, definition, minimum: minimum) }
    (figure, version, name) = (definition.code, definition.version, definition.name.zh)
    (as_of, known_on) = (
      result.query.asOf.preciseDescription, result.query.knownOn.preciseDescription
    )
    period = result.query.period.map { .init(from: $0.from.description, to: $0.to.description) }
    by = result.query.dimension?.rawValue
    self.definition = definition
    total = counts(result.total)
    known_then = result.knownThen.map(counts)
    groups = result.groups.map { group in
      var line = counts(group.tally)
      (line.key, line.name) = (group.key, names[group.key]?.zh)
      return line
    }
  }

  func print() {
    Swift.print("\(name)（\(figure) v\(version)）as of \(as_of), known on \(known_on)")
    for line in groups { Swift.print("  \(line.name ?? line.key ?? "")  \(line.text)") }
    Swift.print("  = \(total.text)")
    if let known_then { Swift.print("  known then: \(known_then.text)") }
    if let ledger_agrees {
      Swift.print(ledger_agrees ? "  the ledger agrees" : "  the ledger disagrees")
    }
  }
}

extension FigureOutput.Counts {
  init(_ tally: Tally, _ definition: Definition, minimum: Int) {
    let isRate = definition.measure == .percent
    let isTime = definition.measure == .hours
    func excluded(_ parts: [Definition.Part], _ counts: [Int]) -> [FigureOutput.Excluded] {
      zip(parts, counts).map { .init(code: $0.code ?? "", zh: $0.zh, en: $0.en, count: $1) }
    }
    self.init(
      numerator: isRate ? tally.numerator : nil, denominator: tally.denominator,
      excluded: excluded(definition.exclusions, tally.exclusions),
      beside: excluded(definition.beside, tally.beside), percent: isRate ? tally.percent : nil,
      low: isRate ? tally.interval?.low : nil, high: isRate ? tally.interval?.high : nil,
      grade: Grade(tally, definition, minimum: minimum)?.rawValue,
      shares: definition.divided == nil ? nil : tally.shares,
      median_hours: isTime ? tally.quantile(0.5) : nil,
      p90_hours: isTime ? tally.quantile(0.9) : nil,
      waiting: isTime ? tally.waiting.values.reduce(0, +) : nil)
  }

  var text: String {
    var parts: [String] = []
    if let numerator {
      parts.append("\(numerator) ÷ \(denominator)")
    } else {
      parts.append("\(denominator)")
    }
    if let percent { parts.append("= \(FigureOutput.rounded(percent)) %") }
    if let low, let high {
      parts.append("[\(FigureOutput.rounded(low))–\(FigureOutput.rounded(high))]")
    }
    if let grade { parts.append(grade) }
    if let median_hours, let p90_hours {
      parts.append("median \(median_hours) h, p90 \(p90_hours) h")
    }
    if let waiting { parts.append("waiting \(waiting)") }
    if let shares {
      parts += shares.sorted { $0.key < $1.key }.map {
        "\($0.key.isEmpty ? "–" : $0.key) \($0.value)"
      }
    }
    parts += (excluded + beside).filter { $0.count > 0 }.map { "\($0.code) \($0.count)" }
    return parts.joined(separator: "  ")
  }
}

extension FigureOutput {
  /// To one decimal.
  static func rounded(_ percent: Double) -> String {
    let tenths = Int((percent * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
