import CMinizip
import Documents
import Foundation
import TestSupport

/// A workbook of hand-written parts.
struct WorkbookParts {
  struct Sheet {
    var name = "Sheet1"
    var state = ""
    /// What stands in `<sheetData>`.
    var rows = ""
    /// What comes after it.
    var after = ""
  }

  var parts: [(name: String, content: String)] = []

  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let links =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006"

  /// - Parameters:
  ///   - strings: the `<si>` elements; none means no such part.
  ///   - styles: what stands in `<styleSheet>`.
  init(
    _ sheets: [Sheet], strings: String? = nil, styles: String? = nil, from1904: Bool = false,
    type: String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
  ) {
    let (main, links, package) = (Self.main, Self.links, Self.package)
    func relationships(_ list: [(kind: String, target: String)]) -> String {
      "<Relationships xmlns=\"\(package)/relationships\">"
        + list.enumerated().map {
          "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(links)/\($1.kind)\" Target=\"\($1.target)\"/>"
        }.joined() + "</Relationships>"
    }
    var linked = sheets.indices.map { (kind: "worksheet", target: "worksheets/s\($0 + 1).xml") }
    if strings != nil { linked.append(("sharedStrings", "sharedStrings.xml")) }
    if styles != nil { linked.append(("styles", "/xl/styles.xml")) }
    let list = sheets.enumerated().map { index, sheet in
      let state = sheet.state.isEmpty ? "" : "state=\"\(sheet.state)\" "
      return
        "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\" \(state)r:id=\"rId\(index + 1)\"/>"
    }
    parts = [
      (
        "[Content_Types].xml",
        "<Types xmlns=\"\(package)/content-types\"><Override PartName=\"/xl/workbook.xml\" "
          + "ContentType=\"\(type)\"/></Types>"
      ),
      ("_rels/.rels", relationships([("officeDocument", "xl/workbook.xml")])),
      (
        "xl/workbook.xml",
        "<workbook xmlns=\"\(main)\" xmlns:r=\"\(links)\">"
          + "<workbookPr date1904=\"\(from1904 ? 1 : 0)\"/>"
          + "<sheets>\(list.joined())</sheets></workbook>"
      ),
      ("xl/_rels/workbook.xml.rels", relationships(linked)),
    ]
    for (index, sheet) in sheets.enumerated() {
      parts.append(
        (
          "xl/worksheets/s\(index + 1).xml",
          "<worksheet xmlns=\"\(main)\"><sheetData>\(sheet.rows)</sheetData>\(sheet.after)</worksheet>"
        ))
    }
    if let strings {
      parts.append(("xl/sharedStrings.xml", "<sst xmlns=\"\(main)\">\(strings)</sst>"))
    }
    if let styles {
      parts.append(("xl/styles.xml", "<styleSheet xmlns=\"\(main)\">\(styles)</styleSheet>"))
    }
  }

  /// One sheet of these rows.
  init(rows: String, strings: String? = nil, styles: String? = nil, from1904: Bool = false) {
    self.init([Sheet(rows: rows)], strings: strings, styles: styles, from1904: from1904)
  }

  func replacing(_ old: String, with new: String) -> WorkbookParts {
    var copy = self
    copy.parts = parts.map { ($0.name, $0.content.replacing(old, with: new)) }
    return copy
  }

  func without(_ name: String) -> WorkbookParts {
    var copy = self
    copy.parts.removeAll { $0.name == name }
    return copy
  }

  func adding(_ name: String, _ content: String = "") -> WorkbookParts {
    var copy = self
    copy.parts.append((name, content))
    return copy
  }

  /// The archive's bytes.
  func bytes() -> [UInt8] {
    let folder = ScratchFolder()
    let path = folder("made.zip")
    let zip = zipOpen64(path, 0)
    for (name, content) in parts {
      let text = Array(content.utf8)
      zipOpenNewFileInZip64(zip, name, nil, nil, 0, nil, 0, nil, Z_DEFLATED, 6, 0)
      zipWriteInFileInZip(zip, text, UInt32(text.count))
      zipCloseFileInZip(zip)
    }
    zipClose(zip, nil)
    return Array(FileManager.default.contents(atPath: path)!)
  }

  func table(
    sheet: String? = nil, limits: TableLimits = .standard
  ) throws(TableFault) -> Table {
    let folder = ScratchFolder()
    return try TableFile.read(path: folder.file(bytes()), sheet: sheet, limits: limits)
  }
}
