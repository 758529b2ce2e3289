import Domain
import Ledger

/// The accounts against their streams. Usernames and passwords are no part of the ledger.
package enum AccountReplay {
  private struct State {
    var invited: AccountRows.Invited
    var createdAt: Instant
    var closedAt: Instant?
  }

  /// Accounts whose invitation has sealed fields: their person was made with them.
  private static let isOfKeys =
    "created_at >= (select coalesce(max(created_at), 0) from instance)"

  /// - Throws: `StorageError.unreadable` for an event this program does not know.
  package static func check(into replay: inout Replay, in connection: any Connection) throws {
    var accounts: [Int64: State] = [:]
    try LedgerRows.streams(of: "account", in: connection) { entry in
      guard let id = Int64(entry.stream.dropFirst("account/".count)) else {
        throw StorageError.unreadable("stream \(entry.stream)")
      }
      replay.entries += 1
      switch entry.kind {
      case "account.invited":
        accounts[id] = State(
          invited: try Payload.decode(AccountRows.Invited.self, entry.payload),
          createdAt: entry.at)
      case "account.activated": break
      case "account.erased": accounts[id]?.closedAt = entry.at
      default: throw StorageError.unreadable("ledger kind \(entry.kind)")
      }
    }
    replay.streams += accounts.count
    // From before there were keys the ledger has no names.
    let persons = accounts.filter { $0.value.invited.person != nil }
    replay.differences += try RowCheck(
      table: "accounts", key: ["id"], columns: ["person_id", "name", "phone"]
    ).differences(
      persons.map { id, account in
        [id, account.invited.person, account.invited.name, account.invited.phone]
      }, where: "id in (select id from accounts where \(Self.isOfKeys))", [], in: connection)
    replay.differences += try RowCheck(
      table: "person_keys", key: ["person_id"], columns: ["erased_at"]
    ).differences(
      persons.map { [$0.value.invited.person, $0.value.closedAt] },
      where: "person_id in (select person_id from accounts where \(Self.isOfKeys))", [],
      in: connection)
    replay.differences += try RowCheck(
      table: "accounts", key: ["id"],
      columns: ["role", "unit_id", "official_id", "created_at", "closed_at"]
    ).differences(
      accounts.map { id, account in
        [
          id, account.invited.role, account.invited.unit, account.invited.official,
          account.createdAt, account.closedAt,
        ]
      }, where: "id > 0", [], in: connection)
  }
}
