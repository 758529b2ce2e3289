import Domain
import Storage

/// An official or a unit plans a visit to an enterprise, alone or together with another.
package struct PlanVisit: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Parameter host: the visit it takes place with; its day then counts, not the draft's.
  /// - Throws: `UseCaseError.forbidden`, `.notFound`, `Visit.Refused`
  package func callAsFunction(
    _ draft: VisitDraft, to enterprise: EnterpriseID, joining host: VisitID? = nil,
    by account: Account
  ) async throws -> VisitID {
    guard account.may(.planVisits) else { throw UseCaseError.forbidden }
    return try await VisitWork.run(platform, by: account) { work in
      let id = try VisitScope.enterprise(
        enterprise, for: account, work.platform.vault, in: work.connection
      ).id
      var (visitor, reasons): (Visit.Visitor?, [VisitRefusal]) = (nil, [])
      do {
        visitor = try work.visitor(draft.unit, draft.official)
      } catch let refused as Visit.Refused {
        reasons = refused.reasons
      }
      var draft = draft
      let other = try host.flatMap { try VisitRows.find($0, in: work.connection) }
      if host != nil, other == nil { reasons.append(.cannotJoin) }
      if let date = other?.visit.date {
        (draft.day, draft.part) = (date.day.description, date.part?.rawValue ?? "")
      }
      // One that comes along is none more, on whichever day.
      let surroundings = try work.surroundings(of: id, on: host == nil ? draft.date?.day : nil)
      let visit = try draft.visit(to: id, by: visitor, besides: reasons, in: surroundings)
      guard let host, let other else { return try work.add(visit).id }
      return try work.add(visit.deciding(.join(host, other.visit), in: surroundings)).id
    }
  }
}

extension VisitWork {
  /// - Parameters:
  ///   - unit: path, name or code, where the account has none of its own.
  ///   - official: the number of one of the unit's.
  /// - Throws: `Visit.Refused`, `UseCaseError.forbidden`
  func visitor(_ unit: String, _ official: String) throws -> Visit.Visitor {
    let own = try VisitScope.visitor(of: account, platform.vault, in: connection)
    if account.reach(of: .planVisits) == .own {
      guard let own else { throw UseCaseError.forbidden }
      return own
    }
    let id = try own?.unit ?? self.unit(unit)
    guard !official.trimmed.isEmpty else { return Visit.Visitor(unit: id) }
    guard let number = Int64(official.trimmed),
      let stored = try OfficialRows.find(OfficialID(number), platform.vault, in: connection),
      stored.official.status == .serving, try isOf(id, stored.official.unit)
    else { throw Visit.Refused([.officialUnknown]) }
    return Visit.Visitor(unit: id, official: stored.id)
  }

  /// Whether a unit is another one, lies in it, or was merged into it.
  private func isOf(_ id: UnitID, _ unit: UnitID) throws -> Bool {
    guard let whole = try UnitRows.find(id, in: connection),
      let part = try UnitRows.find(unit, in: connection)
    else { return false }
    return part.path.hasPrefix(whole.path)
  }

  /// A county's office names units of its county, or none.
  private func unit(_ text: String) throws -> UnitID {
    if text.trimmed.isEmpty { throw Visit.Refused([.unitMissing]) }
    let area = try VisitScope.area(of: account, platform.vault, in: connection)
    guard case .one(let stored) = try UnitReference(text).resolve(in: connection),
      stored.path.hasPrefix(area), stored.unit.validTo == nil
    else { throw Visit.Refused([.unitUnknown]) }
    return stored.unit.id
  }
}
