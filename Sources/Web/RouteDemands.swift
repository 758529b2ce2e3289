import Domain
import HTTPTypes

extension Route {
  /// What whoever opens or sends it must be allowed. What within it an account may see or do the use case
  /// judges again.
  package func demand(_ method: HTTPRequest.Method) -> Demand {
    switch self {
    case .home, .health, .ready, .version, .metrics, .ledgerKey, .ledgerCheckpoint, .signIn,
      .signOut, .invitation, .evaluation, .evaluated, .styleguide, .styleguideWall, .help,
      .helpTopic, .definitions:
      .anyone
    case .inbox, .inboxRead, .inboxSettings, .inboxTrial, .live, .mapOutlines: .signedIn
    case .own, .ownProblem: .right(.seeProblems)
    case .ownRating: .right(.rate)
    case .ownSupplement: .right(.registerProblems)
    case .ownContacts: .right(.keepContacts)
    case .ownVisits, .ownVisitAction, .ownQuiet: .right(.answerVisits)
    case .visits: .right(method == .post ? .planVisits : .seeVisits)
    case .newVisit, .visitAction: .right(.planVisits)
    case .visit, .silentEnterprises, .enterpriseVisits: .right(.seeVisits)
    case .figures, .figure, .figureProblems, .flow: .right(.seeFigures)
    // All that lies in an area, which a handler has none of.
    case .map, .wall: .right(.seeRegisters)
    case .ownPairs: .right(.servePairs)
    case .reports, .report, .reportPaper, .reportCheck, .reportExport:
      .oneOf([.seeFigures, .servePairs])
    case .reportIssue, .reportRemark: .right(.writeReports)
    // For whoever has a week of their own.
    case .ownWeek: .right(.servePairs)
    case .pairings, .pairingBoard: .right(.seeRegisters)
    case .pairingPlans, .pairingPlan, .pairingAdoption, .pairingDiscard, .pairingExplanation,
      .pairingMarks, .newPairingMark, .pairingMarkLift:
      .right(.managePairing)
    case .signInCode, .waiting, .password, .secondFactor: .passwordGiven
    case .account, .session, .otherSessions, .secondFactorRemoval, .roles, .tokens, .newToken,
      .tokenRevocation:
      .signedIn
    case .serviceAccounts, .serviceAccount, .serviceAccountClosure, .serviceTokens,
      .newServiceToken:
      .right(.manageServiceAccounts)
    case .accounts:
      method == .post ? .right(.manageAccounts) : .oneOf([.manageAccounts, .grantRights])
    case .managedAccount, .accountClosure: .oneOf([.manageAccounts, .grantRights])
    case .newAccount, .accountLink, .accountSeat: .right(.manageAccounts)
    case .grants, .grant, .secondFactorReset: .right(.grantRights)
    case .audit: .right(.readAudit)
    case .messages, .messageRobot: .right(.manageMessages)
    case .problems: .right(method == .post ? .registerProblems : .seeProblems)
    case .newProblem, .similarProblems: .right(.registerProblems)
    case .problem, .problemAction, .problemFiles, .attachment, .withdrawal, .tasks, .search,
      .savedViews, .dropView, .defaultView:
      .right(.seeProblems)
    case .legs: .right(.act(.acknowledge))
    case .bulk: .oneOf([.act(.judge), .act(.assign), .act(.urge)])
    case .exportProblems: .right(.exportProblems)
    case .evaluationLink: .right(.act(.returnVisit))
    case .problemSplit: .right(.act(.split))
    case .orders, .ordersPrinted, .order, .orderPaper, .orderAction: .right(.seeOrders)
    case .batches, .newBatch, .batch, .batchProblems, .batchStep: .right(.manageBatches)
    case .lookBacks, .newLookBack, .lookBack, .lookBackProof: .right(.lookBack)
    case .sheets: .right(method == .post ? .manageSheets : .seeFigures)
    case .sheet, .sheetProof, .sheetFile: .right(.seeFigures)
    case .sheetAction: .oneOf([.manageSheets, .objectToSheets])
    case .verification: .right(.act(.verify))
    case .calendar, .rules: .signedIn
    case .calendarDay, .calendarImport, .calendarDates: .right(.changeCalendar)
    case .units, .unit: .right(.seeUnits)
    case .unitSuggestions:
      .oneOf([.registerProblems, .seeUnits])
    case .reorganisation: .right(.reorganise)
    case .officials, .official, .enterprises, .enterprise, .villages: .right(.seeRegisters)
    case .officialInFull, .enterpriseInFull, .unitInFull: .right(.seePersonalData)
    case .duplicates, .enterpriseMerge, .imports, .importJob, .importTakeOver,
      .importDiagnostics, .importTemplate:
      .right(.importRegisters)
    // For whoever has deadlines or visits.
    case .feeds, .feedRemoval: .oneOf([.seeProblems, .seeVisits, .answerVisits])
    case .webhooks:
      method == .post ? .right(.manageWebhooks) : .oneOf([.manageWebhooks, .overseeWebhooks])
    case .newWebhook, .webhook, .webhookRedelivery: .right(.manageWebhooks)
    case .webhookAction: .oneOf([.manageWebhooks, .overseeWebhooks])
    case .exchange, .exchangeOffers, .exchangeJoins, .exchangeLink, .exchangeClosure:
      .right(.manageLinks)
    case .registerExport: .oneOf([.exportRegisters, .exportProblems])
    }
  }
}
