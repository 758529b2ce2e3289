/// A monthly sheet 月讲评: the scores of units of one kind.
package struct SheetID: NumberedID {
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

/// Whose scores a sheet has: of units, never of persons (State Council 国办函〔2026〕12号). Raw values are
/// stored and sent: never renamed.
package enum SheetKind: String, Sendable, Codable, CaseIterable {
  /// By where a problem lies.
  case county
  /// Departments and taskforces of the city, by who leads.
  case department

  package var dimension: FigureQuery.Dimension {
    switch self {
    case .county: .county
    case .department: .unit
    }
  }

  /// Whether a unit has a line on sheets of the kind.
  package func has(_ unit: Unit) -> Bool {
    switch self {
    case .county: unit.kind == .region && unit.level == .county
    case .department:
      (unit.kind == .department || unit.kind == .taskforce) && unit.level == .city
    }
  }
}

package enum SheetState: String, Sendable, Codable, CaseIterable {
  /// The office looks at it.
  case draft
  /// Units on it see it and may object.
  case preview
  /// Frozen.
  case published
}

/// What can be done to a sheet that is there.
package enum SheetAction: String, Sendable, CaseIterable {
  case preview, recompute, object, rule, publish

  /// The states in which it makes sense: the one transition table.
  package var states: Set<SheetState> {
    switch self {
    case .preview: [.draft]
    case .recompute: [.draft, .preview]
    case .object, .rule, .publish: [.preview]
    }
  }
}
