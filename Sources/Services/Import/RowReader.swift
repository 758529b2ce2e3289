import Domain
import Storage

/// Reads the cells of one row as values and collects what is wrong with them.
struct RowReader<Column: ImportColumn> {
  private let row: ImportSheet<Column>.Row
  private let sheet: ImportSheet<Column>
  private let work: ImportWork
  /// What refuses the row.
  private(set) var faults: [Diagnostic] = []
  /// What is only said.
  private(set) var remarks: [Diagnostic] = []

  init(_ row: ImportSheet<Column>.Row, of sheet: ImportSheet<Column>, _ work: ImportWork) {
    self.row = row
    self.sheet = sheet
    self.work = work
  }

  mutating func refuse(_ column: Column, _ code: Diagnostic.Code, value: String? = nil) {
    faults.append(sheet.fault(row, column, code, value: value))
  }

  mutating func remark(
    _ column: Column, _ code: Diagnostic.Code, _ severity: Diagnostic.Severity,
    value: String? = nil
  ) {
    remarks.append(sheet.fault(row, column, code, severity, value: value))
  }

  /// - Parameter limit: characters.
  mutating func text(_ column: Column, limit: Int = Unit.maximumName) -> String? {
    let text = row[column].singleLine.trimmed
    if text.unicodeScalars.count > limit { refuse(column, .valueTooLong) }
    // It would stand in the ledger in clear, for ever.
    if text.holdsPersonalNumber { refuse(column, .personalInText, value: text.masked) }
    return text.isEmpty ? nil : text
  }

  /// A person's name; a masked one is none.
  mutating func personName(_ column: Column) -> String? {
    let name = text(column)
    if name?.contains("*") == true { refuse(column, .maskedValue) }
    return name
  }

  /// Several words, cut at the marks people put between them.
  mutating func texts(_ column: Column, cutAt marks: String = "、,，;；|/\n") -> [String] {
    let words = row[column].split { marks.contains($0) }
      .map { String($0).singleLine.trimmed }
    if words.contains(where: { $0.unicodeScalars.count > Unit.maximumName }) {
      refuse(column, .valueTooLong)
    }
    if let word = words.first(where: \.holdsPersonalNumber) {
      refuse(column, .personalInText, value: word.masked)
    }
    return words.filter { !$0.isEmpty }
  }

  mutating func word<T: RawRepresentable<String>>(
    _ column: Column, _ topic: WordTopic, _ type: T.Type = T.self,
    unknown: Diagnostic.Code = .unknownWord
  ) -> T? {
    guard !row[column].isEmpty else { return nil }
    guard let code = work.words[topic].code(row[column]), let value = T(rawValue: code) else {
      refuse(column, unknown)
      return nil
    }
    return value
  }

  /// - Returns: false where the cell is empty.
  mutating func yesNo(_ column: Column) -> Bool {
    guard !row[column].isEmpty else { return false }
    guard let code = work.words[.yesNo].code(row[column]) else {
      refuse(column, .unknownWord)
      return false
    }
    return code == "yes"
  }

  /// A number times a factor, rounded half up: `12.5` 万元 are 125,000 yuan.
  mutating func number(_ column: Column, times factor: Int = 1, negative: Bool = false) -> Int? {
    let text = row[column].compact.filter { $0 != "," }
    guard !text.isEmpty else { return nil }
    guard let value = Double(text), value.isFinite, abs(value) < 1e13, negative || value >= 0,
      factor > 1 || value == value.rounded()
    else {
      refuse(column, .badNumber)
      return nil
    }
    return Int((value * Double(factor)).rounded())
  }

  mutating func day(_ column: Column) -> Day? {
    guard !row[column].isEmpty else { return nil }
    do {
      return try FlexibleDay.day(row[column])
    } catch {
      refuse(column, error == .noYear ? .dayWithoutYear : .badDay)
      return nil
    }
  }

  mutating func phone(_ column: Column) -> PhoneNumber? {
    guard !row[column].isEmpty else { return nil }
    let text = row[column]
    let phone = PhoneNumber(text)
    if phone == nil {
      refuse(
        column,
        text.hasLostDigits ? .digitsLost : text.contains("*") ? .maskedValue : .badPhone,
        value: text.masked)
    }
    return phone
  }

  mutating func divisionCode(_ column: Column) -> DivisionCode? {
    guard !row[column].isEmpty else { return nil }
    let text = row[column].compact.trimmedOfZero
    let code = DivisionCode(text) ?? (text.utf8.count == 6 ? DivisionCode(text + "000000") : nil)
    if code == nil { refuse(column, row[column].hasLostDigits ? .digitsLost : .badCode) }
    return code
  }

  /// The unit a cell names; one of those that fit.
  mutating func unit(
    _ column: Column, among units: UnitDirectory, none: Diagnostic.Code = .unknownUnit,
    several: Diagnostic.Code = .ambiguousUnit, where fits: (Unit) -> Bool = { _ in true }
  ) throws -> UnitRows.Stored? {
    guard !row[column].isEmpty else { return nil }
    let text = row[column].trimmedOfZero
    var match = try UnitReference(text).resolve(among: units, where: { fits($0.unit) })
    // 许昌市禹州 and 禹州 for short, where only one can be meant.
    if case .none = match, let short = units.onlyRegion(calledShort: text, where: fits) {
      match = .one(short)
    }
    switch match {
    case .one(let stored):
      if stored.path.hasPrefix(work.scope) { return stored }
      refuse(column, .outsideScope)
    case .none:
      let isForeign = DivisionCode(text).map { !units.knowsCity(of: $0) } ?? false
      refuse(column, isForeign ? .otherCity : none)
    case .several: refuse(column, several)
    }
    return nil
  }
}

extension String {
  /// A whole number as a spreadsheet sometimes writes it, `411002001000.0`, without the point; and
  /// without the apostrophe that marks a text.
  var trimmedOfZero: String {
    var text = self
    if text.hasPrefix("'") || text.hasPrefix("’") { text.removeFirst() }
    if text.hasSuffix(".0"), text.dropLast(2).allSatisfy(\.isNumber) { text.removeLast(2) }
    return text
  }

  /// A Chinese name without the blanks that make it as wide as others.
  var withoutLayout: String {
    unicodeScalars.contains { $0.isASCII && $0.properties.isAlphabetic } ? self : compact
  }

  /// Whether a mobile number (11 digits that begin with 13–19) or an ID number (18 characters) stands in
  /// it.
  var holdsPersonalNumber: Bool {
    var run: [Character] = []
    for character in self + " " {
      if character.isASCII, character.isNumber || (character.uppercased() == "X" && run.count == 17)
      {
        run.append(character)
        continue
      }
      let isMobile = run.count == 11 && run[0] == "1" && run[1] >= "3"
      let isID = run.count == 18 && (run[6...7] == ["1", "9"] || run[6...7] == ["2", "0"])
      if isMobile || isID { return true }
      run = []
    }
    return false
  }

  /// `4.11E+17`: a spreadsheet showed a long number in short, and its last digits are gone.
  var hasLostDigits: Bool {
    let text = compact.lowercased()
    return text.contains("e+") && text.allSatisfy { "0123456789.e+".contains($0) }
  }
}
