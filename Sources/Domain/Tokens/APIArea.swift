/// A part of the interface for programs, as far as a token may be limited to it.
package enum APIArea: String, Sendable, CaseIterable {
  case problems, orders, batches, organisation, registers, visits, pairing, figures, reports,
    calendar, notices, accounts, webhooks, exchange

  /// One of these rights is enough to read there, or to write. Nil: whoever works here may.
  private func rights(writing: Bool) -> [Right]? {
    switch self {
    case .problems:
      writing
        ? [.registerProblems] + ProblemAction.allCases.map(Right.act) : [.seeProblems]
    case .orders: writing ? [.issueOrders, .act(.acknowledge)] : [.seeOrders]
    case .batches: [.manageBatches]
    case .organisation: [writing ? .reorganise : .seeUnits]
    case .registers: writing ? [.importRegisters, .keepContacts] : [.seeRegisters, .keepContacts]
    case .visits: writing ? [.planVisits, .answerVisits] : [.seeVisits, .answerVisits]
    case .pairing: writing ? [.managePairing] : [.seeRegisters, .servePairs]
    case .figures: writing ? [.manageSheets, .objectToSheets] : [.seeFigures]
    case .reports: writing ? [.writeReports] : [.seeFigures, .servePairs]
    case .calendar: writing ? [.changeCalendar] : nil
    case .notices: nil
    case .accounts:
      writing ? [.manageAccounts, .grantRights] : [.manageAccounts, .grantRights, .readAudit]
    case .webhooks: [.manageWebhooks, .overseeWebhooks]
    case .exchange: [.manageLinks]
    }
  }

  /// Whether a role has anything to do there.
  package func isOpen(to role: Role, writing: Bool) -> Bool {
    if self == .notices { return !Notice.Kind.kinds(for: role).isEmpty }
    return rights(writing: writing)?.contains { role.may($0) } ?? true
  }
}
