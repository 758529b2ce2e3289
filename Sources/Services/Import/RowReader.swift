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
    return text.isEmpty ? nil : text
  }

  /// Several words, cut at the marks people put between them.
  mutating func texts(_ column: Column) -> [String] {
    let words = row[column].split { "、,，;；|/\n".contains($0) }
      .map { String($0).singleLine.trimmed }
    if words.contains(where: { $0.unicodeScalars.count > Unit.maximumName }) {
      refuse(column, .valueTooLong)
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
        text.hasLostDigits ? .digitsLost : text.contains("*") ? .maskedValue : .badPhone)
    }
    return phone
  }

  mutating func divisionCode(_ column: Column) -> DivisionCode? {
    guard !row[column].isEmpty else { return nil }
    let code = DivisionCode(row[column].compact)
    if code == nil { refuse(column, row[column].hasLostDigits ? .digitsLost : .badCode) }
    return code
  }

  /// The unit a cell names; one of those that fit.
  mutating func unit(
    _ column: Column, among units: UnitDirectory, none: Diagnostic.Code = .unknownUnit,
    several: Diagnostic.Code = .ambiguousUnit, where fits: (Unit) -> Bool = { _ in true }
  ) throws -> UnitRows.Stored? {
    guard !row[column].isEmpty else { return nil }
    let match = try UnitReference(row[column]).resolve(
      among: units, where: { fits($0.unit) })
    switch match {
    case .one(let stored):
      if stored.path.hasPrefix(work.scope) { return stored }
      refuse(column, .outsideScope)
    case .none:
      let isForeign = DivisionCode(row[column]).map { !units.knowsCity(of: $0) } ?? false
      refuse(column, isForeign ? .otherCity : none)
    case .several: refuse(column, several)
    }
    return nil
  }
}

extension String {
  /// `4.11E+17`: a spreadsheet showed a long number in short, and its last digits are gone.
  var hasLostDigits: Bool {
    let text = compact.lowercased()
    return text.contains("e+") && text.allSatisfy { "0123456789.e+".contains($0) }
  }
}
