import Domain
import Storage

/// Whom the rating link of a problem goes to, masked: enough to see that it is the right one.
package struct ShowAsker: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Masked: Hashable, Sendable {
    package let name: String
    package let phone: String
  }

  /// - Returns: nil where the register has no contact of the enterprise, or it concerns none.
  /// - Throws: `UseCaseError.notFound`, `.forbidden`
  package func callAsFunction(_ id: ProblemID, for account: Account) async throws -> Masked? {
    guard account.may(.seeRatings) else { throw UseCaseError.forbidden }
    let platform = platform
    let now = platform.now()
    return try await platform.database.read { connection in
      let work = try ProblemWork(id, for: account, at: now, platform, in: connection)
      guard let enterprise = work.problem.registration.concernsEnterprise else { return nil }
      let owner = Contact.Of.enterprise(enterprise)
      return try ContactRows.current(of: [owner], platform.vault, in: connection)[owner].map {
        Masked(name: $0.contact.name.maskedName, phone: $0.contact.phone?.text.masked ?? "")
      }
    }
  }
}
