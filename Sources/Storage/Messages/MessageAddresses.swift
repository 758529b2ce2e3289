import Domain

/// By which ways accounts want to be told, and where they are reached.
package enum MessageAddresses {
  package struct Stored: Hashable, Sendable {
    package let mail: String?
    package let phone: String?
    /// `zh` or `en`.
    package let language: String
  }

  /// Nil for an account that nobody signs in to any more, or whose owner's key was destroyed.
  /// - Throws: `KeyRing.Fault`, `StorageError`
  package static func find(
    _ account: AccountID, _ vault: Vault, in connection: any Connection
  ) throws -> Stored? {
    let row = try connection.row(
      """
      select a.person_id, a.phone, m.mail, m.language
      from accounts a
      left join message_addresses m on m.account_id = a.id
      where a.id = ?1 and a.username is not null and a.closed_at is null and a.person_id is not null
      """, [account]
    ) { row in
      (
        person: PersonID(try row.int(0)), phone: try row.optionalText(1),
        mail: try row.optionalText(2), language: try row.optionalText(3)
      )
    }
    guard let row, let key = try vault.key(of: row.person, in: connection) else { return nil }
    return Stored(
      mail: try row.mail.map { try key.open($0, .mail) },
      phone: try row.phone.map { try key.open($0, .phone) }, language: row.language ?? "zh")
  }

  /// - Parameter mail: nil takes it away.
  /// - Throws: `KeyRing.Fault`, `StorageError`
  package static func set(
    mail: String?, language: String, of account: AccountID, _ vault: Vault,
    in connection: any Connection
  ) throws {
    let person = try connection.row("select person_id from accounts where id = ?1", [account]) {
      PersonID(try $0.int(0))
    }
    guard let person, let key = try vault.key(of: person, in: connection) else { return }
    try connection.run(
      """
      insert into message_addresses (account_id, mail, language)
      values (?1, ?2, ?3)
      on conflict (account_id) do update set mail = excluded.mail, language = excluded.language
      """, [account, mail.map { key.seal($0, .mail) }, language])
  }

  package static func choices(
    of account: AccountID, in connection: any Connection
  ) throws -> [Notice.Kind: Set<MessageChannel>] {
    var choices: [Notice.Kind: Set<MessageChannel>] = [:]
    try connection.forEach(
      "select kind, channel from message_choices where account_id = ?1", [account]
    ) { row in
      // A kind of a later version is none of this one's.
      guard let kind = Notice.Kind(rawValue: try row.text(0)) else { return }
      choices[kind, default: []].insert(try row.value(1, MessageChannel.self))
    }
    return choices
  }

  /// Replaces what was chosen before.
  package static func set(
    _ choices: [Notice.Kind: Set<MessageChannel>], of account: AccountID,
    in connection: any Connection
  ) throws {
    try connection.run("delete from message_choices where account_id = ?1", [account])
    for (kind, channels) in choices.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      for channel in channels.sorted(by: { $0.rawValue < $1.rawValue }) {
        try connection.run(
          "insert into message_choices (account_id, kind, channel) values (?1, ?2, ?3)",
          [account, kind, channel])
      }
    }
  }
}
