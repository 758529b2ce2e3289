import Domain
import Services
import Storage

/// 乡村库: townships and villages; each is a unit of the organisation tree.
enum VillageEndpoints {
  static let list: [Endpoint] = [villages]

  private static let villages = Endpoint.list(
    "/villages", "listVillages", .registers,
    query: RegisterListing.parameters + [
      .init("level", .choice([UnitLevel.township, .village].map(\.rawValue))),
      .init("kind", .choice(VillageKind.allCases.map(\.rawValue))),
    ], VillageShapes.line
  ) { call in
    var filter = VillageFilter()
    filter.level = call.word("level")
    filter.kind = call.word("kind")
    return Listed(
      try await ListVillages(call.platform)(
        RegisterListing.query(call), filter, for: call.account))
  }
}

enum VillageShapes {
  static let profileFields: [Field<VillageProfile>] = [
    .init(choice: "kind") { $0.kind },
    .init("population") { $0.population },
    .init("households") { $0.households },
    // In 亩.
    .init("farmland") { $0.farmland.map { Double($0) / 100 } },
    // Yuan in a year.
    .init("collective_income") { $0.collectiveIncome },
  ]

  static let line = Shape<ListVillages.Line>(
    "VillageLine",
    [
      .init(id: "id") { $0.unit.id },
      .init("name") { $0.unit.name },
      .init(id: "parent_id") { $0.unit.parent },
      .init("parent") { $0.parentPath },
      .init("code") { $0.unit.divisionCode?.text },
      .init(choice: "level") { $0.unit.level },
      .init("profile", optional: Shape("VillageProfile", profileFields)) { $0.profile },
    ])
}
