extension Notice {
  /// How an account wants to be told of a kind.
  package enum Mode: String, Hashable, Sendable, CaseIterable {
    case on
    /// Together, once on the next working day's morning.
    case bundled
    case off
  }
}

extension Notice.Kind {
  /// Orders and what decides on one's own work reach whoever they are for, always.
  package var isObligatory: Bool {
    switch self {
    case .assigned, .redone, .urged, .accountability, .revoked, .reviewDecided, .objectionRuled,
      .extensionDecided, .withdrawn, .webhookOff:
      true
    default: false
    }
  }

  /// What holds until the account says otherwise.
  package var defaultMode: Notice.Mode { self == .registered ? .bundled : .on }

  package var modes: [Notice.Mode] { isObligatory ? [.on] : Notice.Mode.allCases }

  /// Whether several of a day make one line whatever problem they are about; those of other kinds make one
  /// line per problem.
  private var isBundledByKind: Bool {
    switch self {
    case .assigned, .dueSoon, .asked, .claimed, .draftWaiting, .registered, .paired, .unpaired: true
    default: false
    }
  }

  /// Notices of a day with the same key are one line.
  package func bundle(of subject: Notice.Subject, mode: Notice.Mode = .on) -> String {
    isBundledByKind || mode == .bundled ? rawValue : subject.key
  }

  /// The kinds that can reach a role, for its settings.
  package static func kinds(for role: Role) -> [Notice.Kind] {
    let own: [Notice.Kind] = [.moved, .declined, .closed]
    let office: [Notice.Kind] = [
      .registered, .asked, .claimed, .supplemented, .draftWaiting, .dueSoon, .visitAsked,
    ]
    let visitor: [Notice.Kind] = [.visitPlanned, .visitAnswered, .visitJoined, .visitChanged]
    return switch role {
    case .office: office + own + [.webhookOff]
    case .countyOffice: office + own + [.sheetPreview, .webhookOff]
    case .director: [.reviewAsked] + office + own + [.webhookOff]
    case .handler: handling + own + visitor + [.sheetPreview, .webhookOff]
    case .official:
      handling.filter { $0 != .accountability && $0 != .reviewDecided } + [.paired, .unpaired] + own
        + [.visitAsked] + visitor
    case .enterprise: [.evaluationWanted, .paired] + own + [.visitPlanned, .visitChanged]
    case .villageClerk: [.paired] + own
    // They are asked for nothing, so they are told nothing.
    case .leader, .systemAdministrator, .securityAdministrator, .auditAdministrator: []
    }
  }

  private static let handling: [Notice.Kind] = [
    .assigned, .redone, .urged, .accountability, .revoked, .reviewDecided, .dueSoon,
    .objectionRuled, .extensionDecided, .planDecided, .redated, .supplemented, .withdrawn,
  ]
}
