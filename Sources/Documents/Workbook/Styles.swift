/// `xl/styles.xml`: which cell styles show a number as a date.
final class Styles: PartReader {
  private var codes: [Int: Bool] = [:]
  private var formats: [Int] = []
  private var inCells = false

  /// Excel's own limit is 64,000.
  private static let mostStyles = 65_536

  /// By the index that cells name.
  var areDates: [Bool] { formats.map { codes[$0] ?? DateFormat.builtIn.contains($0) } }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == "numFmt" {
      guard let id = attributes["numFmtId"]?.index, let code = attributes["formatCode"] else {
        return damaged()
      }
      codes[id] = DateFormat.isDate(code.string)
    } else if name == "cellXfs" {
      inCells = true
    } else if inCells, name == "xf" {
      guard formats.count < Styles.mostStyles else { return damaged() }
      formats.append(attributes["numFmtId"]?.index ?? 0)
    }
  }

  override func end(_ name: XMLName) {
    if name == "cellXfs" { inCells = false }
  }
}
