/// A person who signs in.
package struct Account: Hashable, Sendable {
  package let id: AccountID
  package let username: String
  package let name: String
  package let role: Role
  /// Where the person works; a handler always has one.
  package let unit: UnitID?
  /// Who the person is in the register of officials; a paired official always is.
  package let official: OfficialID?

  package init(
    id: AccountID, username: String, name: String, role: Role, unit: UnitID?,
    official: OfficialID? = nil
  ) {
    self.id = id
    self.username = username
    self.name = name
    self.role = role
    self.unit = unit
    self.official = official
  }

  package var actor: Actor { .account(id) }
}

package enum Role: String, Sendable, CaseIterable {
  /// 活动办: judges, assigns, urges, verifies, closes.
  case office
  /// 活动办主任: all that, and what only the director decides.
  case director
  /// 承办单位: acknowledges, feeds back, claims.
  case handler
  /// 帮联干部: the official's line of a village problem.
  case official
}

extension Role {
  /// What a role may do to a problem within its scope: the one table of rights. The office may act
  /// for a handler that has no account; whoever did cannot verify the claim.
  package var problemActions: Set<ProblemAction> {
    switch self {
    case .office, .director: Set(ProblemAction.allCases).subtracting(ProblemAction.notByAccounts)
    case .handler, .official: ProblemAction.handling
    }
  }

  /// What a role may see and act on.
  package var scope: Scope {
    switch self {
    case .office, .director: .all
    case .handler: .assignedToSubtree
    case .official: .assignedToOfficial
    }
  }

  package var isOffice: Bool { self == .office || self == .director }
  package var mayRegister: Bool { isOffice || self == .official }
  package var mayImport: Bool { isOffice }
  package var mayChangeCalendar: Bool { isOffice }
  package var mayReorganise: Bool { isOffice }
  /// Phone and ID numbers in full; others see them masked.
  package var maySeePersonalData: Bool { isOffice }
  /// Ratings of single problems; handlers see totals (DOMAIN.md 5, independent evaluation).
  package var maySeeRatings: Bool { isOffice }
}

package enum Scope: Sendable {
  case all
  /// Problems assigned to the account's own unit or one below it.
  case assignedToSubtree
  /// Problems in which the account's own official has a line.
  case assignedToOfficial
}
