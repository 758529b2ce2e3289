/// What is done to a visit, and by whom.
package enum VisitAction: String, Sendable, CaseIterable {
  // Who visits:
  /// Takes up what the enterprise asked for.
  case take
  /// Takes the day that the enterprise proposed.
  case accept
  /// Comes on another day.
  case move
  case join
  /// Says what came of it.
  case hold
  case cancel
  // The enterprise:
  case propose
  case decline
  /// Takes back what it asked for.
  case withdraw

  package static let ofVisitor: [VisitAction] = [.take, .accept, .hold, .join, .move, .cancel]
  package static let ofEnterprise: [VisitAction] = [.propose, .decline, .withdraw]

  package var isOfEnterprise: Bool { VisitAction.ofEnterprise.contains(self) }

  /// In which it can be done.
  package var statuses: Set<Visit.Status> {
    switch self {
    case .take, .withdraw: [.asked]
    case .accept: [.moved]
    case .hold: [.planned]
    case .move, .join, .propose, .decline: [.planned, .moved]
    case .cancel: [.planned, .moved, .joined]
    }
  }
}

/// Why a visit is not planned or changed. Text comes from the catalogue.
package enum VisitRefusal: String, Sendable, Hashable, CaseIterable {
  /// Not as things stand: it was declined, cancelled, held …
  case status
  /// An inspection under law is not declined.
  case inspectionStays = "inspection_stays"
  /// The enterprise has moved the inspection before.
  case movedAlready = "moved_already"
  /// What came of it is not known before its day.
  case notYet = "not_yet"
  case enterpriseUnknown = "enterprise_unknown"
  case unitMissing = "unit_missing"
  case unitUnknown = "unit_unknown"
  /// None of the unit's.
  case officialUnknown = "official_unknown"
  case dayMissing = "day_missing"
  case dayPassed = "day_passed"
  case tooFar = "too_far"
  /// It is on that day as it is.
  case sameDay = "same_day"
  case kindMissing = "kind_missing"
  case purposeMissing = "purpose_missing"
  case reasonMissing = "reason_missing"
  case resultMissing = "result_missing"
  /// Longer than `Visit.maximumText`.
  case tooLong = "too_long"
  /// The enterprise has as many visits in that month as it may have.
  case ceiling
  /// The enterprise asked to be left alone on that day.
  case quiet
  /// An inspection in spite of that says why.
  case basisMissing = "basis_missing"
  /// The unit has planned one for the same time.
  case doubled
  /// The other visit is not open, or another enterprise's.
  case cannotJoin = "cannot_join"

  /// The form's field it is about; nil for the whole.
  package var field: String? {
    switch self {
    case .status, .inspectionStays, .movedAlready, .notYet, .doubled: nil
    case .enterpriseUnknown: "enterprise"
    case .unitMissing, .unitUnknown: "unit"
    case .officialUnknown: "official"
    case .dayMissing, .dayPassed, .tooFar, .sameDay, .ceiling, .quiet: "day"
    case .kindMissing: "kind"
    case .purposeMissing, .tooLong: "purpose"
    case .reasonMissing, .resultMissing: "text"
    case .basisMissing: "basis"
    case .cannotJoin: "host"
    }
  }
}

extension Visit {
  /// All reasons against what was asked.
  package struct Refused: Error, Sendable {
    package let reasons: [VisitRefusal]

    package init(_ reasons: [VisitRefusal]) { self.reasons = reasons }
  }
}
