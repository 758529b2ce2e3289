/// Counts one figure over the columns, a block of rows at a time: for each condition one walk over one
/// column.
struct FigureScan {
  let columns: FigureColumns
  let definition: Definition
  let query: FigureQuery
  let asOf: Int64

  static let block = 4096

  /// 1 for each row of a block that fits.
  typealias Mask = [UInt8]

  init(_ columns: FigureColumns, _ definition: Definition, _ query: FigureQuery) {
    (self.columns, self.definition, self.query) = (columns, definition, query)
    asOf = query.asOf.milliseconds
  }

  // MARK: Which rows

  /// The rows that are asked for, before the definition's own exclusions.
  func asked(_ rows: Range<Int>) -> Mask {
    var mask = standing(rows)
    if let track = query.track { mask.and(among(.track, [track.rawValue], rows)) }
    if let handler = query.handler {
      mask.and(units(.lead, handler, rows))
      mask.and(reached(.assigned, rows))
    }
    if let area = query.area {
      let column: FigureColumns.UnitColumn =
        switch area.level {
        case .city, .county: .county
        case .township: .township
        case .village: .village
        }
      mask.and(units(column, area.unit, rows))
    }
    // What is due on no day is due in no period, also not in that of all time.
    if let member = definition.member, query.period == nil {
      mask.and(self.rows(columns.instants(of: member), rows) { $0 != FigureColumns.never })
    }
    if let period = query.period, let member = definition.member {
      // What is due at the end of a day is due on that day.
      let early: Int64 = member.isEndOfDay ? 1 : 0
      let from = Instant(startOf: period.from).milliseconds + early
      let to = Instant(startOf: period.to + 1).milliseconds + early
      mask.and(self.rows(columns.instants(of: member), rows) { $0 >= from && $0 < to })
    }
    mask.and(all(definition.denominator.conditions, rows))
    return mask
  }

  /// The spans in force at the instant, as far as was known.
  private func standing(_ rows: Range<Int>) -> Mask {
    let (asOf, known) = (asOf, query.knownOn.milliseconds)
    var mask = self.rows(columns.from, rows) { $0 < known }
    if known != asOf { mask.and(self.rows(columns.begins, rows) { $0 < asOf }) }
    var open = self.rows(columns.to, rows) { $0 >= asOf }
    if definition.subject == .rounds { open.or(self.rows(columns.endsRound, rows) { $0 == 1 }) }
    mask.and(open)
    return mask
  }

  // MARK: Conditions

  func all(_ conditions: [Condition], _ rows: Range<Int>) -> Mask {
    var mask = Mask(repeating: 1, count: rows.count)
    for condition in conditions { mask.and(holds(condition, rows)) }
    return mask
  }

  private func holds(_ condition: Condition, _ rows: Range<Int>) -> Mask {
    switch condition {
    case .reached(let milestone): return reached(milestone, rows)
    case .notReached(let milestone): return reached(milestone, rows).negated
    case .before(let one, let other):
      var mask = reached(one, rows)
      let (a, b) = (columns.instants(of: one), columns.instants(of: other))
      for index in 0..<rows.count {
        let (x, y) = (a[rows.lowerBound + index], b[rows.lowerBound + index])
        mask[index] &= x < y && y != FigureColumns.never ? 1 : 0
      }
      // A due date holds from the assignment on.
      if other.isEndOfDay { mask.and(reached(.assigned, rows)) }
      return mask
    case .among(let attribute, let values): return among(attribute, values, rows)
    case .notAmong(let attribute, let values): return among(attribute, values, rows).negated
    case .atLeast(_, let number): return self.rows(columns.round, rows) { $0 >= Int32(number) }
    case .within(let days, let milestone):
      var mask = reached(milestone, rows)
      let from = asOf - Int64(days) * 86_400_000
      mask.and(self.rows(columns.instants(of: milestone), rows) { $0 >= from })
      return mask
    case .any(let conditions):
      var mask = Mask(repeating: 0, count: rows.count)
      for condition in conditions { mask.or(holds(condition, rows)) }
      return mask
    }
  }

  func reached(_ milestone: Milestone, _ rows: Range<Int>) -> Mask {
    let asOf = asOf
    if milestone.isEndOfDay {
      var mask = self.rows(columns.instants(of: milestone), rows) { $0 <= asOf }
      mask.and(reached(.assigned, rows))
      return mask
    }
    return self.rows(columns.instants(of: milestone), rows) { $0 < asOf }
  }

  private func among(_ attribute: Attribute, _ values: [String], _ rows: Range<Int>) -> Mask {
    if attribute == .lamp {
      let wanted = values.compactMap { Lamp(rawValue: $0).map(FigureScan.number) }
      return lamps(rows).map { wanted.contains(Int($0)) ? 1 : 0 }
    }
    let codes = columns.codes(attribute, values)
    // Codes are few: a table is quicker than a set.
    var table = [UInt8](repeating: 0, count: Int(codes.max() ?? 0) + 1)
    for code in codes { table[Int(code)] = 1 }
    var mask = self.rows(columns.codes(of: attribute), rows) {
      Int($0) < table.count && table[Int($0)] == 1
    }
    if attribute.isDated {
      let asOf = asOf
      mask.and(self.rows(columns.since(of: attribute), rows) { $0 < asOf })
    }
    return mask
  }

  private func units(
    _ column: FigureColumns.UnitColumn, _ unit: UnitID, _ rows: Range<Int>
  ) -> Mask {
    guard let code = columns.code(unit) else { return Mask(repeating: 0, count: rows.count) }
    return self.rows(columns.units(column), rows) { $0 == code }
  }

  private func rows<Value>(
    _ column: [Value], _ rows: Range<Int>, _ fits: (Value) -> Bool
  ) -> Mask {
    Mask(unsafeUninitializedCapacity: rows.count) { mask, count in
      column.withUnsafeBufferPointer { values in
        for index in 0..<rows.count {
          mask[index] = fits(values[rows.lowerBound + index]) ? 1 : 0
        }
      }
      count = rows.count
    }
  }

  // MARK: What rows are divided by

  private static let lampOrder: [Lamp] = [.grey, .green, .yellow, .red]
  private static func number(_ lamp: Lamp) -> Int { lampOrder.firstIndex(of: lamp)! }

  /// Of the final due date while a handler has it.
  private func lamps(_ rows: Range<Int>) -> [UInt8] {
    let runs = reached(.assigned, rows)
    let (claimed, suspended) = (reached(.claimed, rows), reached(.suspended, rows))
    let (due, yellow) = (columns.instants(of: .due), columns.instants(of: .yellow))
    return (0..<rows.count).map { index in
      let row = rows.lowerBound + index
      guard runs[index] == 1, claimed[index] == 0, suspended[index] == 0,
        due[row] != FigureColumns.never
      else { return 0 }
      return due[row] <= asOf ? 3 : yellow[row] <= asOf ? 2 : 1
    }
  }

  /// Codes of an attribute at the instant, 0 for none.
  func values(_ attribute: Attribute, _ rows: Range<Int>) -> [Int32] {
    if attribute == .lamp { return lamps(rows).map { Int32($0) } }
    let codes = columns.codes(of: attribute)
    guard attribute.isDated else { return rows.map { Int32(codes[$0]) } }
    let since = columns.since(of: attribute)
    return rows.map { since[$0] < asOf ? Int32(codes[$0]) : 0 }
  }

  func word(_ attribute: Attribute, _ code: Int32) -> String {
    attribute == .lamp
      ? FigureScan.lampOrder[Int(code)].rawValue : columns.word(attribute, Int(code))
  }

  /// Numbers of groups; 0 for those without a value.
  func groups(_ rows: Range<Int>) -> [Int32] {
    func units(_ column: FigureColumns.UnitColumn) -> [Int32] {
      Array(columns.units(column)[rows])
    }
    switch query.dimension {
    case nil: return Array(repeating: 0, count: rows.count)
    case .county: return units(.county)
    case .township: return units(.township)
    case .village: return units(.village)
    case .unit: return zip(units(.lead), reached(.assigned, rows)).map { $1 == 1 ? $0 : 0 }
    case .track: return values(.track, rows)
    case .category: return values(.category, rows)
    case .difficulty: return values(.difficulty, rows)
    case .tier: return values(.tier, rows)
    case .origin: return values(.origin, rows)
    case .day:
      guard let member = definition.member else { return Array(repeating: 0, count: rows.count) }
      let column = columns.instants(of: member)
      let early: Int64 = member.isEndOfDay ? 1 : 0
      return rows.map {
        column[$0] == FigureColumns.never
          ? 0 : FigureScan.number(Instant(milliseconds: column[$0] - early).day)
      }
    }
  }

  /// What a group's number stands for.
  func key(_ group: Int32) -> String {
    if group == 0 { return "" }
    return switch query.dimension {
    case nil: ""
    case .county, .township, .village, .unit:
      columns.unit(group).map { String($0.value) } ?? ""
    case .track: word(.track, group)
    case .category: word(.category, group)
    case .difficulty: word(.difficulty, group)
    case .tier: word(.tier, group)
    case .origin: word(.origin, group)
    case .day: String(group > 0 ? group - 1 : group)
    }
  }

  /// Never 0, which is no day at all: 1970-01-01 is 1 and the day before it is −1.
  private static func number(_ day: Day) -> Int32 {
    Int32(day.number >= 0 ? day.number + 1 : day.number)
  }
}

extension FigureScan.Mask {
  mutating func and(_ other: FigureScan.Mask) {
    for index in indices { self[index] &= other[index] }
  }

  mutating func or(_ other: FigureScan.Mask) {
    for index in indices { self[index] |= other[index] }
  }

  var negated: FigureScan.Mask { map { 1 - $0 } }
}
