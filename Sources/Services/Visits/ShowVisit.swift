import Domain
import Storage

/// One visit: who comes along, what happened to it, and what the account may do.
package struct ShowVisit: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Detail: Sendable {
    package let shown: ShownVisit
    /// The visit it takes place with.
    package let host: ShownVisit?
    /// Those that take place with it.
    package let guests: [ShownVisit]
    /// Visits that it might join.
    package let joinable: [ShownVisit]
    /// What the account may do as the visitor, with the reasons against each; none where it only looks.
    package let options: [(action: VisitAction, refusals: [VisitRefusal])]
    /// Whether an office has to name the unit.
    package let namesUnit: Bool
    package let story: RegisterStory
  }

  /// - Throws: `UseCaseError.forbidden`, `.notFound`
  package func callAsFunction(_ id: VisitID, for account: Account) async throws -> Detail {
    let (platform, today) = (platform, platform.now().day)
    return try await platform.database.read { connection in
      let (vault, rules) = (platform.vault, platform.visitRules)
      guard let stored = try VisitRows.find(id, in: connection) else {
        throw UseCaseError.notFound
      }
      let speaks = try VisitScope.speaks(account, for: stored.visit, vault, in: connection)
      guard try speaks || VisitScope.sees(account, stored.visit, vault, in: connection) else {
        throw UseCaseError.notFound
      }
      let visit = stored.visit
      let host = try visit.joinedInto.flatMap { try VisitRows.find($0, in: connection) }
      let guests = try VisitRows.guests(of: id, in: connection)
      let coming = try VisitList.of(
        visit.enterprise, on: today...(today + rules.horizon.number), in: connection)
      let joinable = coming.filter {
        $0.id != id && $0.visit.takesGuests && VisitAction.join.statuses.contains(visit.status)
      }
      let surroundings = Visit.Surroundings(today: today, rules)
      // What cannot be at all as things stand is not offered, with one reason or another.
      let options = VisitAction.ofVisitor.map {
        (action: $0, refusals: visit.refusals(of: $0, in: surroundings))
      }.filter { option in
        speaks && option.refusals != [.status] && (option.action != .join || !joinable.isEmpty)
      }
      let shown = try ShownVisit.all(
        [stored] + guests + joinable + [host].compactMap(\.self), vault, in: connection)
      return Detail(
        shown: shown[0], host: host == nil ? nil : shown.last,
        guests: Array(shown[1...].prefix(guests.count)),
        joinable: Array(shown[(1 + guests.count)...].prefix(joinable.count)), options: options,
        namesUnit: try VisitScope.visitor(of: account, vault, in: connection) == nil,
        story: try RegisterStory(["visit/\(id)"], vault, in: connection))
    }
  }
}
