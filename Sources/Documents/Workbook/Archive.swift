import CMinizip
import Foundation

/// A zip archive whose whole size is checked before anything is unpacked, and again while it is.
final class Archive {
  struct Entry {
    let name: String
    fileprivate let position: unz64_file_pos
    fileprivate let size: Int
  }

  private let file: unzFile
  private let limits: TableLimits
  private let packed: Int
  private var unpacked = 0
  private var entries: [String: Entry] = [:]

  /// More parts than any workbook has.
  private static let mostEntries: UInt64 = 20_000
  private static let encryptedFlag: UInt = 1

  /// - Throws: `encrypted`, `macroWorkbook`, `bomb`, `tooLarge`, `damaged`
  init(path: String, limits: TableLimits) throws(TableFault) {
    packed = try SourceFile(path: path).size
    guard let file = unzOpen64(path) else { throw .damaged("zip") }
    self.file = file
    self.limits = limits
    try readDirectory()
  }

  deinit { unzClose(file) }

  /// The entry of a part's name, which has no case (ECMA-376 part 2).
  subscript(name: String) -> Entry? { entries[name.lowercased()] }

  private func readDirectory() throws(TableFault) {
    var global = unz_global_info64()
    guard unzGetGlobalInfo64(file, &global) == UNZ_OK, global.number_entry > 0,
      global.number_entry <= Archive.mostEntries
    else { throw .damaged("zip") }
    var total = 0
    var status = unzGoToFirstFile(file)
    while status == UNZ_OK {
      let entry = try currentEntry()
      let (sum, overflow) = total.addingReportingOverflow(entry.size)
      total = overflow ? .max : sum
      guard entries.updateValue(entry, forKey: entry.name.lowercased()) == nil else {
        throw .damaged(entry.name)
      }
      status = unzGoToNextFile(file)
    }
    guard status == UNZ_END_OF_LIST_OF_FILE, entries.count == Int(global.number_entry) else {
      throw .damaged("zip")
    }
    try check(total)
  }

  private func currentEntry() throws(TableFault) -> Entry {
    var info = unz_file_info64()
    var position = unz64_file_pos()
    var name = [CChar](repeating: 0, count: 1024)
    guard
      unzGetCurrentFileInfo64(file, &info, &name, UInt(name.count - 1), nil, 0, nil, 0) == UNZ_OK,
      unzGetFilePos64(file, &position) == UNZ_OK, info.size_filename < name.count - 1
    else { throw .damaged("zip") }
    let text = String(
      decoding: name.prefix(Int(info.size_filename)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    if info.flag & Archive.encryptedFlag != 0 { throw .encrypted }
    if text.lowercased().hasSuffix("vbaproject.bin") { throw .macroWorkbook }
    guard info.compression_method == 0 || info.compression_method == UInt(Z_DEFLATED),
      let size = Int(exactly: info.uncompressed_size)
    else { throw .damaged(text) }
    // Some programs write the separators of Windows.
    return Entry(name: text.replacing("\\", with: "/"), position: position, size: size)
  }

  /// Measured against the file itself: entries may lie about their packed size, or overlap.
  private func check(_ total: Int) throws(TableFault) {
    if total > TableLimits.harmless, total / max(1, packed) >= limits.ratio {
      throw .bomb(ratio: limits.ratio)
    }
    guard total <= limits.unpacked else { throw .tooLarge(limit: limits.unpacked) }
  }

  /// Unpacks an entry piece by piece.
  /// - Parameters:
  ///   - room: gives a buffer of this many bytes, nil where there is none.
  ///   - take: is told how many bytes are in it, none at the end; false to stop.
  /// - Throws: `damaged` where the entry is not what its header says.
  func unpack(
    _ entry: Entry, room: (Int) -> UnsafeMutableRawPointer?, take: (Int) -> Bool
  ) throws(TableFault) {
    var position = entry.position
    guard unzGoToFilePos64(file, &position) == UNZ_OK, unzOpenCurrentFile(file) == UNZ_OK else {
      throw .damaged(entry.name)
    }
    var open = true
    defer { if open { unzCloseCurrentFile(file) } }
    let block = 1 << 16
    var count = 0
    while let buffer = room(block) {
      let read = Int(unzReadCurrentFile(file, buffer, UInt32(block)))
      guard read >= 0 else { throw .damaged(entry.name) }
      count += read
      unpacked += read
      try check(unpacked)
      guard count <= entry.size else { throw .damaged(entry.name) }
      if read == 0 {
        open = false
        // Closing compares the checksum.
        guard unzCloseCurrentFile(file) == UNZ_OK, count == entry.size else {
          throw .damaged(entry.name)
        }
      }
      if !take(read) || read == 0 { return }
    }
    throw .damaged(entry.name)
  }
}
