import Domain
import Services
import Storage

/// Who is in charge of whom, as programs see it.
enum PairingShapes {
  // MARK: What holds

  private static let county = Shape<CheckPairing.County>(
    "PairingCounty",
    [
      .init(id: "county_id") { $0.county },
      .init("name") { $0.name },
      .init(choice: "kind") { $0.kind },
      .init("targets") { $0.targets },
      .init("covered") { $0.covered },
    ])

  private static let finding = Shape<CheckPairing.Finding>(
    "PairingFinding",
    [
      .init("code") { $0.finding.name },
      .init("target") { $0.finding.target?.address },
      .init("target_name") { $0.target },
      .init(id: "official_id") { $0.finding.official },
      .init("official") { $0.official },
    ])

  static let overview = Shape<CheckPairing.Result>(
    "PairingOverview",
    [
      .init("track") { $0.track.rawValue },
      .init("officials") { $0.officials },
      .init("engaged") { $0.engaged },
      .init("counties", list: county) { $0.counties },
      .init("findings", list: finding) { $0.findings },
      .init("count") { $0.count },
    ])

  static let line = Shape<ShowPairing.Line>(
    "Pairing",
    [
      .init("target") { $0.pairing.target.address },
      .init("target_name") { $0.target },
      .init(choice: "role") { $0.pairing.target.kind.role },
      .init(id: "official_id") { $0.pairing.official },
      .init("official") { $0.official },
      .init("unit") { $0.unitPath },
      .init("begins") { $0.pairing.begins },
      .init("ends") { $0.pairing.ends },
      .init("holds") { $0.holds },
      .init(choice: "cause") { $0.pairing.cause },
      .init(id: "plan_id") { $0.pairing.plan },
      .init("reasons") { $0.pairing.reasons.map(\.text) },
    ])

  private static let contact = Shape<Contact>(
    "PairingContact",
    [
      .init("name") { $0.name },
      .init("post") { $0.post },
      .init("phone") { $0.phone?.text },
    ])

  /// What an official is in charge of, with the contact they need for it.
  static let charge = Shape<OwnPairings.Charge>(
    "PairingCharge",
    [
      .init("target") { $0.target.address },
      .init("name") { $0.name },
      .init(choice: "role") { $0.target.kind.role },
      .init("since") { $0.since },
      .init("is_coming") { $0.isComing },
      .init("reasons") { $0.reasons.map(\.text) },
      .init("contact", optional: contact) { $0.contact },
      .init("open_problems") { $0.openProblems },
    ])

  private static let officialFields: [Field<PairedOfficial>] = [
    .init(id: "id") { $0.id },
    .init("name") { $0.name },
    .init("unit") { $0.unitPath },
    .init("post") { $0.post },
    .init("office_phone") { $0.officePhone },
    .init(choice: "role") { $0.role },
    .init("since") { $0.since },
  ]

  static let official = Shape<PairedOfficial>("PairedOfficial", officialFields)

  private static let boardLine = Shape<PairingBoard.Line>(
    "PairingBoardLine",
    [
      .init("target") { $0.target.address },
      .init("name") { $0.name },
      .init("place") { $0.place },
      .init("officials", list: Shape("PairingBoardOfficial", officialFields)) { $0.officials },
    ])

  static let board = Shape<PairingBoard.Board>(
    "PairingBoard",
    [
      .init(id: "unit_id") { $0.unit },
      .init("name") { $0.name },
      .init("path") { $0.path },
      .init("lines", list: boardLine) { $0.lines },
    ])

  // MARK: Explained

  struct Cost: Sendable {
    let term: PairingTerm
    let cost: Int64
  }

  private static let cost = Shape<Cost>(
    "PairingCost", [.init(choice: "term") { $0.term }, .init("cost") { $0.cost }])

  private static let choice = Shape<ExplainPairing.Choice>(
    "PairingChoice",
    [
      .init(id: "official_id") { $0.official },
      .init("name") { $0.name },
      .init("unit") { $0.unitPath },
      .init("costs", list: cost) { choice in
        PairingTerm.allCases.compactMap { term in
          choice.terms[term].map { Cost(term: term, cost: $0) }
        }
      },
      .init("extra") { $0.extra },
      .init("is_planned") { $0.isPlanned },
      .init("holds") { $0.holds },
    ])

  static let explanation = Shape<ExplainPairing.Explanation>(
    "PairingExplanation",
    [
      .init("target") { $0.target },
      .init("reasons") { $0.reasons.map(\.text) },
      .init("choices", list: choice) { $0.choices },
      .init("possible") { $0.possible },
    ])

  // MARK: Marks

  static let mark = Shape<MarkPairing.Line>(
    "PairingMark",
    [
      .init(id: "id") { PairingMarkID($0.id) },
      .init(choice: "kind") { $0.mark.kind },
      .init(id: "official_id") { $0.mark.official },
      .init("official") { $0.official },
      .init("unit") { $0.unitPath },
      .init("target") { $0.mark.target.address },
      .init("target_name") { $0.target },
      .init(choice: "reason") { $0.mark.reason },
      .init("note") { $0.mark.note },
    ])

  static let marked = Shape<Int64>("PairingMarked", [.init(id: "id") { PairingMarkID($0) }])
}

/// A mark's number, which has no type of its own below.
struct PairingMarkID: NumberedID {
  let value: Int64
  init(_ value: Int64) { self.value = value }
}
