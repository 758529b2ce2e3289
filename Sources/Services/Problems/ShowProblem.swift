import Domain
import Storage

/// One problem with its history and its papers, and what the account may do to it.
package struct ShowProblem: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Detail: Sendable {
    package let problem: Problem
    package let steps: [ProblemHistory.Step]
    package let parties: ProblemParties
    package let actorNames: [Actor: String]
    /// Who is in charge of whom it concerns; of those who see how it is handled.
    package let paired: [PairedOfficial]
    /// The actions of the problem's state that are the role's, with the reasons against each.
    package let options: [Problem.Option]
    /// Those the account may see, the newest first.
    package let orders: [OrderSummary]
    package let attachments: [ShownAttachment]
    /// Nil where the account is not about to judge or assign it, or nobody asked.
    package let precedents: Precedents?
    /// What other instances told of it, for those who see how it is handled.
    package let told: [ExchangeTold]
    /// The platforms that it could be handed up to, by the names of their links.
    package let upperLinks: [String]
    /// Whether the account was told something of it and has not looked yet.
    package let isUnread: Bool
  }

  /// - Parameter withPrecedents: whether to look for what helps to judge and assign it.
  /// - Throws: `UseCaseError.notFound`
  package func callAsFunction(
    _ id: ProblemID, withPrecedents: Bool = false, for account: Account
  ) async throws -> Detail {
    let now = platform.now()
    return try await platform.database.read { connection in
      try detail(id, withPrecedents: withPrecedents, for: account, at: now, in: connection)
    }
  }

  /// - Throws: `UseCaseError.notFound`
  func detail(
    _ id: ProblemID, withPrecedents: Bool = false, for account: Account, at now: Instant,
    in connection: any Connection
  ) throws -> Detail {
    let work = try ProblemWork(id, for: account, at: now, platform, in: connection)
    let seesRatings = account.may(.seeRatings)
    let problem = seesRatings ? work.problem : work.problem.withoutRatings
    let steps = work.history.steps(for: account)
    let options = work.problem.options(for: work.who, in: work.surroundings)
    let parties = try ProblemParties(of: problem, platform.vault, in: connection)
    let exchange =
      account.may(.seeHandling) ? try ExchangeTold.about(id, in: connection) : ([], [])
    return Detail(
      problem: problem, steps: steps, parties: parties,
      actorNames: try AccountRows.names(
        of: Set(steps.map(\.actor)), platform.vault, in: connection),
      paired: try paired(of: problem, for: account, on: now.day, in: connection),
      options: options, orders: try orders(of: id, for: account, in: connection),
      attachments: try ShownAttachment.all(
        of: work.problem, for: account, platform.vault, in: connection),
      precedents: withPrecedents
        ? try Precedents.find(problem, options, platform, for: account, in: connection) : nil,
      told: exchange.0, upperLinks: exchange.1,
      isUnread: try NoticeRows.isUnread(id, by: account.id, in: connection))
  }

  private func paired(
    of problem: Problem, for account: Account, on day: Day, in connection: any Connection
  ) throws -> [PairedOfficial] {
    guard account.may(.seeHandling) else { return [] }
    let registration = problem.registration
    let targets: [PairingTarget] =
      registration.concernsEnterprise.map { [.enterprise($0)] }
      ?? registration.concernsUnit.map { [.village($0), .township($0)] } ?? []
    let found = try PairedOfficials.of(targets, on: day, platform.vault, in: connection)
    return targets.flatMap { found[$0] ?? [] }
  }

  /// As many as a page of their own list has.
  private func orders(
    of problem: ProblemID, for account: Account, in connection: any Connection
  ) throws -> [OrderSummary] {
    guard account.may(.seeOrders) else { return [] }
    var filter = OrderFilter()
    filter.problem = problem
    return try OrderList.page(
      filter, visible: OrderScope.visibility(of: account, in: connection), before: nil,
      limit: ListOrders.pageSize, in: connection
    ).items
  }
}
