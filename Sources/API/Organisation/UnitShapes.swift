import Domain
import HTTP
import Services
import Storage

/// Units of the organisation tree as programs see them.
enum UnitShapes {
  private static let fields: [Field<Unit>] = [
    .init(id: "id") { $0.id },
    .init(id: "parent_id") { $0.parent },
    .init(choice: "kind") { $0.kind },
    .init(choice: "level") { $0.level },
    .init("name") { $0.name },
    .init("code") { $0.divisionCode?.text },
    .init("valid_from") { $0.validFrom },
    .init("valid_to") { $0.validTo },
  ]

  static let line = Shape<Unit>("UnitLine", fields)
  /// The same within another answer.
  static let node = Shape<Unit>("UnitNode", fields)

  static let suggestion = Shape<String>("UnitSuggestion", [.init("path") { $0 }])

  private static let code = Shape<UnitHistory.Code>(
    "UnitCode",
    [
      .init("code") { $0.code.text },
      .init("from") { $0.from },
      .init("to") { $0.to },
    ])

  /// One thing that happened to a unit.
  private struct Deed: Sendable {
    var kind = ""
    var (from, to): (String?, String?)
    var (fromUnit, toUnit): (UnitID?, UnitID?)

    init(_ deed: UnitChange.Deed) {
      switch deed {
      case .created(let from): (kind, fromUnit) = ("created", from)
      case .renamed(let from, let to): (kind, self.from, self.to) = ("renamed", from, to)
      case .moved(let from, let to): (kind, fromUnit, toUnit) = ("moved", from, to)
      case .recoded(let from, let to): (kind, self.from, self.to) = ("recoded", from, to)
      case .merged(let into): (kind, toUnit) = ("merged", into)
      case .closed: kind = "closed"
      }
    }
  }

  private static let deed = Shape<Deed>(
    "UnitDeed",
    [
      .init(
        "kind", .choice(["created", "renamed", "moved", "recoded", "merged", "closed"]),
        write: { $1.text($0.kind) }),
      .init("from") { $0.from },
      .init("to") { $0.to },
      .init(id: "from_unit_id") { $0.fromUnit },
      .init(id: "to_unit_id") { $0.toUnit },
    ])

  private struct Change: Sendable {
    let change: UnitChange
    let actor: String?
  }

  private static let change = Shape<Change>(
    "UnitChange",
    [
      .init("on") { $0.change.on },
      .init("at") { $0.change.at },
      .init("actor") { $0.actor },
      .init("deeds", list: deed) { $0.change.deeds.map { Deed($0) } },
    ])

  private static let profile = Shape<VillageProfile>("UnitProfile", VillageShapes.profileFields)

  static let uses = Shape<UnitUses>(
    "UnitUses",
    [
      .init("officials") { $0.officials },
      .init("enterprises") { $0.enterprises },
      .init("accounts") { $0.accounts },
      .init("open_problems") { $0.openProblems },
    ])

  private static let registers = Shape<ShowUnit.Registers>(
    "UnitRegisters",
    [
      .init("profile", optional: profile) { $0.profile },
      .init("contact", optional: RegisterShapes.contact) { $0.contact },
      .init("uses", uses) { $0.uses },
      .init("officials", list: OfficialShapes.node) { $0.officials },
      .init("problems", list: RegisterShapes.problem) { $0.problems },
      .init("story", list: RegisterShapes.change) { $0.story?.named ?? [] },
    ])

  static let detail = Shape<ShowUnit.Detail>(
    "UnitDetail",
    [
      .init(id: "id") { $0.unit.id },
      .init(choice: "kind") { $0.unit.kind },
      .init(choice: "level") { $0.unit.level },
      .init("name") { $0.line.last?.name ?? $0.unit.name },
      .init("path") { $0.line.map(\.name).joined(separator: "/") },
      .init("valid_from") { $0.unit.validFrom },
      .init("valid_to") { $0.unit.validTo },
      .init("on") { $0.day },
      .init("was_there") { $0.wasThere },
      .init("line", list: node) { $0.line },
      .init("children", list: node) { $0.children },
      .init("codes", list: code) { $0.codes },
      .init("predecessors", list: node) { $0.predecessors },
      .init("successor", optional: node) { $0.successor },
      .init("changes", list: change) { detail in
        detail.changes.map { Change(change: $0, actor: detail.actors[$0.actor]) }
      },
      .init("registers", optional: registers) { $0.registers },
    ])

  static let preview = Shape<ReorganiseUnits.Preview>(
    "ReorganisationPreview",
    [
      .init("path") { $0.path },
      .init("other_path") { $0.otherPath },
      .init("on") { $0.day },
      .init("refusals") { $0.refusals.map { Choice($0) } },
      .init("uses", uses) { $0.uses },
      .init("children", list: node) { $0.children },
      .init("below") { $0.below },
    ])

  static let reorganised = Shape<UnitID>("Reorganised", [.init(id: "id") { $0 }])
}
