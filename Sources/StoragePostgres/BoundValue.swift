import CPostgres
import Storage

/// A value in PostgreSQL's binary form.
struct BoundValue {
  /// The type's object id; 0 leaves it to the server.
  let type: Oid
  let bytes: [UInt8]?

  init(_ value: SQLValue) {
    switch value {
    case .null: (type, bytes) = (0, nil)
    case .int(let number):
      (type, bytes) = (20, withUnsafeBytes(of: number.bigEndian) { Array($0) })
    case .text(let text): (type, bytes) = (25, Array(text.utf8))
    case .bytes(let raw): (type, bytes) = (17, raw)
    }
  }

  /// The bytes at an address of their own, never empty so that it is not taken for null.
  func copied() -> UnsafePointer<CChar>? {
    guard let bytes else { return nil }
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: max(1, bytes.count))
    for (index, byte) in bytes.enumerated() { copy[index] = CChar(bitPattern: byte) }
    return UnsafePointer(copy)
  }
}

/// Rows in the binary form of COPY: https://www.postgresql.org/docs/current/sql-copy.html
struct CopyBuffer {
  /// Signature, flags and the length of an empty extension.
  private(set) var bytes: [UInt8] =
    Array("PGCOPY\n".utf8) + [0xff, 0x0d, 0x0a, 0] + [0, 0, 0, 0] + [0, 0, 0, 0]

  mutating func append(_ row: [SQLValue]) {
    append(Int16(row.count))
    for value in row {
      guard let field = BoundValue(value).bytes else {
        append(Int32(-1))
        continue
      }
      append(Int32(field.count))
      bytes += field
    }
  }

  mutating func finish() { append(Int16(-1)) }

  mutating func empty() { bytes.removeAll(keepingCapacity: true) }

  private mutating func append(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
  }
}
