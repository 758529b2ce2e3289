/// Something an account may do; `Rights` says who and how far.
package enum Right: Hashable, Sendable {
  case seeProblems
  /// What handlers and the office tell each other: notes, objections, urging; askers see the result.
  case seeHandling
  /// Ratings of single problems; handlers see totals (DOMAIN.md 5, independent evaluation).
  case seeRatings
  case registerProblems
  case exportProblems
  /// One edge of the transition table.
  case act(ProblemAction)
  /// What the office director alone decides: shelving.
  case direct
  /// Speaks for the asker: rates.
  case rate
  case manageBatches
  case lookBack
  case seeOrders
  case issueOrders
  /// Approves accountability recommendations and decides their reviews.
  case approveAccountability
  /// Withdraws files of others and sees withdrawn ones.
  case manageFiles
  case seeUnits
  /// Officials, enterprises, townships and villages.
  case seeRegisters
  /// Phone and ID numbers in full; others see them masked.
  case seePersonalData
  case exportRegisters
  case importRegisters
  case reorganise
  /// An enterprise's own contacts.
  case keepContacts
  /// Who visits which enterprise when.
  case seeVisits
  case planVisits
  /// For the enterprise: moves and declines visits, asks for one or to be left alone.
  case answerVisits
  case changeCalendar
  /// Plans, adopts and repairs who is in charge of whom.
  case managePairing
  /// What an official is in charge of.
  case servePairs
  case manageAccounts
  case grantRights
  /// Figures, with the problems behind them.
  case seeFigures
  /// The monthly sheets of units: drafts, previews.
  case manageSheets
  /// Says that a number of the own unit's line is wrong.
  case objectToSheets
  /// Adds words to reports and issues them; numbers nobody writes.
  case writeReports
  case readAudit
  /// Own webhooks, which tell of what the account may see.
  case manageWebhooks
  /// Sees that there are webhooks and switches them off; nothing of what they say.
  case overseeWebhooks
  /// Links to other instances: makes and ends them, sees what is not confirmed.
  case manageLinks
  /// Makes accounts for programs of the own unit's systems.
  case manageServiceAccounts
  /// Robots of groups, and what waits to be told outside.
  case manageMessages
}

extension Right: CaseIterable {
  package static let allCases: [Right] =
    [.seeProblems, .seeHandling, .seeRatings, .registerProblems, .exportProblems]
    + ProblemAction.allCases.filter { !ProblemAction.notByAccounts.contains($0) }.map(Right.act)
    + [
      .direct, .rate, .manageBatches, .lookBack, .seeOrders, .issueOrders, .approveAccountability,
      .manageFiles, .seeUnits, .seeRegisters, .seePersonalData, .exportRegisters,
      .importRegisters, .reorganise, .keepContacts, .seeVisits, .planVisits, .answerVisits,
      .changeCalendar, .managePairing, .servePairs, .manageAccounts, .grantRights, .seeFigures,
      .manageSheets, .objectToSheets, .writeReports, .readAudit,
      .manageWebhooks, .overseeWebhooks, .manageServiceAccounts, .manageMessages, .manageLinks,
    ]

  /// The name in the catalogue, in addresses and in tables.
  package var name: String {
    switch self {
    case .seeProblems: "see_problems"
    case .seeHandling: "see_handling"
    case .seeRatings: "see_ratings"
    case .registerProblems: "register_problems"
    case .exportProblems: "export_problems"
    case .act(let action): action.rawValue
    case .direct: "direct"
    case .rate: "rate"
    case .manageBatches: "manage_batches"
    case .lookBack: "look_back_samples"
    case .seeOrders: "see_orders"
    case .issueOrders: "issue_orders"
    case .approveAccountability: "approve_accountability"
    case .manageFiles: "manage_files"
    case .seeUnits: "see_units"
    case .seeRegisters: "see_registers"
    case .seePersonalData: "see_personal_data"
    case .exportRegisters: "export_registers"
    case .importRegisters: "import_registers"
    case .reorganise: "reorganise"
    case .keepContacts: "keep_contacts"
    case .seeVisits: "see_visits"
    case .planVisits: "plan_visits"
    case .answerVisits: "answer_visits"
    case .changeCalendar: "change_calendar"
    case .managePairing: "manage_pairing"
    case .servePairs: "serve_pairs"
    case .manageAccounts: "manage_accounts"
    case .grantRights: "grant_rights"
    case .seeFigures: "see_figures"
    case .manageSheets: "manage_sheets"
    case .objectToSheets: "object_to_sheets"
    case .writeReports: "write_reports"
    case .readAudit: "read_audit"
    case .manageWebhooks: "manage_webhooks"
    case .overseeWebhooks: "oversee_webhooks"
    case .manageServiceAccounts: "manage_service_accounts"
    case .manageMessages: "manage_messages"
    case .manageLinks: "manage_links"
    }
  }
}

/// How far a right goes.
package enum Reach: String, Sendable, CaseIterable {
  /// What is the person's or the enterprise's own: its problems, the official's line.
  case own
  /// What the account's unit was given to do, or what concerns that unit itself.
  case unit
  /// The unit and all below it: what concerns a place or an enterprise there, or was given to a unit there.
  case subtree
  case all
}
