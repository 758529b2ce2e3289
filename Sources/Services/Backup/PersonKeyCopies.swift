import Cryptography
import Foundation
import Storage

/// Everything that a master key wraps, as the file `person-keys` holds it: one JSON object a line, the
/// secrets of the instance first.
struct PersonKeyCopies: Sendable {
  /// The instance's secrets under the master key of today, for copies from before a rotation.
  struct Instance: Codable, Sendable {
    var origin: String
    var master_key: String
    var secrets: String
  }

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

  let instance: Instance
  let rows: [Row]

  init(in connection: any Connection) throws {
    instance = try connection.row("select name, master_key_id, secrets from instance") {
      Instance(
        origin: try $0.text(0), master_key: try $0.text(1),
        secrets: Base64.encode(try $0.bytes(2)))
    }!
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
    self.rows = rows
  }

  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let lines = try [encoder.encode(instance)] + rows.map { try encoder.encode($0) }
    return lines.flatMap { [UInt8]($0) + [UInt8(ascii: "\n")] }
  }

  /// - Throws: `RestoreBackup.Fault.unreadable`
  init(file path: String) throws {
    do {
      let data = FileManager.default.contents(atPath: path) ?? Data()
      let lines = data.split(separator: UInt8(ascii: "\n")).map { Data($0) }
      guard let first = lines.first else { throw RestoreBackup.Fault.unreadable(path) }
      instance = try JSONDecoder().decode(Instance.self, from: first)
      rows = try lines.dropFirst().map { try JSONDecoder().decode(Row.self, from: $0) }
    } catch {
      throw RestoreBackup.Fault.unreadable(path)
    }
  }

  /// Puts the keys into a copy of the same instance.
  /// - Throws: `RestoreBackup.Fault.keysMissing` where they are of another.
  func insert(in connection: any Connection) throws {
    let changed = try connection.run(
      "update instance set master_key_id = ?2, secrets = ?3 where name = ?1",
      [instance.origin, instance.master_key, Base64.decode(instance.secrets)])
    guard changed == 1 else { throw RestoreBackup.Fault.keysMissing }
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
