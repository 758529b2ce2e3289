import Domain
import HTTPTypes
import Services

/// The links of the frame, in their order: what must be done now first. A page joins the frame by one line
/// here and is shown to those who meet its route's demand.
enum Navigation {
  /// The first group stands in the bar itself, the others in its menu.
  enum Group: String, CaseIterable {
    case work, figures, registers, follow, rules, administration
  }

  struct Link: Sendable {
    let group: Group
    /// Of the catalogue.
    let key: String
    let route: Route
    let path: String

    init(group: Group, key: String, route: Route) {
      (self.group, self.key, self.route, path) = (group, key, route, route.path)
    }
  }

  static let links: [Link] = [
    Link(group: .work, key: "own.title", route: .own),
    Link(group: .work, key: "tasks.title", route: .tasks),
    Link(group: .work, key: "legs.title", route: .legs),
    Link(group: .work, key: "problems.title", route: .problems),
    Link(group: .work, key: "problems.register", route: .newProblem),
    Link(group: .work, key: "visits.title", route: .visits),
    Link(group: .work, key: "own_visits.title", route: .ownVisits),
    Link(group: .work, key: "pairing.own.title", route: .ownPairs),
    Link(group: .figures, key: "figures.title", route: .figures),
    Link(group: .figures, key: "map.title", route: .map),
    Link(group: .figures, key: "flow.title", route: .flow),
    Link(group: .figures, key: "wall.title", route: .wall),
    Link(group: .figures, key: "sheets.title", route: .sheets),
    Link(group: .figures, key: "reports.title", route: .reports),
    Link(group: .work, key: "report.own.week", route: .ownWeek),
    Link(group: .registers, key: "pairing.title", route: .pairings),
    Link(group: .registers, key: "officials.title", route: .officials),
    Link(group: .registers, key: "enterprises.title", route: .enterprises),
    Link(group: .registers, key: "villages.title", route: .villages),
    Link(group: .registers, key: "units.title", route: .units),
    Link(group: .registers, key: "imports.title", route: .imports),
    Link(group: .follow, key: "orders.title", route: .orders),
    Link(group: .follow, key: "verification.title", route: .verification),
    Link(group: .follow, key: "batches.title", route: .batches),
    Link(group: .follow, key: "look_back.title", route: .lookBacks),
    Link(group: .administration, key: "messages.title", route: .messages),
    Link(group: .rules, key: "rules.title", route: .rules),
    Link(group: .rules, key: "calendar.title", route: .calendar),
    Link(group: .rules, key: "definitions.title", route: .definitions),
    Link(group: .rules, key: "help.title", route: .help),
    Link(group: .administration, key: "accounts.title", route: .accounts),
    Link(group: .administration, key: "grants.title", route: .grants),
    Link(group: .administration, key: "audit.title", route: .audit),
    Link(group: .administration, key: "webhooks.title", route: .webhooks),
    Link(group: .administration, key: "exchange.title", route: .exchange),
    Link(group: .administration, key: "roles.title", route: .roles),
  ]

  static func links(for role: Role) -> [Link] {
    links.filter { $0.route.demand(.get).isMet(by: role) && isFor(role, $0.route) }
  }

  /// Who asks has a list in plain words instead of desk and ledger; the others have those. The office may
  /// do what handlers do, and has no legs of its own.
  private static func isFor(_ role: Role, _ route: Route) -> Bool {
    switch route {
    case .own: role.isAsker
    case .tasks, .problems: !role.isAsker
    case .legs: role.answersForLegs
    default: true
    }
  }

  /// What staff are never shown on a phone (State Council 国办函〔2026〕12号).
  static func isForDesktop(_ link: Link) -> Bool { link.path == Route.sheets.path }

  /// Of the links that lead to the page at this path or above it, the nearest.
  static func current(_ path: String) -> String? {
    links.map(\.path).filter { path == $0 || path.hasPrefix($0 + "/") }
      .max { $0.count < $1.count }
  }
}
