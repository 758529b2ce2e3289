import Domain

/// Turns a definition and what is asked of it into SQL. Every condition is about one instant: what is
/// later than that has not come to pass, whatever the row says.
struct FigureSQL {
  let definition: Definition
  let query: FigureQuery
  private(set) var arguments: [any SQLConvertible] = []
  /// Where the instant stands among the arguments.
  private let asOf = "?1"

  init(_ definition: Definition, _ query: FigureQuery) {
    (self.definition, self.query) = (definition, query)
    arguments = [query.asOf]
  }

  mutating func place(_ value: any SQLConvertible) -> String {
    arguments.append(value)
    return "?\(arguments.count)"
  }

  // MARK: Conditions

  private func reached(_ milestone: Milestone) -> String {
    let column = SpanColumns.column(milestone)
    // A due date holds from the assignment on, and is over with its end.
    return milestone.isEndOfDay
      ? "(\(column) <= \(asOf) and s.assigned_at < \(asOf))" : "\(column) < \(asOf)"
  }

  /// True or false, never null: it is negated and counted.
  private func isReached(_ milestone: Milestone) -> String {
    let column = SpanColumns.column(milestone)
    return "(\(column) is not null and \(reached(milestone)))"
  }

  mutating func sql(_ condition: Condition) -> String {
    switch condition {
    case .reached(let milestone): return reached(milestone)
    case .notReached(let milestone): return "not \(isReached(milestone))"
    case .before(let one, let other):
      let later = SpanColumns.column(other)
      let holds = other.isEndOfDay ? " and s.assigned_at < \(asOf)" : ""
      return "(\(reached(one)) and \(SpanColumns.column(one)) < \(later)\(holds))"
    case .among(let attribute, let values): return among(attribute, values)
    case .notAmong(let attribute, let values):
      return "not coalesce(\(among(attribute, values)), false)"
    case .atLeast(let attribute, let number):
      return "\(SpanColumns.column(attribute)) >= \(number)"
    case .within(let days, let milestone):
      let from = place(query.asOf + -Int64(days) * 86_400)
      return "(\(reached(milestone)) and \(SpanColumns.column(milestone)) >= \(from))"
    case .any(let conditions):
      let parts = conditions.map { sql($0) }
      return "(\(parts.joined(separator: " or ")))"
    }
  }

  mutating func sql(_ conditions: [Condition]) -> String {
    conditions.map { sql($0) }.joined(separator: " and ")
  }

  private mutating func among(_ attribute: Attribute, _ values: [String]) -> String {
    // Codes of the definition, which its reader has looked at: letters and underscores.
    let list = values.map { "'\($0)'" }.joined(separator: ", ")
    if attribute == .lamp { return "(\(lamp) in (\(list)))" }
    let among = "\(SpanColumns.column(attribute)) in (\(list))"
    guard let since = SpanColumns.since(attribute) else { return among }
    return "(\(among) and \(since) < \(asOf))"
  }

  /// The value of an attribute at the instant, or null.
  func value(_ attribute: Attribute) -> String {
    if attribute == .lamp { return lamp }
    let column = SpanColumns.column(attribute)
    guard let since = SpanColumns.since(attribute) else { return column }
    return "case when \(since) < \(asOf) then \(column) end"
  }

  private var lamp: String {
    """
    case
      when s.due_at is null or not \(isReached(.assigned)) or \(isReached(.claimed))
        or \(isReached(.suspended)) then 'grey'
      when s.due_at <= \(asOf) then 'red'
      when s.yellow_at <= \(asOf) then 'yellow'
      else 'green'
    end
    """
  }

  // MARK: What is asked for

  /// The rows that are asked for, before the definition's own exclusions.
  mutating func condition() -> String {
    var parts = [standing]
    if let track = query.track { parts.append("s.track = \(place(track))") }
    if let unit = query.handler {
      parts.append("s.unit_id = \(place(unit)) and s.assigned_at < \(asOf)")
    }
    if let area = query.area {
      parts.append("\(FigureSQL.column(area.level)) = \(place(area.unit))")
    }
    // What is due on no day is due in no period, also not in that of all time.
    if let member = definition.member, query.period == nil {
      parts.append("\(SpanColumns.column(member)) is not null")
    }
    if let period = query.period, let member = definition.member {
      let column = SpanColumns.column(member)
      let (from, to) = (
        place(Instant(startOf: period.from)), place(Instant(startOf: period.to + 1))
      )
      // What is due at the end of a day is due on that day.
      parts.append(
        member.isEndOfDay
          ? "\(column) > \(from) and \(column) <= \(to)"
          : "\(column) >= \(from) and \(column) < \(to)")
    }
    let own = sql(definition.denominator.conditions)
    return (own.isEmpty ? parts : parts + [own]).joined(separator: "\n  and ")
  }

  /// The spans in force at the instant, as far as was known.
  private var standing: String {
    let isOpen = "(s.to_at is null or s.to_at >= \(asOf)"
    let last = definition.subject == .rounds ? " or s.ends_round = 1)" : ")"
    // What is known at the instant itself has begun by then.
    return query.knownOn == query.asOf
      ? "s.from_at < \(asOf) and \(isOpen)\(last)"
      : "s.begins_at < \(asOf) and s.from_at < \(query.knownOn.milliseconds) and \(isOpen)\(last)"
  }

  static func column(_ level: UnitLevel) -> String {
    switch level {
    case .city, .county: "s.county_id"
    case .township: "s.township_id"
    case .village: "s.village_id"
    }
  }

  /// What groups are made by, as text; empty where it has no value.
  func key() -> String {
    guard let dimension = query.dimension else { return "''" }
    return switch dimension {
    case .county: "coalesce(cast(s.county_id as text), '')"
    case .township: "coalesce(cast(s.township_id as text), '')"
    case .village: "coalesce(cast(s.village_id as text), '')"
    case .unit:
      "coalesce(case when s.assigned_at < \(asOf) then cast(s.unit_id as text) end, '')"
    case .track: "s.track"
    case .category: "coalesce(\(value(.category)), '')"
    case .difficulty: "coalesce(\(value(.difficulty)), '')"
    case .tier: "coalesce(\(value(.tier)), '')"
    case .origin: "coalesce(s.origin, '')"
    case .day: day.map { "cast(\($0) as text)" } ?? "''"
    }
  }

  /// The number of the day on which it became a member.
  private var day: String? {
    definition.member.map {
      let column = SpanColumns.column($0)
      let early = $0.isEndOfDay ? " - 1" : ""
      // Counted from the year 1 on: division cuts towards zero.
      return "((\(column)\(early) + 62135625600000) / 86400000 - 719162)"
    }
  }

  /// Conditions for one part of the figure, exclusions that come first taken out.
  mutating func condition(for slice: Definition.Slice) -> String {
    var parts: [String] = []
    let limit = if case .exclusion(let index) = slice { index } else { definition.exclusions.count }
    for exclusion in definition.exclusions.prefix(limit) {
      parts.append("not coalesce(\(sql(exclusion.conditions)), false)")
    }
    switch slice {
    case .denominator: break
    case .numerator: parts.append(sql(definition.numerator?.conditions ?? []))
    case .rest:
      parts.append("not coalesce(\(sql(definition.numerator?.conditions ?? [])), false)")
    case .exclusion, .beside: parts.append(sql(definition.part(slice)?.conditions ?? []))
    }
    return parts.isEmpty ? "true" : parts.joined(separator: " and ")
  }
}
