import Domain
import Storage

/// Accounts as their administrators see them: who, as what, since when; nothing of what they do.
package struct ShowAccounts: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// What accounts are linked to, in words.
  package struct Places: Sendable {
    package var units: [UnitID: String] = [:]
    package var enterprises: [EnterpriseID: String] = [:]

    init(of seats: [AccountSeat], in connection: any Connection) throws {
      let ids = seats.compactMap(\.unit)
      if !ids.isEmpty { units = try UnitRows.namePaths(of: ids, in: connection) }
      let enterprises = Set(seats.compactMap(\.enterprise))
      if !enterprises.isEmpty {
        self.enterprises = try EnterpriseRows.names(of: enterprises, in: connection)
      }
    }
  }

  package struct Listed: Sendable {
    package let page: Page<AccountRows.Stored, AccountID>
    package let places: Places
    /// Who made the programs among them.
    package let makers: [Actor: String]

    package func maker(of account: Account) -> String? {
      account.maker.flatMap { makers[.account($0)] }
    }
  }

  private static func authorise(_ account: Account) throws {
    guard account.may(.manageAccounts) || account.may(.grantRights) else {
      throw UseCaseError.forbidden
    }
  }

  /// - Throws: `UseCaseError.forbidden`
  package func list(
    _ filter: AccountRows.Filter, before key: AccountID?, size: Int, for account: Account
  ) async throws -> Listed {
    try Self.authorise(account)
    let vault = platform.vault
    return try await platform.database.read { connection in
      let page = try AccountRows.list(filter, before: key, size: size, vault, in: connection)
      return Listed(
        page: page, places: try Places(of: page.items.map(\.seat), in: connection),
        makers: try Self.makers(of: page.items, vault, in: connection))
    }
  }

  private static func makers(
    of stored: [AccountRows.Stored], _ vault: Vault, in connection: any Connection
  ) throws -> [Actor: String] {
    try AccountRows.names(
      of: Set(stored.compactMap { $0.account.maker.map { .account($0) } }), vault, in: connection)
  }

  package struct Shown: Sendable {
    package let stored: AccountRows.Stored
    /// Whose program it is.
    package let maker: String?
    package let request: GrantRows.Request?
    package let places: Places
  }

  /// - Throws: `UseCaseError.forbidden`, `.notFound`
  package func one(_ id: AccountID, for account: Account) async throws -> Shown {
    try Self.authorise(account)
    return try await show(id)
  }

  /// Somebody's own.
  package func own(_ account: Account) async throws -> Shown { try await show(account.id) }

  private func show(_ id: AccountID) async throws -> Shown {
    let vault = platform.vault
    return try await platform.database.read { connection in
      guard let stored = try AccountRows.find(id, vault, in: connection) else {
        throw UseCaseError.notFound
      }
      let request = try GrantRows.find(id, in: connection)
      let seats = [stored.seat] + (request.map { [$0.seat] } ?? [])
      return Shown(
        stored: stored,
        maker: try Self.makers(of: [stored], vault, in: connection).values.first,
        request: request, places: try Places(of: seats, in: connection))
    }
  }

  package struct Waiting: Sendable {
    package let page: Page<GrantRows.Request, AccountID>
    package let accounts: [AccountID: AccountRows.Stored]
    package let places: Places
    /// Who asked.
    package let names: [Actor: String]
  }

  /// What waits for the security administrator.
  /// - Throws: `UseCaseError.forbidden`
  package func waiting(
    after key: AccountID?, size: Int, for account: Account
  ) async throws -> Waiting {
    guard account.may(.grantRights) else { throw UseCaseError.forbidden }
    let vault = platform.vault
    return try await platform.database.read { connection in
      let page = try GrantRows.list(after: key, size: size, in: connection)
      let accounts = try AccountRows.find(page.items.map(\.account), vault, in: connection)
      let seats = page.items.map(\.seat) + accounts.values.map(\.seat)
      return Waiting(
        page: page, accounts: accounts, places: try Places(of: seats, in: connection),
        names: try AccountRows.names(of: Set(page.items.map(\.askedBy)), vault, in: connection))
    }
  }
}

extension AccountRows.Filter {
  /// - Parameter text: a telephone number, or else a username.
  package init(role: Role?, state: State?, naming text: String) {
    self.init()
    (self.role, self.state) = (role, state)
    if let phone = PhoneNumber(text.trimmed) {
      self.phone = phone
    } else {
      username = text.trimmed
    }
  }
}

extension AccountRows.Stored {
  /// Where the account stands, as one word.
  package var state: AccountRows.Filter.State {
    if closedAt != nil { return .closed }
    if grantedAt == nil { return .waiting }
    return isTakenUp || account.isService ? .working : .invited
  }
}
