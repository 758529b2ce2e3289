import Domain
import Services

/// Officials as programs see them: masked, but in full where that was asked for.
enum OfficialShapes {
  private static let fields: [Field<ShownOfficial>] = [
    .init(id: "id") { $0.id },
    .init("name") { $0.name },
    .init(id: "unit_id") { $0.unit },
    .init("unit") { $0.unitPath },
    .init("post") { $0.post },
    .init(choice: "rank") { $0.rank },
    .init(choice: "track") { $0.track },
    .init("expertise") { $0.expertise },
    .init("home") { $0.home },
    .init("phone") { $0.phone },
    .init("id_number") { $0.idNumber },
    .init(choice: "status") { $0.status },
  ]

  static let line = Shape<ShownOfficial>("OfficialLine", fields)
  /// The same within another answer.
  static let node = Shape<ShownOfficial>("OfficialNode", fields)

  static let detail = Shape<ShowOfficial.Detail>(
    "OfficialDetail",
    [
      .init("official", node) { $0.official },
      .init("problems", list: RegisterShapes.problem) { $0.problems },
      .init("story", list: RegisterShapes.change) { $0.story.named },
    ])
}
