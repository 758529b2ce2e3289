import Documents
import Domain
import Foundation
import HTTP
import Storage

/// The figures of published sheets as separated values: a line for each unit and figure.
struct FiguresTable {
  let url: String?

  static let columns = [
    "kind", "month", "edition", "published_at", "unit", "code", "definition_version",
    "numerator", "denominator", "unit_of_value", "value", "proof", "digest",
  ]

  /// With the byte order mark that the writer puts before it.
  /// - Throws: `TableWriteFault`, what the disk says
  func text(_ sheets: [PublishedRows.Sheet]) throws -> String {
    let folder = try PrivateFolder()
    let path = folder.path + "/figures.csv"
    let writer = try CSVWriter(path: path, columns: Self.columns.map { OutputColumn($0) })
    for sheet in sheets {
      for line in sheet.content.lines {
        for row in rows(of: line, on: sheet) { try writer.write(row) }
      }
    }
    try writer.finish()
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    withExtendedLifetime(folder) {}
    return String(decoding: data, as: UTF8.self)
  }

  private func rows(
    of line: SheetContent.Line, on sheet: PublishedRows.Sheet
  ) -> [[OutputCell]] {
    let content = sheet.content
    return zip(content.components, line.counts).map { component, count in
      let definition = content.definitions.first { $0.code == component.figure }
      return [
        .text(content.kind.rawValue), .text(content.month.description),
        .integer(Int64(content.edition)), .text(sheet.publishedAt.description),
        .text(line.name), .text(component.figure),
        definition.map { .integer(Int64($0.version)) } ?? .empty,
        .integer(Int64(count.numerator)), .integer(Int64(count.denominator)), .text("percent"),
        Self.percent(count.numerator, of: count.denominator).map { .number($0) } ?? .empty,
        .text((url ?? "") + "/sheets/\(sheet.id)/proof"), .text(sheet.digest),
      ]
    }
  }

  /// With two digits, halves rounded up; nil for nothing counted.
  static func percent(_ numerator: Int, of denominator: Int) -> Double? {
    guard denominator > 0 else { return nil }
    let hundredths = (20_000 * numerator + denominator) / (2 * denominator)
    return Double(hundredths) / 100
  }
}
