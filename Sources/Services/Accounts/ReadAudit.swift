import Domain
import Storage

/// The audit administrator looks through what the ledger says of sign-ins, rights and personal data.
package struct ReadAudit: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Line: Sendable {
    package let entry: AuditRows.Line
    package let actor: String?
    /// To whose account it was done.
    package let account: String?
    /// Address and device of a sign-in, as far as they can still be read.
    package let origin: String?
  }

  /// - Parameter person: a username or an account's number; empty for anybody.
  /// - Throws: `UseCaseError.forbidden`, `.unknownAccount`
  package func callAsFunction(
    _ filter: AuditRows.Filter, person: String, before key: Int64?, size: Int,
    for account: Account
  ) async throws -> Page<Line, Int64> {
    guard account.may(.readAudit) else { throw UseCaseError.forbidden }
    let (vault, person) = (platform.vault, person.trimmed)
    return try await platform.database.read { connection in
      var filter = filter
      if !person.isEmpty {
        let named = try AccountRows.find(username: person, vault, in: connection)?.account.id
        guard let id = named ?? Int64(person).map({ AccountID($0) }) else {
          throw UseCaseError.unknownAccount(person)
        }
        filter.account = id
      }
      let page = try AuditRows.list(filter, before: key, size: size, in: connection)
      let actors = Set(
        page.items.map(\.actor) + page.items.compactMap { $0.account.map { .account($0) } })
      let people = try AccountRows.people(actors, vault, in: connection)
      return Page(
        items: page.items.map { entry in
          let owner = entry.account.flatMap { people[.account($0)] }
          return Line(
            entry: entry, actor: people[entry.actor]?.name, account: owner?.name,
            origin: owner.flatMap { AuditRows.origin(of: entry, $0.key) })
        }, next: page.next)
    }
  }
}
