import Domain
import Foundation
import Ledger

/// What happened to one entry of a register, field by field, as the ledger has it.
package struct RegisterChange: Sendable {
  package struct Field: Hashable, Sendable {
    /// The column's name.
    package let name: String
    /// Nil where there was nothing.
    package let from: String?
    package let to: String?
  }

  /// `enterprise`, `contact`, `white_list` …
  package let register: String
  /// `added`, `changed`, `merged` …
  package let verb: String
  package let at: Instant
  package let actor: Actor
  package let fields: [Field]
}

package enum RegisterHistory {
  /// So many of the latest changes are shown.
  private static let limit = 100

  /// The latest changes of some streams, the newest first; rides the ledger's unique index on (stream,
  /// version).
  package static func latest(
    of streams: [String], in connection: any Connection
  ) throws -> [RegisterChange] {
    if streams.isEmpty { return [] }
    return try connection.rows(
      """
      select kind, payload, at, actor
      from ledger
      where stream in (\(places(streams.count)))
      order by id desc
      limit \(limit)
      """, streams
    ) { row in
      let kind = try row.text(0).split(separator: ".", maxSplits: 1).map(String.init)
      return RegisterChange(
        register: kind[0], verb: kind.count > 1 ? kind[1] : "", at: try row.instant(2),
        actor: try row.actor(3), fields: try fields(row.text(1)))
    }
  }

  /// The streams of an enterprise with its contacts and places on white lists; rides
  /// contacts_enterprise and white_lists_entry.
  package static func streams(
    of enterprise: EnterpriseID, in connection: any Connection
  ) throws -> [String] {
    try ["enterprise/\(enterprise)"]
      + connection.rows("select id from contacts where enterprise_id = ?1", [enterprise]) {
        "contact/\(try $0.int(0))"
      }
      + connection.rows("select id from white_lists where enterprise_id = ?1", [enterprise]) {
        "white_list/\(try $0.int(0))"
      }
  }

  /// The streams of a township or village: what is known of it, and its contacts; rides contacts_unit.
  package static func streams(
    of unit: UnitID, in connection: any Connection
  ) throws -> [String] {
    try ["village/\(unit)"]
      + connection.rows("select id from contacts where unit_id = ?1", [unit]) {
        "contact/\(try $0.int(0))"
      }
  }

  private static func fields(_ payload: String) throws -> [RegisterChange.Field] {
    do {
      return try JSONDecoder().decode([String: Written].self, from: Data(payload.utf8))
        .sorted { $0.key < $1.key }
        .map { RegisterChange.Field(name: $0, from: $1.from, to: $1.to) }
    } catch {
      throw StorageError.unreadable("payload: \(error)")
    }
  }

  /// A field of a payload: what was added, or what changed from one to the other.
  private struct Written: Decodable {
    let from: String?
    let to: String?

    private enum Keys: String, CodingKey { case from, to }

    init(from decoder: any Decoder) throws {
      if let pair = try? decoder.container(keyedBy: Keys.self) {
        from = try pair.decode(Plain.self, forKey: .from).text
        to = try pair.decode(Plain.self, forKey: .to).text
      } else {
        from = nil
        to = try decoder.singleValueContainer().decode(Plain.self).text
      }
    }
  }

  private struct Plain: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if value.decodeNil() {
        text = nil
      } else if let number = try? value.decode(Int64.self) {
        text = String(number)
      } else {
        text = try value.decode(String.self)
      }
    }
  }
}
