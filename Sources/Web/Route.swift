import Domain
import HTTP
import Hummingbird
import Storage

/// Every address of the site: makes every link and registers every handler. Ids are text, so that
/// `Route.problem(":id").path` is the pattern of `Route.problem("17").path`.
package enum Route {
  case home
  case health
  case ready
  case version
  case metrics
  case ledgerKey
  case ledgerCheckpoint
  case styleguide
  case signIn
  case signOut
  case signInCode
  case waiting
  case invitation(String)
  case account
  case password
  case secondFactor
  case secondFactorRemoval
  case session(String)
  case otherSessions
  case tokens
  case newToken
  case tokenRevocation(String)
  case serviceAccounts
  case serviceAccount(String)
  case serviceAccountClosure(String)
  case serviceTokens(String)
  case newServiceToken(String)
  case accounts
  case newAccount
  case managedAccount(String)
  case accountLink(String)
  case accountClosure(String)
  case accountSeat(String)
  case secondFactorReset(String)
  case grants
  case grant(String)
  case roles
  case audit
  case problems
  case newProblem
  case problem(String)
  case problemAction(String, String)
  case problemSplit(String)
  case orders
  case ordersPrinted
  case problemFiles(String)
  case similarProblems
  case attachment(String)
  case withdrawal(String)
  case order(String)
  case orderPaper(String)
  case orderAction(String, String)
  case batches
  case newBatch
  case batch(String)
  case batchProblems(String)
  case batchStep(String, String)
  case lookBacks
  case newLookBack
  case lookBack(String)
  case lookBackProof(String)
  case sheets
  case sheet(String)
  case sheetAction(String, String)
  case sheetProof(String)
  case sheetFile(String)
  case verification
  case calendar
  case calendarDay
  case calendarImport
  case calendarDates
  case rules
  case definitions
  case help
  case helpTopic(String)
  case evaluationLink(String)
  case evaluation(String)
  case evaluated
  case tasks
  case legs
  case search
  /// One thing done to many problems.
  case bulk
  case exportProblems
  case savedViews
  case dropView
  case defaultView
  case units
  case unit(String)
  case unitSuggestions
  case inbox
  case inboxRead
  case inboxSettings
  case inboxTrial
  case messages
  case messageRobot(String, String)
  case live
  case unitInFull(String)
  case reorganisation(String)
  case officials
  case official(String)
  case officialInFull(String)
  case enterprises
  case enterprise(String)
  case enterpriseInFull(String)
  case duplicates
  case enterpriseMerge
  case villages
  case imports
  case importJob(String)
  case importTakeOver(String)
  case importDiagnostics(String)
  case importTemplate(String)
  case registerExport(String)
  case own
  case ownProblem(String)
  case ownRating(String)
  case ownSupplement(String)
  case ownContacts
  case ownVisits
  case ownVisitAction(String, String)
  case ownQuiet
  case visits
  case newVisit
  case visit(String)
  case visitAction(String, String)
  case silentEnterprises
  case enterpriseVisits(String)
  case ownPairs
  case figures
  case map
  case flow
  case wall
  case figure(String)
  case figureProblems(String)
  case pairings
  case pairingPlans
  case pairingPlan(String)
  case pairingAdoption(String)
  case pairingDiscard(String)
  case pairingExplanation
  case pairingMarks
  case newPairingMark
  case pairingMarkLift(String)
  case pairingBoard
  case mapOutlines
  case styleguideWall
  case reports
  case report(String, String, String)
  case reportPaper(String, String, String)
  case reportCheck(String, String, String)
  case reportExport(String, String, String)
  case reportIssue(String, String, String)
  case reportRemark(String, String, String, String)
  case ownWeek
  case webhooks
  case newWebhook
  case webhook(String)
  case webhookAction(String, String)
  case webhookRedelivery(String, String)
  case exchange
  case exchangeOffers
  case exchangeJoins
  case exchangeLink(String)
  case exchangeClosure(String)
  case feeds
  case feedRemoval(String)

  static func problem(_ id: ProblemID) -> Route { .problem(String(id.value)) }
  static func order(_ id: OrderID) -> Route { .order(id.description) }
  static func managedAccount(_ id: AccountID) -> Route { .managedAccount(String(id.value)) }
  static func serviceAccount(_ id: AccountID) -> Route { .serviceAccount(String(id.value)) }
  static func unit(_ id: UnitID) -> Route { .unit(String(id.value)) }

  package var path: String {
    switch self {
    case .home: "/"
    case .health: "/health"
    case .ready: "/ready"
    case .version: "/version"
    case .metrics: "/metrics"
    case .ledgerKey: "/.well-known/lianbang-ledger"
    case .ledgerCheckpoint: "/ledger/checkpoint"
    case .styleguide: "/styleguide"
    case .signIn: "/sign-in"
    case .signOut: "/sign-out"
    case .signInCode: "/sign-in/code"
    case .waiting: "/sign-in/waiting"
    case .invitation(let token): "/invitation/\(token)"
    case .account: "/account"
    case .password: "/account/password"
    case .secondFactor: "/account/second-factor"
    case .secondFactorRemoval: "/account/second-factor/removal"
    case .session(let id): "/account/sessions/\(id)"
    case .otherSessions: "/account/sessions/others"
    case .tokens: "/account/tokens"
    case .newToken: "/account/tokens/new"
    case .tokenRevocation(let id): "/account/tokens/\(id)/revocation"
    case .serviceAccounts: "/account/service-accounts"
    case .serviceAccount(let id): "/account/service-accounts/\(id)"
    case .serviceAccountClosure(let id): "/account/service-accounts/\(id)/closure"
    case .serviceTokens(let id): "/account/service-accounts/\(id)/tokens"
    case .newServiceToken(let id): "/account/service-accounts/\(id)/tokens/new"
    case .accounts: "/accounts"
    case .newAccount: "/accounts/new"
    case .managedAccount(let id): "/accounts/\(id)"
    case .accountLink(let id): "/accounts/\(id)/link"
    case .accountClosure(let id): "/accounts/\(id)/closure"
    case .accountSeat(let id): "/accounts/\(id)/seat"
    case .secondFactorReset(let id): "/accounts/\(id)/second-factor-reset"
    case .grants: "/grants"
    case .grant(let id): "/grants/\(id)"
    case .roles: "/roles"
    case .audit: "/audit"
    case .problems: "/problems"
    case .newProblem: "/problems/new"
    case .problem(let id): "/problems/\(id)"
    case .problemAction(let id, let action): "/problems/\(id)/\(action)"
    case .problemSplit(let id): "/problems/\(id)/split"
    case .orders: "/orders"
    case .ordersPrinted: "/orders/print"
    case .problemFiles(let id): "/problems/\(id)/attachments"
    case .similarProblems: "/problems/similar"
    case .attachment(let id): "/attachments/\(id)"
    case .withdrawal(let id): "/attachments/\(id)/withdrawal"
    case .order(let id): "/orders/\(id)"
    case .orderPaper(let id): "/orders/\(id)/paper"
    case .orderAction(let id, let action): "/orders/\(id)/\(action)"
    case .batches: "/batches"
    case .newBatch: "/batches/new"
    case .batch(let id): "/batches/\(id)"
    case .batchProblems(let id): "/batches/\(id)/problems"
    case .batchStep(let id, let step): "/batches/\(id)/\(step)"
    case .lookBacks: "/look-back"
    case .newLookBack: "/look-back/new"
    case .lookBack(let id): "/look-back/\(id)"
    case .lookBackProof(let id): "/look-back/\(id)/proof"
    case .sheets: "/sheets"
    case .sheet(let id): "/sheets/\(id)"
    case .sheetAction(let id, let action): "/sheets/\(id)/\(action)"
    case .sheetProof(let id): "/sheets/\(id)/proof"
    case .sheetFile(let id): "/sheets/\(id)/file"
    case .verification: "/verification"
    case .calendar: "/calendar"
    case .calendarDay: "/calendar/day"
    case .calendarImport: "/calendar/import"
    case .calendarDates: "/calendar/dates"
    case .rules: "/rules"
    case .definitions: "/definitions"
    case .help: "/help"
    case .helpTopic(let topic): "/help/\(topic)"
    case .evaluationLink(let id): "/problems/\(id)/evaluation-link"
    case .evaluation(let token): "/evaluation/\(token)"
    case .evaluated: "/evaluation"
    case .tasks: "/tasks"
    case .legs: "/legs"
    case .search: "/search"
    case .bulk: "/problems/bulk"
    case .exportProblems: "/problems/export"
    case .savedViews: "/problem-views"
    case .dropView: "/problem-views/drop"
    case .defaultView: "/problem-views/default"
    case .units: "/units"
    case .unit(let id): "/units/\(id)"
    case .unitSuggestions: "/units/suggestions"
    case .inbox: "/inbox"
    case .inboxRead: "/inbox/read"
    case .inboxSettings: "/inbox/settings"
    case .inboxTrial: "/inbox/settings/trial"
    case .messages: "/messages"
    case .messageRobot(let id, let action): "/messages/\(id)/\(action)"
    case .live: "/live"
    case .unitInFull(let id): "/units/\(id)/in-full"
    case .reorganisation(let id): "/units/\(id)/reorganisation"
    case .officials: "/officials"
    case .official(let id): "/officials/\(id)"
    case .officialInFull(let id): "/officials/\(id)/in-full"
    case .enterprises: "/enterprises"
    case .enterprise(let id): "/enterprises/\(id)"
    case .enterpriseInFull(let id): "/enterprises/\(id)/in-full"
    case .duplicates: "/enterprises/duplicates"
    case .enterpriseMerge: "/enterprises/merge"
    case .villages: "/villages"
    case .imports: "/imports"
    case .importJob(let id): "/imports/\(id)"
    case .importTakeOver(let id): "/imports/\(id)/taking-over"
    case .importDiagnostics(let id): "/imports/\(id)/diagnostics"
    case .importTemplate(let kind): "/imports/templates/\(kind)"
    case .registerExport(let kind): "/exports/\(kind)"
    case .own: "/my"
    case .ownProblem(let id): "/my/\(id)"
    case .ownRating(let id): "/my/\(id)/rating"
    case .ownSupplement(let id): "/my/\(id)/supplement"
    case .ownContacts: "/my/contacts"
    case .ownVisits: "/my/visits"
    case .ownVisitAction(let id, let action): "/my/visits/\(id)/\(action)"
    case .ownQuiet: "/my/quiet"
    case .visits: "/visits"
    case .newVisit: "/visits/new"
    case .visit(let id): "/visits/\(id)"
    case .visitAction(let id, let action): "/visits/\(id)/\(action)"
    case .silentEnterprises: "/visits/silent"
    case .enterpriseVisits(let id): "/enterprises/\(id)/visits"
    case .ownPairs: "/my/pairs"
    case .figures: "/figures"
    case .map: "/map"
    case .flow: "/flow"
    case .wall: "/wall"
    case .figure(let code): "/figures/\(code)"
    case .figureProblems(let code): "/figures/\(code)/problems"
    case .pairings: "/pairings"
    case .pairingPlans: "/pairings/plans"
    case .pairingPlan(let id): "/pairings/plans/\(id)"
    case .pairingAdoption(let id): "/pairings/plans/\(id)/adoption"
    case .pairingDiscard(let id): "/pairings/plans/\(id)/discard"
    case .pairingExplanation: "/pairings/explain"
    case .pairingMarks: "/pairings/marks"
    case .newPairingMark: "/pairings/marks/new"
    case .pairingMarkLift(let id): "/pairings/marks/\(id)/lift"
    case .pairingBoard: "/pairings/board"
    case .mapOutlines: "/map/outlines.json"
    case .styleguideWall: "/styleguide/wall"
    case .reports: "/reports"
    case .report(let kind, let subject, let period): "/reports/\(kind)/\(subject)/\(period)"
    case .reportPaper(let kind, let subject, let period):
      "/reports/\(kind)/\(subject)/\(period)/paper"
    case .reportCheck(let kind, let subject, let period):
      "/reports/\(kind)/\(subject)/\(period)/check"
    case .reportExport(let kind, let subject, let period):
      "/reports/\(kind)/\(subject)/\(period)/export"
    case .reportIssue(let kind, let subject, let period):
      "/reports/\(kind)/\(subject)/\(period)/issue"
    case .reportRemark(let kind, let subject, let period, let section):
      "/reports/\(kind)/\(subject)/\(period)/remarks/\(section)"
    case .ownWeek: "/my/week"
    case .feeds: "/account/feeds"
    case .feedRemoval(let id): "/account/feeds/\(id)/removal"
    case .webhooks: "/webhooks"
    case .newWebhook: "/webhooks/new"
    case .webhook(let id): "/webhooks/\(id)"
    case .webhookAction(let id, let action): "/webhooks/\(id)/\(action)"
    case .webhookRedelivery(let id, let delivery):
      "/webhooks/\(id)/deliveries/\(delivery)"
    case .exchange: "/exchange"
    case .exchangeOffers: "/exchange/offers"
    case .exchangeJoins: "/exchange/joins"
    case .exchangeLink(let id): "/exchange/\(id)"
    case .exchangeClosure(let id): "/exchange/\(id)/closure"
    }
  }

  var pattern: RouterPath { RouterPath(path) }

  /// The path with a query; values are encoded, empty ones left out.
  func path(query: [(String, String)]) -> String {
    let text = PercentEncoding.query(query)
    return text.isEmpty ? path : path + "?" + text
  }
}
