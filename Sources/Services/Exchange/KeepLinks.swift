import Domain
import Storage

/// The links to other instances in the hands of whoever keeps them.
package struct KeepLinks: Sendable {
  let platform: Platform
  let account: Account

  /// - Throws: `UseCaseError.forbidden`
  package init(_ platform: Platform, by account: Account) throws(UseCaseError) {
    guard account.may(.manageLinks) else { throw .forbidden }
    (self.platform, self.account) = (platform, account)
  }

  /// Whether problems are named, which administrators may not see.
  package var seesProblems: Bool { account.may(.seeProblems) }

  /// What is over stands last.
  package func list() async throws -> [ShowLinks.Status] {
    let links = try await ShowLinks(platform)()
    return links.filter { $0.link.state != .closed } + links.filter { $0.link.state == .closed }
  }

  /// - Throws: `UseCaseError.notFound`
  package func one(_ id: LinkID) async throws -> ShowLinks.Detail {
    try await ShowLinks(platform).one(id)
  }

  /// - Returns: the code, which is shown this once.
  /// - Throws: `OfferLink.Fault`
  package func offer(_ name: String, role: LinkRole, url: String) async throws -> String {
    try await OfferLink(platform)(name, role: role, url: url.trimmed, by: account.actor)
  }

  /// - Parameter line: nil where this instance calls nobody.
  /// - Throws: `JoinLink.Fault`, `UseCaseError.notFound`
  package func join(
    _ code: String, name: String, url: String, through line: ExchangeLine?
  ) async throws -> ExchangeLink {
    guard let line else { throw UseCaseError.notFound }
    return try await JoinLink(platform, line: line)(
      code, name: name, url: url.trimmed, by: account.actor)
  }

  /// Once it is closed, closing it again changes nothing.
  /// - Throws: `UseCaseError.notFound`
  package func close(_ id: LinkID) async throws {
    let link = try await ShowLinks(platform).one(id).status.link
    // Another may have its name by now.
    guard link.state != .closed else { return }
    do {
      try await CloseLink(platform)(link.name, by: account.actor)
    } catch UseCaseError.refused {
      // Somebody else was quicker.
    }
  }
}
