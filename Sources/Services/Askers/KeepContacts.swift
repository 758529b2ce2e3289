import Domain
import Storage

/// An enterprise keeps its own contact up to date: whom evaluation links and calls go to.
package struct KeepContacts: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// All that is wrong with what was filled in.
  package struct Refused: Error, Sendable {
    package let faults: [ContactFault]
  }

  /// The contact of today in full: it is the enterprise's own.
  /// - Throws: `UseCaseError.forbidden`
  package func contact(for account: Account) async throws -> Contact? {
    let owner = try KeepContacts.owner(account)
    let vault = platform.vault
    return try await platform.database.read { connection in
      try ContactRows.current(of: [owner], vault, in: connection)[owner]?.contact
    }
  }

  /// Somebody else gets an entry of their own: what was sealed for one is not handed to another.
  /// - Returns: false where nothing differs.
  /// - Throws: `UseCaseError.forbidden`, `Refused`
  @discardableResult
  package func callAsFunction(
    name: String, post: String, phone: String, by account: Account
  ) async throws -> Bool {
    let owner = try KeepContacts.owner(account)
    let checked = Contact.check(of: owner, name: name, post: post, phone: phone)
    guard let new = checked.contact else { throw Refused(faults: checked.faults) }
    let (now, vault) = (platform.now(), platform.vault)
    return try await platform.database.write { connection in
      func add() throws {
        try ContactRows.add([new], at: now, by: account.actor, vault, in: connection)
      }
      guard let stored = try ContactRows.current(of: [owner], vault, in: connection)[owner] else {
        try add()
        return true
      }
      if stored.contact.name == new.name {
        return try ContactRows.change(
          stored, to: new, at: now, by: account.actor, vault, in: connection)
      }
      var former = stored.contact
      former.status = .former
      _ = try ContactRows.change(
        stored, to: former, at: now, by: account.actor, vault, in: connection)
      try add()
      return true
    }
  }

  private static func owner(_ account: Account) throws -> Contact.Of {
    guard account.may(.keepContacts), let enterprise = account.enterprise else {
      throw UseCaseError.forbidden
    }
    return .enterprise(enterprise)
  }
}
