/// What an account may act as: a role, and where or for whom.
package struct AccountSeat: Hashable, Sendable {
  package var role: Role
  package var unit: UnitID?
  package var official: OfficialID?
  package var enterprise: EnterpriseID?

  package init(
    _ role: Role, unit: UnitID? = nil, official: OfficialID? = nil, enterprise: EnterpriseID? = nil
  ) {
    self.role = role
    self.unit = unit
    self.official = official
    self.enterprise = enterprise
  }

  /// What is missing for the role, or too much for it.
  package var fault: AccountRefusal? {
    switch role.link {
    case .unit where unit == nil: return .needsUnit
    case .official where official == nil: return .needsOfficial
    case .enterprise where enterprise == nil: return .needsEnterprise
    default: break
    }
    if unit != nil, !role.takesUnit { return .unitTooMuch }
    if official != nil, role != .official { return .officialTooMuch }
    if enterprise != nil, role != .enterprise { return .enterpriseTooMuch }
    return nil
  }
}

extension Role {
  /// Whether an account of this role may belong to a unit.
  package var takesUnit: Bool {
    switch self {
    case .countyOffice, .handler, .villageClerk, .leader, .official: true
    case .systemAdministrator, .securityAdministrator, .auditAdministrator, .office, .director,
      .enterprise:
      false
    }
  }

  /// Which field of a form says for whom an account of this role acts.
  package var seatField: AccountRefusal.Field? {
    switch link {
    case .unit: .unit
    case .official: .official
    case .enterprise: .enterprise
    case nil: takesUnit ? .unit : nil
    }
  }
}

/// Why something is not done to an account.
package enum AccountRefusal: String, Error, Sendable, CaseIterable {
  case nameForm = "name_form"
  case phoneForm = "phone_form"
  case needsUnit = "needs_unit"
  case unknownUnit = "unknown_unit"
  /// Another level than the role works on.
  case unitLevel = "unit_level"
  case unitTooMuch = "unit_too_much"
  case needsOfficial = "needs_official"
  case unknownOfficial = "unknown_official"
  case officialTooMuch = "official_too_much"
  case needsEnterprise = "needs_enterprise"
  case unknownEnterprise = "unknown_enterprise"
  case enterpriseTooMuch = "enterprise_too_much"
  /// Nobody may do this to their own account.
  case ownAccount = "own_account"
  /// The person holds another of the three administrators' accounts.
  case holdsAnother = "holds_another"
  /// An account does not change between the three administrators and the others.
  case administratorStays = "administrator_stays"
  /// Without it nobody could let people in, grant or look any more.
  case lastAdministrator = "last_administrator"
  case closed
  case sameSeat = "same_seat"
  case nothingWaits = "nothing_waits"
  case reasonMissing = "reason_missing"
  case noSecondFactor = "no_second_factor"
  case secondFactorObligatory = "second_factor_obligatory"
  /// A program has no password and no seat of its own.
  case isService = "is_service"
  case tooManyServices = "too_many_services"
}

extension AccountRefusal {
  /// The field of a form that a refusal is about.
  package enum Field: String, Sendable {
    case name, phone, unit, official, enterprise, reason
  }

  package var field: Field? {
    switch self {
    case .nameForm: .name
    case .phoneForm, .holdsAnother: .phone
    case .needsUnit, .unknownUnit, .unitLevel, .unitTooMuch: .unit
    case .needsOfficial, .unknownOfficial, .officialTooMuch: .official
    case .needsEnterprise, .unknownEnterprise, .enterpriseTooMuch: .enterprise
    case .reasonMissing: .reason
    case .ownAccount, .administratorStays, .lastAdministrator, .closed, .sameSeat, .nothingWaits,
      .noSecondFactor, .secondFactorObligatory, .isService, .tooManyServices:
      nil
    }
  }
}

/// What waits for the security administrator.
package enum GrantKind: String, Sendable, CaseIterable {
  /// A new account.
  case account
  /// Another role, unit or person to act for.
  case seat
  /// A password set by a link that the system administrator sent: whoever has that link could act as
  /// another.
  case password
}
