import Domain
import Storage

/// A page of the 台账 by people's words, with the views the account may open it with.
package struct ShowProblemList: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Shown: Sendable {
    package let page: ProblemPage
    package let views: [SavedView]
    /// Whether only the newest of those with the words are listed.
    package let isCut: Bool
    /// Why nothing is listed; nil where something could be.
    package let fault: ProblemListing.Fault?

    /// Nothing is listed, for a reason that was seen before anything was asked.
    package static let nothing = Shown(
      page: .init(items: [], next: nil), views: [], isCut: false, fault: nil)
  }

  package func callAsFunction(
    _ listing: ProblemListing, before: ProblemCursor?, for account: Account
  ) async throws -> Shown {
    let now = platform.now()
    return try await platform.database.read { connection in
      let views = try ListViews.of(account, in: connection)
      do {
        let filter = try listing.resolved(for: account, in: connection)
        let page = try ProblemList.page(
          filter,
          visible: ProblemScope.visibility(of: account, in: connection), before: before,
          limit: ListProblems.pageSize, now: now, in: connection)
        let isCut = (filter.among?.count ?? 0) >= ProblemListing.mostFound
        return Shown(page: page, views: views, isCut: isCut, fault: nil)
      } catch let fault as ProblemListing.Fault {
        return Shown(
          page: ProblemPage(items: [], next: nil), views: views, isCut: false, fault: fault)
      }
    }
  }
}
