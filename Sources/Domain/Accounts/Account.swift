/// A person who signs in.
package struct Account: Hashable, Sendable {
  package let id: AccountID
  package let username: String
  package let name: String
  package let role: Role
  /// Where the person works; a handler always has one.
  package let unit: UnitID?

  package init(id: AccountID, username: String, name: String, role: Role, unit: UnitID?) {
    self.id = id
    self.username = username
    self.name = name
    self.role = role
    self.unit = unit
  }

  package var actor: Actor { .account(id) }
}

package enum Role: String, Sendable, CaseIterable {
  /// 活动办: judges, assigns, urges, verifies, closes.
  case office
  /// 承办单位: acknowledges, feeds back, claims.
  case handler
}

extension Role {
  /// What a role may do to a problem within its scope: the one table of rights. The office may act
  /// for a handler that has no account; whoever did cannot verify the claim.
  package var problemActions: Set<ProblemAction> {
    switch self {
    case .office: Set(ProblemAction.allCases)
    case .handler: [.acknowledge, .feedback, .claim]
    }
  }

  /// What a role may see and act on.
  package var scope: Scope {
    switch self {
    case .office: .all
    case .handler: .assignedToSubtree
    }
  }

  package var mayRegister: Bool { self == .office }
  package var mayImport: Bool { self == .office }
  package var mayReorganise: Bool { self == .office }
  package var mayChangeCalendar: Bool { self == .office }
  /// Phone and ID numbers in full; others see them masked.
  package var maySeePersonalData: Bool { self == .office }
}

package enum Scope: Sendable {
  case all
  /// Problems assigned to the account's own unit or one below it.
  case assignedToSubtree
}
