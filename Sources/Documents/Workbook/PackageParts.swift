/// `[Content_Types].xml`: what kind of document an archive is.
final class ContentTypes: PartReader {
  private(set) var isSpreadsheet = false
  private(set) var isBinary = false
  private(set) var hasMacros = false

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    guard let type = attributes["ContentType"]?.string.lowercased() else { return }
    if type.contains("spreadsheetml") { isSpreadsheet = true }
    if type.contains("ms-excel.sheet.binary") { isBinary = true }
    if type.contains("macroenabled") || type.contains("vbaproject") { hasMacros = true }
  }
}

/// A part's relationships to others (ECMA-376 part 2, 9.3).
final class Relationships: PartReader {
  struct Relationship {
    let type: String
    /// The other part's name within the archive; nil where it is outside, or no path at all.
    let target: String?

    /// The kinds' names end alike in both editions, transitional and strict.
    func `is`(_ kind: String) -> Bool { type.hasSuffix("/" + kind) }
  }

  private let folder: [Substring]
  private(set) var byID: [String: Relationship] = [:]

  /// - Parameter source: the part whose relationships these are; empty for the archive's own.
  init(of source: String) {
    folder = source.split(separator: "/").dropLast()
  }

  /// Where the relationships of a part are kept.
  static func part(of source: String) -> String {
    let names = source.split(separator: "/")
    let folder = names.dropLast().map { $0 + "/" }.joined()
    return folder + "_rels/" + (names.last ?? "") + ".rels"
  }

  func first(_ kind: String) -> Relationship? {
    // The order of a dictionary is not that of the file: the least id is at least always the same.
    byID.filter { $0.value.is(kind) }.min { $0.key < $1.key }?.value
  }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    guard name == "Relationship" else { return }
    guard let id = attributes["Id"]?.string, let type = attributes["Type"]?.string,
      let target = attributes["Target"]?.string
    else { return damaged() }
    let external = attributes["TargetMode"].map { $0 == "External" } ?? false
    byID[id] = Relationship(type: type, target: external ? nil : resolve(target))
  }

  /// - Returns: nil for a path that leaves the archive.
  private func resolve(_ target: String) -> String? {
    var path = target.hasPrefix("/") ? [] : folder
    for name in target.replacing("\\", with: "/").split(separator: "/") where name != "." {
      if name != ".." {
        path.append(name)
      } else if path.popLast() == nil {
        return nil
      }
    }
    return path.joined(separator: "/")
  }
}

/// `xl/workbook.xml`: the sheets in their order.
final class WorkbookPart: PartReader {
  struct Sheet {
    let name: String
    let relationship: String
    let visible: Bool
  }

  private(set) var sheets: [Sheet] = []
  private(set) var from1904 = false

  private static let mostSheets = 10_000

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == "workbookPr" {
      from1904 = attributes["date1904"].map { $0 == "1" || $0 == "true" } ?? false
    } else if name == "sheet" {
      guard sheets.count < WorkbookPart.mostSheets, let name = attributes["name"]?.string,
        let id = attributes[prefixed: "id"]?.string
      else { return damaged() }
      let visible = attributes["state"].map { $0 == "visible" } ?? true
      sheets.append(Sheet(name: name, relationship: id, visible: visible))
    }
  }
}
