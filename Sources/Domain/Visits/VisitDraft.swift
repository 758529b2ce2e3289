/// A visit as somebody fills it in.
package struct VisitDraft: Hashable, Sendable {
  package var day = ""
  package var part = ""
  package var kind = ""
  package var purpose = ""
  package var basis = ""
  /// Path, name or code of the unit that comes, where it is not the writer's own.
  package var unit = ""
  /// The number of the official who comes.
  package var official = ""

  package init() {}

  /// - Returns: nil where no day is said or it cannot be read.
  package var date: VisitDate? {
    Day(day.trimmed).map { VisitDate($0, VisitDate.Part(rawValue: part)) }
  }

  /// The visit that was filled in.
  /// - Parameters:
  ///   - visitor: nil where the enterprise asks for it, or it is not known who comes.
  ///   - besides: what was found to be wrong already.
  /// - Throws: `Visit.Refused` with all that is wrong.
  package func visit(
    to enterprise: EnterpriseID, by visitor: Visit.Visitor?, isAsked: Bool = false,
    besides: [VisitRefusal] = [], in surroundings: Visit.Surroundings
  ) throws(Visit.Refused) -> Visit {
    var reasons = besides
    let date = date
    if let date {
      reasons += Visit.refusals(of: date, in: surroundings)
    } else {
      reasons.append(.dayMissing)
    }
    // Who asks for somebody asks for service.
    let kind = isAsked ? Visit.Kind.service : Visit.Kind(rawValue: kind)
    if kind == nil { reasons.append(.kindMissing) }
    let purpose = Visit.text(purpose, &reasons)
    if purpose == nil { reasons.append(.purposeMissing) }
    let basis = Visit.text(basis, &reasons)
    guard let date, let kind, let purpose else { throw Visit.Refused(reasons) }
    let visit = Visit(
      enterprise: enterprise, visitor: visitor, date: date, kind: kind, purpose: purpose,
      isAsked: isAsked, basis: kind == .inspection ? basis : nil,
      status: isAsked ? .asked : .planned)
    reasons += visit.disturbance(in: surroundings)
    if !reasons.isEmpty { throw Visit.Refused(reasons) }
    return visit
  }
}
