import Cryptography
import Foundation
import Storage

/// The wrapped keys of persons as the file `person-keys` holds them, one JSON object a line.
enum PersonKeyCopies {
  struct Row: Codable, Sendable {
    var person: String
    var master_key: String?
    var wrapped: String?
    var created_at: Int64
    var erased_at: Int64?
  }

  static func count(in connection: any Connection) throws -> Int {
    Int(try connection.row("select count(*) from person_keys") { try $0.int(0) }!)
  }

  static func all(in connection: any Connection) throws -> [Row] {
    var rows: [Row] = []
    try connection.stream(
      """
      select person_id, master_key_id, wrapped, created_at, erased_at
      from person_keys
      order by person_id
      """, []
    ) { row in
      rows.append(
        Row(
          person: String(try row.int(0)), master_key: try row.optionalText(1),
          wrapped: try row.optionalBytes(2).map { Base64.encode($0) },
          created_at: try row.int(3), erased_at: try row.optionalInt(4)))
    }
    return rows
  }

  static func encode(_ rows: [Row]) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return try rows.flatMap { [UInt8](try encoder.encode($0)) + [UInt8(ascii: "\n")] }
  }

  /// - Throws: `RestoreBackup.Fault.unreadable`
  static func decode(_ path: String) throws -> [Row] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw RestoreBackup.Fault.unreadable(path)
    }
    do {
      return try data.split(separator: UInt8(ascii: "\n")).map {
        try JSONDecoder().decode(Row.self, from: Data($0))
      }
    } catch {
      throw RestoreBackup.Fault.unreadable(path)
    }
  }

  static func insert(_ rows: [Row], in connection: any Connection) throws {
    try connection.insert(
      into: "person_keys", ["person_id", "master_key_id", "wrapped", "created_at", "erased_at"],
      rows.map { row in
        [
          Int64(row.person) ?? 0, row.master_key, row.wrapped.flatMap { Base64.decode($0) },
          row.created_at, row.erased_at,
        ]
      })
  }
}
