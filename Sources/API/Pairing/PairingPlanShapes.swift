import Domain
import Services
import Storage

/// Plans of the pairing as programs see them.
enum PairingPlanShapes {
  private static func head<Value>(
    _ get: @escaping @Sendable (Value) -> PairingPlanRows.Head
  ) -> [Field<Value>] {
    [
      .init(id: "id") { get($0).id },
      .init("track") { get($0).track.rawValue },
      .init(choice: "kind") { get($0).kind },
      .init(choice: "status") { get($0).status },
      .init("rules") { get($0).rules },
      .init("rules_version") { get($0).rulesVersion },
      .init("digest") { get($0).digest },
      .init("computed_at") { get($0).computedAt },
      .init("cost") { get($0).cost },
      .init("bound") { get($0).bound },
      .init("pairs") { get($0).pairs },
      .init("changed") { get($0).changed },
      .init("begins") { get($0).begins },
    ]
  }

  static let line = Shape<PairingPlanRows.Head>("PairingPlanLine", head { $0 })

  private struct Term: Sendable {
    let term: String
    let cost: Int64
  }

  private static let term = Shape<Term>(
    "PairingPlanTerm", [.init("term") { $0.term }, .init("cost") { $0.cost }])

  private struct County: Sendable {
    let county: PlanFigures.County
    let name: String?
  }

  private static let county = Shape<County>(
    "PairingPlanCounty",
    [
      .init(id: "county_id") { UnitID($0.county.county) },
      .init("name") { $0.name },
      .init("kind") { $0.county.kind },
      .init("targets") { $0.county.targets },
      .init("kept") { $0.county.kept },
      .init("new") { $0.county.new },
      .init("replaced") { $0.county.replaced },
      .init("ended") { $0.county.ended },
    ])

  private static let load = Shape<PlanFigures.Load>(
    "PairingPlanLoad",
    [
      .init("kind") { $0.kind },
      .init("targets") { $0.targets },
      .init("officials") { $0.officials },
    ])

  private static let burden = Shape<PlanFigures.Burden>(
    "PairingPlanBurden",
    [.init("problems") { $0.problems }, .init("officials") { $0.officials }])

  static let detail = Shape<ShowPairingPlans.Detail>(
    "PairingPlan", head { $0.head } + figures)

  private static let figures: [Field<ShowPairingPlans.Detail>] = [
    .init("terms", list: term) { detail in
      (detail.figures?.terms ?? [:]).sorted { $0.key < $1.key }
        .map { Term(term: $0.key, cost: $0.value) }
    },
    .init("counties", list: county) { detail in
      (detail.figures?.counties ?? []).map { county in
        County(county: county, name: UnitID(county.county).flatMap { detail.names[$0] })
      }
    },
    .init("loads", list: load) { $0.figures?.loads ?? [] },
    .init("burdens", list: burden) { $0.figures?.burdens ?? [] },
    .init("uncovered") { $0.figures?.uncovered },
    .init("moved") { $0.figures?.moved },
    .init("story", list: RegisterShapes.change) { $0.story.named },
  ]

  static let pair = Shape<ShowPairingPlans.Line>(
    "PlannedPair",
    [
      .init("target") { $0.pair.target.address },
      .init("target_name") { $0.target },
      .init(id: "official_id") { $0.pair.official },
      .init("official") { $0.official },
      .init("unit") { $0.unit },
      .init(id: "county_id") { $0.pair.county },
      .init(choice: "change") { $0.pair.change },
      .init(id: "previous_id") { $0.pair.previous },
      .init("previous") { $0.previous },
      .init("cost") { $0.pair.cost },
      .init("reasons") { $0.pair.reasons.map(\.text) },
    ])

  static let computed = Shape<PairingPlanID>("PairingPlanComputed", [.init(id: "id") { $0 }])

  static let adopted = Shape<AdoptPairing.Result>(
    "PairingAdopted",
    [
      .init("kept") { $0.kept },
      .init("begun") { $0.begun },
      .init("ended") { $0.ended },
    ])
}
