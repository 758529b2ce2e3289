import Domain
import Storage

/// An account says how it wants to be told. What is obligatory stays.
package struct SetNotices: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// How the account is told of each kind that can reach it.
  package func modes(of account: Account) async throws -> [(Notice.Kind, Notice.Mode)] {
    let own = try await platform.database.read {
      try NoticeSettingRows.modes(of: account.id, in: $0)
    }
    return Notice.Kind.kinds(for: account.role).map { kind in
      (kind, kind.isObligatory ? .on : own[kind] ?? kind.defaultMode)
    }
  }

  /// Takes those that can be chosen; leaves the others.
  package func callAsFunction(
    _ modes: [Notice.Kind: Notice.Mode], of account: Account
  ) async throws {
    let kinds = Notice.Kind.kinds(for: account.role)
    let chosen = modes.filter { kinds.contains($0) && $0.modes.contains($1) && !$0.isObligatory }
    try await platform.database.write { connection in
      for (kind, mode) in chosen.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        try NoticeSettingRows.set(mode, for: kind, of: account.id, in: connection)
      }
    }
  }
}
