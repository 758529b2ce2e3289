import CPostgres
import Storage

/// Owns a result and gives it back to libpq on every path.
final class PostgresResult {
  let handle: OpaquePointer

  init(handle: OpaquePointer) { self.handle = handle }

  deinit { PQclear(handle) }
}

struct PostgresRow: SQLRow {
  let result: PostgresResult
  let row: Int32

  func optionalInt(_ column: Int) throws -> Int64? {
    try value(column).map { bytes in
      switch bytes.count {
      case 8: Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
      case 4: Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
      default: throw StorageError.unreadable("column \(column) is no integer")
      }
    }
  }

  func optionalText(_ column: Int) throws -> String? {
    value(column).map { String(decoding: $0, as: UTF8.self) }
  }

  func optionalBytes(_ column: Int) throws -> [UInt8]? {
    value(column).map { Array($0) }
  }

  func unsafeBytes(_ column: Int) -> UnsafeRawBufferPointer {
    value(column) ?? UnsafeRawBufferPointer(start: nil, count: 0)
  }

  private func value(_ column: Int) -> UnsafeRawBufferPointer? {
    if PQgetisnull(result.handle, row, Int32(column)) == 1 { return nil }
    return UnsafeRawBufferPointer(
      start: PQgetvalue(result.handle, row, Int32(column)),
      count: Int(PQgetlength(result.handle, row, Int32(column))))
  }
}
