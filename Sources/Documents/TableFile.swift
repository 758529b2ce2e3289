import Foundation

/// Files of tables, told apart by their first bytes: names lie.
package enum TableFile {
  /// Reads a sheet of an .xlsx workbook, or a csv file.
  /// - Parameter sheet: of a workbook, hidden or not; without one, the first visible sheet that has
  ///   any cell. Csv has no sheets: it is ignored there.
  package static func read(
    path: String, sheet: String? = nil, limits: TableLimits = .standard
  ) throws(TableFault) -> Table {
    let source = try SourceFile(path: path)
    switch try FileKind(source) {
    case .workbook: return try Workbook(path: path, limits: limits).table(sheet)
    case .text:
      guard source.size <= limits.unpacked else { throw .tooLarge(limit: limits.unpacked) }
      return try Table(csv: source.all(), limits: limits)
    }
  }
}

extension TableFile {
  /// The names of a workbook's visible sheets; none of a csv file.
  package static func sheets(
    path: String, limits: TableLimits = .standard
  ) throws(TableFault) -> [String] {
    guard case .workbook = try FileKind(SourceFile(path: path)) else { return [] }
    return try Workbook(path: path, limits: limits).names
  }
}

/// A file open for reading, as bytes.
final class SourceFile {
  private let file: UnsafeMutablePointer<FILE>
  let size: Int

  init(path: String) throws(TableFault) {
    guard !path.utf8.contains(0), let file = fopen(path, "rb") else { throw .unreadable }
    self.file = file
    var status = stat()
    // A folder opens as well.
    guard fstat(fileno(file), &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      size = 0
      throw .unreadable
    }
    size = Int(status.st_size)
  }

  deinit { fclose(file) }

  func all() throws(TableFault) -> [UInt8] {
    rewind(file)
    let bytes = next(size)
    guard bytes.count == size else { throw .unreadable }
    return bytes
  }

  /// The first bytes, fewer than `count` where the file is shorter.
  func first(_ count: Int) -> [UInt8] {
    rewind(file)
    return next(count)
  }

  /// Whether one of the texts occurs anywhere.
  func contains(_ needles: [[UInt8]]) -> [Bool] {
    rewind(file)
    var found = needles.map { _ in false }
    var kept: [UInt8] = []
    while true {
      let block = next(1 << 16)
      if block.isEmpty { return found }
      kept += block
      for (index, needle) in needles.enumerated() where !found[index] {
        found[index] = kept.withUnsafeBytes { SourceFile.holds($0, needle) }
      }
      kept = kept.suffix(64)
    }
  }

  private static func holds(_ bytes: UnsafeRawBufferPointer, _ needle: [UInt8]) -> Bool {
    var rest = bytes[...]
    while rest.count >= needle.count {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      guard let hit = memchr(part.baseAddress!, Int32(needle[0]), part.count - needle.count + 1)
      else { return false }
      if memcmp(hit, needle, needle.count) == 0 { return true }
      rest = rest.dropFirst(UnsafeRawPointer(hit) - part.baseAddress! + 1)
    }
    return false
  }

  private func next(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, read in
      read = count == 0 ? 0 : fread(buffer.baseAddress!, 1, count, file)
    }
  }
}
