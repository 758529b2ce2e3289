import Domain
import Services
import Storage

/// Enterprises as programs see them.
enum EnterpriseShapes {
  static let line = Shape<ListEnterprises.Line>(
    "EnterpriseLine",
    [
      .init(id: "id") { $0.id },
      .init("name") { $0.enterprise.name },
      .init("code") { $0.enterprise.code },
      .init(id: "unit_id") { $0.enterprise.unit },
      .init("unit") { $0.unitPath },
      .init("industry") { $0.enterprise.industry },
      .init(choice: "statistical_kind") { $0.enterprise.statisticalKind },
      .init(choice: "scale") { $0.enterprise.scale },
      .init(choice: "status") { $0.enterprise.status },
      .init("is_key") { $0.enterprise.isKey },
    ])

  private static let listing = Shape<WhiteListing>(
    "EnterpriseListing",
    [
      .init(choice: "level") { $0.level },
      .init("issuer") { $0.issuer },
      .init("valid_from") { $0.validFrom },
      .init("valid_to") { $0.validTo },
    ])

  static let detail = Shape<ShowEnterprise.Detail>(
    "EnterpriseDetail",
    [
      .init(id: "id") { $0.id },
      .init("name") { $0.enterprise.name },
      .init("code") { $0.enterprise.code },
      .init("code_override") { $0.enterprise.codeOverride },
      .init("former_names") { $0.enterprise.formerNames },
      .init(id: "unit_id") { $0.enterprise.unit },
      .init("unit") { $0.unitPath },
      .init("industry") { $0.enterprise.industry },
      .init(choice: "statistical_kind") { $0.enterprise.statisticalKind },
      .init(choice: "scale") { $0.enterprise.scale },
      .init(choice: "status") { $0.enterprise.status },
      .init("is_key") { $0.enterprise.isKey },
      .init(id: "merged_into_id") { $0.enterprise.mergedInto },
      .init("merged_into") { $0.successor },
    ] + besides)

  private static let besides: [Field<ShowEnterprise.Detail>] = [
    .init("contact", optional: RegisterShapes.contact) { $0.contact },
    .init("listings", list: listing) { $0.listings },
    .init("problems", list: RegisterShapes.problem) { $0.problems },
    .init("story", list: RegisterShapes.change) { $0.story.named },
  ]

  // MARK: Duplicates

  private static let entry = Shape<EnterpriseRows.Stored>(
    "EnterpriseEntry",
    [
      .init(id: "id") { $0.id },
      .init("name") { $0.enterprise.name },
      .init("code") { $0.enterprise.code },
    ])

  static let pair = Shape<ReviewDuplicates.Pair>(
    "EnterpriseDuplicate",
    [
      .init("first", entry) { $0.first },
      .init("second", entry) { $0.second },
      .init("is_same_name") { $0.isSameName },
    ])

  struct Merger: Sendable {
    let gone: Enterprise
    let kept: Enterprise
  }

  private static let side = Shape<Enterprise>(
    "EnterpriseSide",
    [
      .init("name") { $0.name },
      .init("code") { $0.code },
      .init("former_names") { $0.formerNames },
      .init(choice: "status") { $0.status },
      .init("is_key") { $0.isKey },
    ])

  static let merger = Shape<Merger>(
    "EnterpriseMerger",
    [.init("gone", side) { $0.gone }, .init("kept", side) { $0.kept }])
}
