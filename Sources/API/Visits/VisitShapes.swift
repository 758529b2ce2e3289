import Domain
import Services
import Storage

/// Visits as programs see them.
enum VisitShapes {
  private static let fields: [Field<ShownVisit>] = [
    .init(id: "id") { $0.id },
    .init(id: "enterprise_id") { $0.visit.enterprise },
    .init("enterprise") { $0.enterprise },
    .init(id: "unit_id") { $0.visit.visitor?.unit },
    .init("unit") { $0.unitPath },
    .init(id: "official_id") { $0.visit.visitor?.official },
    .init("official") { $0.official },
    .init("day") { $0.visit.date.day },
    .init(choice: "part") { $0.visit.date.part },
    .init(choice: "kind") { $0.visit.kind },
    .init("purpose") { $0.visit.purpose },
    .init("is_asked") { $0.visit.isAsked },
    .init("basis") { $0.visit.basis },
    .init(choice: "status") { $0.visit.status },
    .init("proposed_day") { $0.visit.proposed?.day },
    .init(choice: "proposed_part") { $0.visit.proposed?.part },
    .init("answer") { $0.visit.answer },
    .init(id: "joined_into_id") { $0.visit.joinedInto },
  ]

  static let line = Shape<ShownVisit>("VisitLine", fields)
  /// The same within another answer.
  static let node = Shape<ShownVisit>("Visit", fields)

  struct Option: Sendable {
    let action: VisitAction
    let refusals: [VisitRefusal]
  }

  /// Something that can be done now, or why it cannot.
  private static let option = Shape<Option>(
    "VisitOption",
    [
      .init("action") { $0.action.rawValue },
      .init("resource") { $0.action.resource },
      .init("is_allowed") { $0.refusals.isEmpty },
      .init("reasons") { $0.refusals.map { Choice($0) } },
    ])

  static let detail = Shape<ShowVisit.Detail>(
    "VisitDetail",
    [
      .init("visit", node) { $0.shown },
      .init("host", optional: node) { $0.host },
      .init("guests", list: node) { $0.guests },
      .init("joinable", list: node) { $0.joinable },
      .init("names_unit") { $0.namesUnit },
      .init("options", list: option) { detail in
        detail.options.map { Option(action: $0.action, refusals: $0.refusals) }
      },
      .init("story", list: RegisterShapes.change) { $0.story.named },
    ])

  static let planned = Shape<VisitID>("VisitPlanned", [.init(id: "id") { $0 }])

  // MARK: An enterprise's

  private static let quiet = Shape<Quiet>(
    "QuietTime",
    [
      .init("from") { $0.from },
      .init("to") { $0.to },
      .init("note") { $0.note },
    ])

  private static let proposal = Shape<EnterpriseCalendar.Proposal>(
    "VisitProposal",
    [.init("first", node) { $0.first }, .init("second", node) { $0.second }])

  private static func calendar<Value>(
    _ get: @escaping @Sendable (Value) -> EnterpriseCalendar.Answer
  ) -> [Field<Value>] {
    [
      .init(id: "enterprise_id") { get($0).id },
      .init("enterprise") { get($0).name },
      .init("month") { get($0).month.text },
      .init("visits", list: node) { get($0).visits },
      .init("load") { get($0).load },
      .init("quiet", optional: quiet) { get($0).quiet },
      .init("proposals", list: proposal) { get($0).proposals },
    ]
  }

  static let month = Shape<EnterpriseCalendar.Answer>("VisitMonth", calendar { $0 })

  private static let coming = Shape<ShowOwnVisits.Coming>(
    "ComingVisit",
    [
      .init("visit", node) { $0.shown },
      .init("guests", list: node) { $0.guests },
      .init("options", list: option) { coming in
        coming.options.map { Option(action: $0.action, refusals: $0.refusals) }
      },
    ])

  static let own = Shape<ShowOwnVisits.Answer>(
    "OwnVisits",
    [.init("coming", list: coming) { $0.coming }] + calendar { $0.calendar })

  struct Silent: Sendable {
    let enterprise: SilentEnterprise
    let unit: String?
  }

  static let silent = Shape<Silent>(
    "SilentEnterprise",
    [
      .init(id: "id") { $0.enterprise.id },
      .init("name") { $0.enterprise.name },
      .init(id: "unit_id") { $0.enterprise.unit },
      .init("unit") { $0.unit },
      .init("is_key") { $0.enterprise.isKey },
      .init("last_contact") { $0.enterprise.lastContact },
      .init("next_visit") { $0.enterprise.nextVisit },
      .init("quiet_until") { $0.enterprise.quietUntil },
    ])

  // MARK: Before one is planned

  static let candidate = Shape<PrepareVisit.Candidate>(
    "VisitCandidate",
    [
      .init(id: "id") { $0.id },
      .init("name") { $0.name },
      .init("place") { $0.place },
    ])

  private struct Named: Sendable {
    let id: OfficialID
    let name: String
  }

  private static let official = Shape<Named>(
    "VisitOfficial", [.init(id: "id") { $0.id }, .init("name") { $0.name }])

  static let preparation = Shape<PrepareVisit.Preparation>(
    "VisitPreparation",
    [
      .init(id: "enterprise_id") { $0.enterprise },
      .init("enterprise") { $0.name },
      .init("unit") { $0.unitPath },
      .init("month") { $0.month.text },
      .init("visits", list: node) { $0.visits },
      .init("load") { $0.load },
      .init("quiet", optional: quiet) { $0.quiet },
      .init("proposals", list: node) { $0.proposals },
      .init("visitor") { $0.visitor },
      .init("officials", list: official) { prepared in
        prepared.officials.map { Named(id: $0.id, name: $0.name) }
      },
    ])
}

extension VisitAction {
  /// What a deed makes, as the address has it.
  var resource: String {
    switch self {
    case .take: "taking-up"
    case .accept: "acceptance"
    case .move: "postponement"
    case .join: "joining"
    case .hold: "result"
    case .cancel: "cancellation"
    case .propose: "proposal"
    case .decline: "refusal"
    case .withdraw: "withdrawal"
    }
  }

  /// `takeVisit`
  var operation: String { rawValue + "Visit" }
}
