import Documents
import Domain
import Storage

/// Writes a sheet as a workbook: a row for each unit, all its numbers.
package struct WriteSheet: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// The words of the file, which come from the catalogue.
  package struct Words: Sendable {
    let sheet: String
    let group: String
    let unit: String
    let rank: String
    let grade: String
    let points: String
    let weight: String
    let total: String
    let low: String
    let high: String
    let missing: String
    /// Of the figure and its parts, in the file's language.
    let pick: @Sendable (_ zh: String, _ en: String) -> String

    /// What a kind of sheets is called.
    let kind: @Sendable (SheetKind) -> String

    /// - Parameter text: of the catalogue, by its key.
    package init(
      pick: @escaping @Sendable (_ zh: String, _ en: String) -> String,
      _ text: @escaping @Sendable (_ key: String) -> String
    ) {
      sheet = text("sheets.title")
      (group, unit, rank) = (text("sheet.group"), text("sheet.unit"), text("sheet.rank"))
      (grade, points, weight) = (text("sheet.grade"), text("sheet.points"), text("sheet.weight"))
      (total, low, high) = (text("sheet.total"), text("sheet.low"), text("sheet.high"))
      missing = text("sheet.missing")
      kind = { text("sheet.kind.\($0.rawValue)") }
      self.pick = pick
    }
  }

  /// - Returns: what the file is called.
  /// - Throws: `UseCaseError.notFound`, `.forbidden`, `TableWriteFault`
  package func callAsFunction(
    _ id: SheetID, to path: String, _ words: Words, for account: Account
  ) async throws -> String {
    let content = try await ShowSheet(platform)(id, for: account).sheet.content
    let writer = try XLSXWriter(path: path)
    try writer.beginSheet(words.sheet, columns(content, words))
    for group in content.groups {
      let name = content.formula.groups.first { $0.code == group.code }.map {
        words.pick($0.zh, $0.en)
      }
      for line in group.lines {
        try writer.write(
          [
            .text(name ?? group.code), .text(line.name), OutputCell(line.rank) ?? .empty,
            OutputCell(line.grade) ?? .empty, OutputCell(hundredths: line.points?.hundredths),
            .integer(Int64(line.weight)),
          ] + cells(line.counts, content))
      }
    }
    try writer.write(
      [.text(words.total), .empty, .empty, .empty, .empty, .empty]
        + cells(content.totals, content))
    try writer.finish()
    return "\(words.sheet)-\(content.month)-\(words.kind(content.kind)).xlsx"
  }

  private func columns(_ content: SheetContent, _ words: Words) -> [OutputColumn] {
    let figures = zip(content.components, content.definitions).flatMap {
      component, definition -> [OutputColumn] in
      let name = words.pick(definition.name.zh, definition.name.en)
      let numerator = definition.numerator.map { words.pick($0.zh, $0.en) } ?? ""
      let denominator = words.pick(definition.denominator.zh, definition.denominator.en)
      let missing = definition.exclusions.first { $0.code == component.missing }.map {
        OutputColumn(
          "\(name): \(words.missing)", note: words.pick($0.zh, $0.en), form: .number)
      }
      return [
        OutputColumn("\(name) %", form: .number),
        OutputColumn("\(name): \(words.pick("分子", "numerator"))", note: numerator, form: .number),
        OutputColumn(
          "\(name): \(words.pick("分母", "denominator"))", note: denominator, form: .number),
        OutputColumn("\(name): \(words.low)", form: .number),
        OutputColumn("\(name): \(words.high)", form: .number),
        OutputColumn("\(name): \(words.points)", form: .number),
      ] + [missing].compactMap(\.self)
    }
    return [
      OutputColumn(words.group), OutputColumn(words.unit, width: 28),
      OutputColumn(words.rank, width: 8, form: .number), OutputColumn(words.grade, width: 8),
      OutputColumn(words.points, width: 8, form: .number),
      OutputColumn(words.weight, form: .number),
    ] + figures
  }

  private func cells(
    _ counts: [SheetContent.Count], _ content: SheetContent
  ) -> [OutputCell] {
    zip(counts, zip(content.components, content.definitions)).flatMap {
      count, figure -> [OutputCell] in
      let (component, definition) = figure
      let percent =
        count.denominator == 0
        ? OutputCell.empty
        : .number(100 * Double(count.numerator) / Double(count.denominator))
      let missing = definition.exclusions.firstIndex { $0.code == component.missing }
      return [
        percent, .integer(Int64(count.numerator)), .integer(Int64(count.denominator)),
        OutputCell(hundredths: count.low), OutputCell(hundredths: count.high),
        OutputCell(hundredths: count.points?.hundredths),
      ] + (missing.map { [.integer(Int64(count.excluded[$0]))] } ?? [])
    }
  }
}

extension OutputCell {
  fileprivate init(hundredths: Int?) {
    self = hundredths.map { .number(Double($0) / 100) } ?? .empty
  }
}
