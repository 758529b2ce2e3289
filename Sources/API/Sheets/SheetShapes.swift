import Domain
import Services
import Storage

/// Monthly sheets as programs see them. Rates and points are in hundredths, as the ledger has them.
enum SheetShapes {
  static let line = Shape<SheetRows.Line>(
    "SheetSummary",
    [
      .init(id: "id") { $0.id },
      .init(choice: "kind") { $0.kind },
      .init("month") { $0.month.description },
      .init("edition") { $0.edition },
      .init(choice: "state") { $0.state },
      .init("objections_until") { $0.objectionsUntil },
      .init("objections") { $0.objections },
      .init("open_objections") { $0.openObjections },
      .init("published_at") { $0.publishedAt },
    ])

  static let count = Shape<SheetContent.Count>(
    "SheetCount",
    [
      .init("numerator") { $0.numerator },
      .init("denominator") { $0.denominator },
      .init("excluded") { $0.excluded },
      .init("low") { $0.low },
      .init("high") { $0.high },
      .init("points") { $0.points?.hundredths },
    ])

  static let unit = Shape<SheetContent.Line>(
    "SheetUnit",
    [
      .init(id: "unit_id") { $0.unit },
      .init("name") { $0.name },
      .init("counts", list: count) { $0.counts },
      .init("weight") { $0.weight },
      .init("points") { $0.points?.hundredths },
      .init("grade") { $0.grade },
      .init("rank") { $0.rank },
    ])

  static let group = Shape<SheetContent.Group>(
    "SheetGroup", [.init("code") { $0.code }, .init("lines", list: unit) { $0.lines }])

  static let objection = Shape<CommentSheet.Objection>(
    "SheetObjection",
    [
      .init("number") { $0.number },
      .init(id: "unit_id") { $0.unit },
      .init("text") { $0.text },
      .init("at") { $0.at },
      .init("upheld") { $0.ruling?.upheld },
      .init("ruling") { $0.ruling?.reason },
      .init("ruled_at") { $0.ruledAt },
    ])

  struct Option: Sendable {
    let action: SheetAction
    let refusals: [CommentSheet.Refusal]
  }

  static let option = Shape<Option>(
    "SheetOption",
    [
      .init(choice: "action") { $0.action },
      .init("resource") { SheetEndpoints.resource($0.action) },
      .init("is_allowed") { $0.refusals.isEmpty },
      .init("reasons") { $0.refusals.map { Choice($0) } },
    ])

  struct Step: Sendable {
    let step: SheetHistory.Step
    let actor: String?

    var kind: String {
      switch step.event {
      case .drafted: "drafted"
      case .recomputed: "recomputed"
      case .previewed: "previewed"
      case .objected: "objected"
      case .ruled: "ruled"
      case .published: "published"
      }
    }
  }

  static let step = Shape<Step>(
    "SheetStep",
    [
      .init("at") { $0.step.at },
      .init("kind") { $0.kind },
      .init("actor") { $0.actor },
    ])

  static let mark = Shape<SheetContent.LedgerMark>(
    "SheetLedgerMark", [.init("size") { $0.size }, .init("root") { $0.root }])

  static let sheet = Shape<ShowSheet.Detail>("Sheet", ownFields + wayFields)

  private static let ownFields: [Field<ShowSheet.Detail>] = [
    .init(id: "id") { $0.sheet.id },
    .init("version") { $0.sheet.version },
    .init(choice: "kind") { $0.sheet.content.kind },
    .init("month") { $0.sheet.content.month.description },
    .init("edition") { $0.sheet.content.edition },
    .init(id: "supersedes_id") { $0.sheet.content.supersedes },
    .init(id: "later_id") { $0.later },
    .init("reason") { $0.sheet.content.reason },
    .init("computed_at") { $0.sheet.computedAt },
    .init("as_of") { $0.sheet.content.asOf },
    .init("known_on") { $0.sheet.content.knownOn },
    .init("minimum") { $0.sheet.content.minimum },
    .init(raw: "formula") { (try? SheetJSON.encode($0.sheet.content.formula)) ?? "{}" },
    .init("definitions", list: FigureShapes.definition) { $0.sheet.content.definitions },
    .init("groups", list: group) { $0.sheet.content.groups },
    .init("totals", list: count) { $0.sheet.content.totals },
  ]

  private static let wayFields: [Field<ShowSheet.Detail>] = [
    .init(choice: "state") { $0.sheet.state },
    .init("objections_until") { $0.sheet.objectionsUntil },
    .init("objections", list: objection) { $0.sheet.objections },
    .init("published_at") { $0.sheet.publishedAt },
    .init("digest") { $0.sheet.digest },
    .init("ledger", optional: mark) { $0.sheet.content.ledger },
    .init(id: "own_unit_id") { $0.unit },
    .init("options", list: option) { detail in
      detail.options.map { Option(action: $0.action, refusals: $0.refusals) }
    },
    .init("steps", list: step) { detail in
      detail.history.steps.map { Step(step: $0, actor: detail.actorNames[$0.actor]) }
    },
  ]

  static let drafted = Shape<SheetID>("SheetDrafted", [.init(id: "id") { $0 }])

  static let difference = Shape<SheetDifference>(
    "SheetDifference",
    [
      .init(id: "unit_id") { $0.unit },
      .init("name") { $0.name },
      .init("figure") { $0.figure },
      .init("printed") { $0.printed },
      .init("found") { $0.found },
    ])

  static let proof = Shape<VerifySheet.Report>(
    "SheetProof",
    [
      .init("holds") { $0.findings.isEmpty },
      .init("findings") { $0.findings.map { Choice($0) } },
      .init("compared") { $0.compared },
      .init("tables", list: difference) { $0.tables },
      .init("ledger", list: difference) { $0.ledger },
    ])
}
