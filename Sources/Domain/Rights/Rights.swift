/// The one table of rights: which role may do what, and how far. Routes, use cases and the page that shows
/// it read this; nothing else says who may do what.
package enum Rights {
  package static let table: [Role: [Right: Reach]] = [
    .systemAdministrator: [
      .manageAccounts: .all, .seeUnits: .all, .overseeWebhooks: .all, .manageLinks: .all,
    ],
    .securityAdministrator: [.grantRights: .all],
    .auditAdministrator: [.readAudit: .all],
    .office: office(.all).merging(city) { $1 },
    .director: office(.all).merging(city) { $1 }.merging(
      [.direct: .all, .approveAccountability: .all]
    ) { $1 },
    .countyOffice: office(.subtree).merging([.objectToSheets: .unit]) { $1 },
    .leader: [
      .seeProblems: .subtree, .seeHandling: .subtree, .seeRatings: .subtree,
      .exportProblems: .subtree, .seeOrders: .subtree, .seeUnits: .all, .seeRegisters: .subtree,
      .seeVisits: .subtree, .seeFigures: .subtree,
    ],
    .handler: handling(.unit).merging([
      .exportProblems: .unit, .seeFigures: .unit, .objectToSheets: .unit, .writeReports: .unit,
      .manageWebhooks: .unit, .manageServiceAccounts: .unit,
    ]) { $1 },
    .official: handling(.own).merging([
      .registerProblems: .own, .servePairs: .own, .writeReports: .own,
    ]) { $1 },
    .enterprise: [
      .seeProblems: .own, .seeRatings: .own, .registerProblems: .own, .rate: .own,
      .keepContacts: .own, .answerVisits: .own,
    ],
    .villageClerk: [.seeProblems: .unit, .registerProblems: .unit],
  ]

  /// What of it is done to problems, which is asked for every one that is shown.
  fileprivate static let problemActions = table.mapValues { rights in
    Set(ProblemAction.allCases.filter { rights[.act($0)] != nil })
  }

  private static func office(_ reach: Reach) -> [Right: Reach] {
    var rights: [Right: Reach] = [
      .seeProblems: reach, .seeHandling: reach, .seeRatings: reach, .registerProblems: reach,
      .exportProblems: reach, .seeOrders: reach, .issueOrders: reach, .manageFiles: reach,
      .seeUnits: .all, .seeRegisters: reach, .seePersonalData: reach, .exportRegisters: reach,
      .importRegisters: reach, .seeVisits: reach, .planVisits: reach, .seeFigures: reach,
      .writeReports: reach, .manageWebhooks: reach, .manageServiceAccounts: reach,
      .manageMessages: reach,
    ]
    for action in ProblemAction.allCases where !ProblemAction.notByAccounts.contains(action) {
      rights[.act(action)] = reach
    }
    return rights
  }

  /// What is decided for the whole city.
  private static let city: [Right: Reach] = [
    .manageBatches: .all, .lookBack: .all, .reorganise: .all, .changeCalendar: .all,
    .managePairing: .all, .manageSheets: .all, .manageLinks: .all,
  ]

  private static func handling(_ reach: Reach) -> [Right: Reach] {
    var rights: [Right: Reach] = [
      .seeProblems: reach, .seeHandling: reach, .seeOrders: reach, .seeUnits: .all,
      .seeVisits: reach, .planVisits: reach,
    ]
    for action in ProblemAction.handling { rights[.act(action)] = reach }
    return rights
  }
}

extension Role {
  /// How far the role may do this; nil where it may not at all.
  package func reach(of right: Right) -> Reach? { Rights.table[self]?[right] }

  package func may(_ right: Right) -> Bool { reach(of: right) != nil }

  /// What a role may do to a problem within its reach. The office may act for a handler that has no
  /// account; whoever did cannot verify the claim.
  package var problemActions: Set<ProblemAction> { Rights.problemActions[self] ?? [] }
}

extension Account {
  package func reach(of right: Right) -> Reach? {
    isService && ServiceAccount.withholds(right, from: role) ? nil : role.reach(of: right)
  }

  package func may(_ right: Right) -> Bool { reach(of: right) != nil }

  /// What the account may do to a problem within its reach.
  package var problemActions: Set<ProblemAction> {
    isService ? role.problemActions.filter { may(.act($0)) } : role.problemActions
  }
}
