import Documents
import Domain
import Language
import Storage

/// Compares the tree with a newer edition of the division codes, or with a list of yearly changes, and
/// writes down what would have to happen: one list, in which an operator decides what is a move and
/// what is an end and a beginning.
package struct ProposeReorganisations: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Proposal: Sendable {
    package let on: Day
    package let change: DivisionChanges.Change
  }

  package struct Answer: Sendable {
    package let proposals: [Proposal]
    /// What is wrong with the file; then there are no proposals.
    package let report: ImportReport
  }

  /// - Parameter day: from when on an edition holds; a list of changes says so by its years, whose
  ///   editions are of the 31 October.
  /// - Throws: `StorageError`
  package func callAsFunction(file path: String, on day: Day?) async throws -> Answer {
    var report = ImportReport()
    let table: Table
    do {
      table = try TableFile.read(path: path)
    } catch {
      report.diagnostics = [Diagnostic(error)]
      return Answer(proposals: [], report: report)
    }
    let today = platform.now().day
    let names = try await platform.database.read { try UnitHistory.coded(asOf: today, in: $0) }
    let yearly = ImportSheet<YearlyColumn>(table)
    if !yearly.diagnostics.contains(where: { $0.code == .missingColumn }) {
      return years(yearly, names, &report)
    }
    let sheet = ImportSheet<ImportDivisions.Column>(table)
    report.diagnostics = sheet.diagnostics
    if report.lacksColumns { return Answer(proposals: [], report: report) }
    var edition: [DivisionCode: String] = [:]
    let cities = Set(names.keys.map(\.city))
    for row in sheet.rows {
      guard let code = DivisionCode(row[.code].compact), !row[.name].isEmpty else {
        report.diagnostics.append(sheet.fault(row, .code, .badCode))
        continue
      }
      if UnitLevel(code.tier) == nil || code.isCityDistrictPlaceholder { continue }
      // A province's edition has many cities; the tree has its own.
      guard cities.contains(code.city) else { continue }
      edition[code] = row[.name]
    }
    if report.hasErrors { return Answer(proposals: [], report: report) }
    let on = day ?? platform.now().day
    let changes = DivisionChanges(from: names, to: edition).changes
    return Answer(proposals: changes.map { Proposal(on: on, change: $0) }, report: report)
  }

  private enum YearlyColumn: String, ImportColumn {
    case year, kind, code, oldName, newName

    var headings: [String] {
      switch self {
      case .year: ["toyear", "版本年份"]
      case .kind: ["kind", "变更"]
      case .code: ["code", "代码"]
      case .oldName: ["oldname", "原名称"]
      case .newName: ["newname", "新名称"]
      }
    }
    var isRequired: Bool { true }
    static let ignored: Set = ["fromyear", "level", "parentcode"]
  }

  private func years(
    _ sheet: ImportSheet<YearlyColumn>, _ known: [DivisionCode: String],
    _ report: inout ImportReport
  ) -> Answer {
    var years: [Int: [ImportSheet<YearlyColumn>.Row]] = [:]
    for row in sheet.rows {
      guard let year = Int(row[.year]), (2000...2100).contains(year) else {
        report.diagnostics.append(sheet.fault(row, .year, .badDay))
        continue
      }
      years[year, default: []].append(row)
    }
    var (names, proposals) = (known, [Proposal]())
    for (year, rows) in years.sorted(by: { $0.key < $1.key }) {
      var next = names
      for row in rows {
        guard let code = DivisionCode(row[.code].compact) else {
          report.diagnostics.append(sheet.fault(row, .code, .badCode))
          continue
        }
        if code.isCityDistrictPlaceholder { continue }
        next[code] = row[.newName].isEmpty ? nil : row[.newName]
      }
      let on = Day(year: year, month: 10, day: 31)!
      proposals += DivisionChanges(from: names, to: next).changes.map {
        Proposal(on: on, change: $0)
      }
      names = next
    }
    if report.hasErrors { return Answer(proposals: [], report: report) }
    return Answer(proposals: proposals, report: report)
  }
}
