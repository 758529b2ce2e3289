import Domain

/// How accounts want to be told, where they have said so.
package enum NoticeSettingRows {
  package static func modes(
    of account: AccountID, in connection: any Connection
  ) throws -> [Notice.Kind: Notice.Mode] {
    var modes: [Notice.Kind: Notice.Mode] = [:]
    try connection.forEach(
      "select kind, mode from notice_settings where account_id = ?1", [account]
    ) { row in
      // A kind of a later version is none of this one's.
      guard let kind = Notice.Kind(rawValue: try row.text(0)) else { return }
      modes[kind] = try row.value(1, Notice.Mode.self)
    }
    return modes
  }

  package static func set(
    _ mode: Notice.Mode, for kind: Notice.Kind, of account: AccountID,
    in connection: any Connection
  ) throws {
    try connection.run(
      """
      insert into notice_settings (account_id, kind, mode)
      values (?1, ?2, ?3)
      on conflict (account_id, kind) do update set mode = excluded.mode
      """, [account, kind, mode])
  }
}
