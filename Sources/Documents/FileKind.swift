/// What a file is by its first bytes.
enum FileKind {
  case workbook
  case text

  private static let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  private static let container: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  /// PDF, pictures, other archives, programs.
  private static let others: [[UInt8]] = [
    Array("%PDF".utf8), [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], Array("GIF8".utf8),
    Array("RIFF".utf8), [0x49, 0x49, 0x2A, 0x00], [0x4D, 0x4D, 0x00, 0x2A],
    Array("Rar!".utf8), [0x37, 0x7A, 0xBC, 0xAF], [0x1F, 0x8B], [0x50, 0x4B, 0x05, 0x06],
    [0x7F, 0x45, 0x4C, 0x46], Array("{\\rtf".utf8),
  ]

  /// Web pages that pass for workbooks, and Excel's XML of 2003.
  private static let markup = ["<!doctype", "<html", "<head", "<meta", "<table", "<?xml"]

  /// - Throws: what the file is, where it is nothing this floor reads.
  init(_ source: SourceFile) throws(TableFault) {
    let start = source.first(512)
    if start.isEmpty { throw .empty }
    if start.starts(with: FileKind.zip) {
      self = .workbook
    } else if start.starts(with: FileKind.container) {
      throw FileKind.contained(source)
    } else if FileKind.others.contains(where: start.starts) || FileKind.isMarkup(start) {
      throw .notATable
    } else {
      self = .text
    }
  }

  /// An OLE container: its streams' names stand in it as UTF-16.
  private static func contained(_ source: SourceFile) -> TableFault {
    func name(_ text: String) -> [UInt8] {
      (text + "\0").utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }
    let found = source.contains([name("EncryptedPackage"), name("Workbook"), name("Book")])
    if found[0] { return .encrypted }
    return found[1] || found[2] ? .legacyWorkbook : .notATable
  }

  private static func isMarkup(_ start: [UInt8]) -> Bool {
    let content = start.starts(with: [0xEF, 0xBB, 0xBF]) ? start.dropFirst(3) : start[...]
    let text = String(decoding: content.drop { $0 <= 0x20 }.prefix(16), as: UTF8.self)
    return markup.contains { text.lowercased().hasPrefix($0) }
  }
}
