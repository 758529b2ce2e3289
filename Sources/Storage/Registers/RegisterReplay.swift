import Domain
import Foundation
import Ledger

/// A register's rows against their streams.
extension Register {
  /// A field of a payload, whatever it holds.
  private enum Field: Decodable {
    case text(String)
    case int(Int64)
    case nothing

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .nothing
      } else if let number = try? container.decode(Int64.self) {
        self = .int(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  private struct Change: Decodable {
    let to: Field
  }

  /// - Throws: `StorageError.unreadable` for a payload that is none of this register's.
  package func check(into replay: inout Replay, in connection: any Connection) throws {
    var found: [Difference] = []
    var current: (id: Int64, version: Int, fields: [String: Field])?
    var rows: [[any SQLConvertible]] = []
    let decoder = JSONDecoder()
    func finish() throws {
      guard let row = current else { return }
      rows.append(
        [row.id, row.version]
          + (try columns.map { try value(row.fields[$0.name] ?? .nothing, $0.form) }))
      replay.streams += 1
    }
    try LedgerRows.streams(of: stream, in: connection) { entry in
      guard let id = Int64(entry.stream.dropFirst(stream.count + 1)) else {
        throw StorageError.unreadable("stream \(entry.stream)")
      }
      replay.entries += 1
      let data = Data(entry.payload.utf8)
      do {
        if entry.kind == "\(stream).added" {
          try finish()
          current = (id, entry.version, try decoder.decode([String: Field].self, from: data))
        } else {
          for (name, change) in try decoder.decode([String: Change].self, from: data) {
            current?.fields[name] = change.to
          }
          current?.version = entry.version
        }
      } catch let error as DecodingError {
        throw StorageError.unreadable("payload: \(error)")
      }
    }
    try finish()
    found += try RowCheck(table: table, key: ["id"], columns: ["version"] + columns.map(\.name))
      .differences(rows, where: "id > 0", [], in: connection)
    replay.differences += found
  }

  private func value(_ field: Field, _ form: Column.Form) throws -> SQLValue {
    switch (field, form) {
    case (.nothing, _): .null
    case (.int(let number), .int): .int(number)
    case (.text(let text), .text): .text(text)
    case (.text(let text), .id): try .int(number(text))
    case (.int, _), (.text, .int): throw StorageError.unreadable("field of \(table)")
    }
  }

  private func number(_ text: String) throws -> Int64 {
    guard let number = Int64(text) else { throw StorageError.unreadable("id \(text)") }
    return number
  }
}
