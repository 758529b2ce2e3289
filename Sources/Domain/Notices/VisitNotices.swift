/// Who is told what of a visit. Whoever acted is left out by the caller.
extension Notice {
  /// - Parameters:
  ///   - host: the visit it takes place with.
  ///   - isArranged: whether an office planned it for the unit.
  ///   - paired: the officials in charge of the enterprise, who are asked with the office.
  package static func planned(
    _ visit: Visit, host: Visit?, isArranged: Bool, paired: [OfficialID]
  ) -> [Notice] {
    if visit.status == .asked {
      return [Notice(.visitAsked, paired.map { .official($0) } + [.office])]
    }
    var notices = [Notice(.visitPlanned, [.enterprise(visit.enterprise)])]
    if let host { notices.append(Notice(.visitJoined, visitor(of: host))) }
    if isArranged { notices.append(Notice(.visitPlanned, visitor(of: visit))) }
    return notices.filter { !$0.recipients.isEmpty }
  }

  /// - Parameter visit: after what was done.
  package static func of(_ action: VisitAction, _ visit: Visit, host: Visit?) -> [Notice] {
    let enterprise: [Recipient] = [.enterprise(visit.enterprise)]
    let notices: [Notice] =
      switch action {
      case .take, .accept: [Notice(.visitPlanned, enterprise)]
      case .move, .cancel: [Notice(.visitChanged, enterprise)]
      case .join:
        [Notice(.visitJoined, host.map(visitor) ?? []), Notice(.visitChanged, enterprise)]
      case .propose, .decline: [Notice(.visitAnswered, visitor(of: visit))]
      case .hold, .withdraw: []
      }
    return notices.filter { !$0.recipients.isEmpty }
  }

  /// Of one that was to take place with another, after it followed that.
  package static func followed(_ visit: Visit) -> [Notice] {
    visit.status == .held ? [] : [Notice(.visitChanged, visitor(of: visit))]
  }

  private static func visitor(of visit: Visit) -> [Recipient] {
    guard let visitor = visit.visitor else { return [] }
    return [visitor.official.map { .official($0) } ?? .handlers(visitor.unit)]
  }
}
