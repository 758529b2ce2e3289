import CPostgres
import Storage

/// The arguments of a statement in PostgreSQL's binary form, one after the other in one piece of memory.
struct BoundValues {
  /// Object ids; 0 leaves the type to the server.
  private(set) var types: [Oid] = []
  private(set) var lengths: [Int32] = []
  private(set) var formats: [Int32] = []
  /// Where each begins; nil for null.
  private var places: [Int?] = []
  private var bytes: [UInt8] = []

  init(_ arguments: [any SQLConvertible]) {
    bytes.reserveCapacity(512)
    for argument in arguments {
      let value = argument.sql
      let start = bytes.count
      let type = value.append(to: &bytes)
      types.append(type ?? 0)
      lengths.append(Int32(bytes.count - start))
      formats.append(1)
      places.append(type == nil ? nil : start)
    }
    // An empty text at the end must not have an address behind the memory.
    bytes.append(0)
  }

  func withPointers<T>(
    _ body: ([UnsafePointer<CChar>?]) throws -> T
  ) rethrows -> T {
    try bytes.withUnsafeBytes { memory in
      let start = memory.bindMemory(to: CChar.self).baseAddress!
      return try body(places.map { place in place.map { start + $0 } })
    }
  }
}

extension SQLValue {
  /// Appends the value's binary form.
  /// - Returns: its type's object id; nil for null, which has no bytes.
  fileprivate func append(to bytes: inout [UInt8]) -> Oid? {
    switch self {
    case .null: return nil
    case .int(let number):
      withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
      return 20
    case .text(let text):
      bytes.append(contentsOf: text.utf8)
      return 25
    case .bytes(let raw):
      bytes.append(contentsOf: raw)
      return 17
    case .texts(let texts):
      // One dimension without nulls, of texts, from 1.
      for number in [1, 0, 25, Int32(texts.count), 1] {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
      }
      for text in texts {
        withUnsafeBytes(of: Int32(text.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: text.utf8)
      }
      return 1009
    }
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
      let length = bytes.count
      append(Int32(-1))
      let start = bytes.count
      if value.append(to: &bytes) == nil { continue }
      withUnsafeBytes(of: Int32(bytes.count - start).bigEndian) {
        bytes.replaceSubrange(length..<start, with: $0)
      }
    }
  }

  mutating func finish() { append(Int16(-1)) }

  mutating func empty() { bytes.removeAll(keepingCapacity: true) }

  private mutating func append(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
  }
}
