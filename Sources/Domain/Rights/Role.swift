/// What a person is on the platform. The three administrators are kept apart (三员分立) and see nothing of
/// the campaign's business; nobody is two of them.
package enum Role: String, Sendable, CaseIterable {
  /// 系统管理员: makes and closes accounts.
  case systemAdministrator = "system_administrator"
  /// 安全管理员: grants what the system administrator proposes.
  case securityAdministrator = "security_administrator"
  /// 审计管理员: reads who did what.
  case auditAdministrator = "audit_administrator"
  /// 市活动办: judges, assigns, urges, verifies, closes.
  case office
  /// 活动办主任: all that, and what only the director decides.
  case director
  /// 县活动办: what the city's office does, within its county.
  case countyOffice = "county_office"
  /// 领导: looks.
  case leader
  /// 承办单位: acknowledges, feeds back, claims.
  case handler
  /// 帮联干部: registers, and has the official's line of a village problem.
  case official
  /// 企业: registers its own problems and rates what came of them.
  case enterprise
  /// 村文书: registers for the village.
  case villageClerk = "village_clerk"
}

extension Role {
  package var isAdministrator: Bool {
    switch self {
    case .systemAdministrator, .securityAdministrator, .auditAdministrator: true
    default: false
    }
  }

  /// What an account of this role must be linked to.
  package var link: Link? {
    switch self {
    case .countyOffice: .unit(.county)
    case .handler: .unit(nil)
    case .villageClerk: .unit(.village)
    case .official: .official
    case .enterprise: .enterprise
    case .systemAdministrator, .securityAdministrator, .auditAdministrator, .office, .director,
      .leader:
      nil
    }
  }

  package enum Link: Hashable, Sendable {
    /// Of this level; nil for any unit.
    case unit(UnitLevel?)
    case official
    case enterprise
  }
}
