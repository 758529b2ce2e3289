/// All spans of all problems, column by column, so that counting a figure is walking a few arrays: a
/// million problems take some hundredths of a second, where a database looks at each row.
package struct FigureColumns: Sendable {
  /// Later than everything: it never came to pass.
  static let never = Int64.max

  private(set) var problem: [Int64] = []
  private(set) var span: [Int32] = []
  private(set) var round: [Int32] = []
  private(set) var from: [Int64] = []
  private(set) var begins: [Int64] = []
  private(set) var to: [Int64] = []
  private(set) var endsRound: [UInt8] = []
  /// Milliseconds, in the order of `milestones`.
  private var instants: [[Int64]]
  /// In the order of `attributes`: codes, 0 for none, and since when each holds.
  private var codes: [[UInt16]]
  private var since: [[Int64]]
  private var words: [CodeBook<String>]
  private var units: [[Int32]] = Array(repeating: [], count: 4)
  private var book = CodeBook<UnitID>()
  /// Where problems are that got more rows than they had, and rows that are taken.
  private var moved: [Int64: Range<Int>] = [:]
  /// Rows up to here are in the order of problems; what moved lies behind them.
  private(set) var ordered = 0

  /// Those some definition looks at.
  private let milestones: [Milestone]
  private let attributes: [Attribute]
  private let dated: [Bool]

  /// - Parameter definitions: only what they look at is kept.
  package init(for definitions: [Definition]) {
    let needed = definitions.flatMap(\.looksAt)
    milestones = Milestone.allCases.filter { milestone in
      needed.contains { $0 == .milestone(milestone) } || [.found, .assigned].contains(milestone)
    }
    attributes = Attribute.allCases.filter { $0 != .lamp && $0 != .kind && $0 != .round }
    dated = attributes.map(\.isDated)
    instants = milestones.map { _ in [] }
    codes = attributes.map { _ in [] }
    since = codes.map { _ in [] }
    words = codes.map { _ in CodeBook() }
  }

  package var count: Int { problem.count }

  // MARK: Taking rows

  /// Takes the rows of a new problem.
  package mutating func append(_ rows: [FigureRow]) {
    guard let first = rows.first else { return }
    let start = count
    for row in rows { add(row) }
    // Usually ids grow; one that comes late is remembered.
    if start == ordered, start == 0 || problem[start - 1] < first.problem.value {
      ordered = count
    } else {
      moved[first.problem.value] = start..<count
    }
  }

  /// Takes the rows of a problem that may be known already, in place of what it had.
  package mutating func replace(_ rows: [FigureRow]) {
    guard let first = rows.first else { return }
    guard let known = place(of: first.problem.value) else { return append(rows) }
    if known.count == rows.count {
      for (index, row) in zip(known, rows) { set(row, at: index) }
      return
    }
    // What is at no instant counts nowhere.
    for index in known { from[index] = FigureColumns.never }
    for index in known { begins[index] = FigureColumns.never }
    let start = count
    for row in rows { add(row) }
    moved[first.problem.value] = start..<count
  }

  /// How many rows lie outside the order; many make a new reading worth while.
  package var disorder: Int { moved.count }

  private func place(of id: Int64) -> Range<Int>? {
    if let range = moved[id] { return range }
    var (low, high) = (0, ordered)
    while low < high {
      let middle = (low + high) / 2
      if problem[middle] < id { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < ordered, problem[end] == id { end += 1 }
    return end > low ? low..<end : nil
  }

  private mutating func add(_ row: FigureRow) {
    problem.append(0)
    span.append(0)
    round.append(0)
    from.append(0)
    begins.append(0)
    to.append(0)
    endsRound.append(0)
    for index in instants.indices { instants[index].append(0) }
    for index in codes.indices {
      codes[index].append(0)
      if dated[index] { since[index].append(0) }
    }
    for index in units.indices { units[index].append(0) }
    set(row, at: problem.count - 1)
  }

  private mutating func set(_ row: FigureRow, at index: Int) {
    func number(_ instant: Instant?) -> Int64 {
      instant?.milliseconds ?? FigureColumns.never
    }
    problem[index] = row.problem.value
    span[index] = Int32(row.span)
    round[index] = Int32(row.facts.round)
    from[index] = row.from.milliseconds
    begins[index] = row.begins.milliseconds
    to[index] = number(row.to)
    endsRound[index] = row.endsRound ? 1 : 0
    for (column, milestone) in milestones.enumerated() {
      instants[column][index] = number(row.instant(of: milestone))
    }
    for (column, attribute) in attributes.enumerated() {
      let value = row.value(of: attribute)
      codes[column][index] = UInt16(value.map { words[column].code($0.code) } ?? 0)
      // A value without an instant of its own never held.
      if dated[column] { since[column][index] = number(value?.since) }
    }
    let places = [row.area.county, row.area.township, row.area.village, row.facts.unit]
    for (column, unit) in places.enumerated() {
      units[column][index] = Int32(unit.map { book.code($0) } ?? 0)
    }
  }

  // MARK: Reading

  /// - Precondition: a definition the columns were made for looks at it.
  func instants(of milestone: Milestone) -> [Int64] {
    instants[milestones.firstIndex(of: milestone)!]
  }

  func codes(of attribute: Attribute) -> [UInt16] { codes[place(attribute)] }
  func since(of attribute: Attribute) -> [Int64] { since[place(attribute)] }

  func word(_ attribute: Attribute, _ code: Int) -> String {
    words[place(attribute)].word(code) ?? ""
  }

  private func place(_ attribute: Attribute) -> Int { attributes.firstIndex(of: attribute)! }

  /// The codes of words; a word no row has is left out.
  func codes(_ attribute: Attribute, _ list: [String]) -> Set<UInt16> {
    Set(list.compactMap { words[place(attribute)].known($0).map { UInt16($0) } })
  }

  enum UnitColumn: Int {
    case county, township, village, lead
  }

  func units(_ column: UnitColumn) -> [Int32] { units[column.rawValue] }
  func unit(_ code: Int32) -> UnitID? { book.word(Int(code)) }
  func code(_ unit: UnitID) -> Int32? { book.known(unit).map { Int32($0) } }
}

/// Numbers for words, from 1; 0 is none.
struct CodeBook<Word: Hashable & Sendable>: Sendable {
  private var numbers: [Word: Int] = [:]
  private var words: [Word] = []

  mutating func code(_ word: Word) -> Int {
    if let number = numbers[word] { return number }
    words.append(word)
    numbers[word] = words.count
    return words.count
  }

  func known(_ word: Word) -> Int? { numbers[word] }
  func word(_ code: Int) -> Word? { code > 0 && code <= words.count ? words[code - 1] : nil }
  var count: Int { words.count }
}

extension Attribute {
  /// Whether its value holds only from an instant on.
  var isDated: Bool {
    switch self {
    case .category, .difficulty, .tier, .outcome, .rating, .pushedDown, .lookBack: true
    case .track, .origin, .round, .batch, .lamp, .kind: false
    }
  }
}

extension Definition {
  enum Need: Hashable {
    case milestone(Milestone)
    case attribute(Attribute)
  }

  /// The columns its counting reads.
  var looksAt: [Need] {
    func needs(_ condition: Condition) -> [Need] {
      switch condition {
      case .reached(let milestone), .notReached(let milestone), .within(_, let milestone):
        [.milestone(milestone)]
      case .before(let one, let other): [.milestone(one), .milestone(other)]
      case .among(let attribute, _), .notAmong(let attribute, _), .atLeast(let attribute, _):
        needs(attribute)
      case .any(let conditions): conditions.flatMap(needs)
      }
    }
    func needs(_ attribute: Attribute) -> [Need] {
      attribute == .lamp
        ? [.milestone(.due), .milestone(.yellow), .milestone(.claimed), .milestone(.suspended)]
        : [.attribute(attribute)]
    }
    let parts = [numerator, denominator].compactMap(\.self) + exclusions + beside
    return parts.flatMap(\.conditions).flatMap(needs) + (divided.map(needs) ?? [])
      + (member.map { [.milestone($0)] } ?? [])
      + (duration.map { [.milestone($0.from), .milestone($0.to)] } ?? [])
  }
}
