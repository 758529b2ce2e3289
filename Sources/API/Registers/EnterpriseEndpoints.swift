import Domain
import HTTPTypes
import Services
import Storage

/// 企业库, and those of its entries that may be one.
enum EnterpriseEndpoints {
  static let list: [Endpoint] = [enterprises, show, inFull, duplicates, preview, merge]

  private static let enterprises = Endpoint.list(
    "/enterprises", "listEnterprises", .registers,
    query: RegisterListing.parameters + [
      .init("industry", .text(least: 1, most: 20)),
      .init("statistical_kind", .choice(StatisticalKind.allCases.map(\.rawValue))),
      .init("scale", .choice(EnterpriseScale.allCases.map(\.rawValue))),
      .init("status", .choice(EnterpriseStatus.allCases.map(\.rawValue))),
      .init("white_list", .choice(WhiteListLevel.allCases.map(\.rawValue))),
      .init("key", .bool),
    ], EnterpriseShapes.line
  ) { call in
    var filter = EnterpriseFilter()
    if !call["industry"].isEmpty {
      guard let known = call.platform.industries.industry(call["industry"].trimmed) else {
        throw APIError(.badRequest, "bad_query", faults: [.init("/industry", .choice)])
      }
      filter.industry = known.code
    }
    filter.statisticalKind = call.word("statistical_kind")
    filter.scale = call.word("scale")
    filter.status = call.word("status")
    filter.whiteList = call.word("white_list")
    filter.isKey = call["key"] == "true"
    return Listed(
      try await ListEnterprises(call.platform)(
        RegisterListing.query(call), filter, for: call.account))
  }

  private static let show = Endpoint.get(
    "/enterprises/{id}", "showEnterprise", .registers, EnterpriseShapes.detail
  ) { call in
    Found(try await ShowEnterprise(call.platform)(call.id(), for: call.account))
  }

  private static let inFull = Endpoint.get(
    "/enterprises/{id}/in-full", "showEnterpriseInFull", .registers, isDeed: true,
    EnterpriseShapes.detail
  ) { call in
    Found(try await ShowEnterprise(call.platform).inFull(call.id(), for: call.account))
  }

  // MARK: Duplicates

  private static let duplicates = Endpoint.list(
    "/enterprise-duplicates", "listEnterpriseDuplicates", .registers,
    query: [.init("limit", .integer(least: 1, most: 1000))], isPaged: false,
    EnterpriseShapes.pair
  ) { call in
    Listed(
      try await ReviewDuplicates(call.platform)(
        limit: call.int("limit") ?? ReviewDuplicates.shown, by: call.account
      ).pairs)
  }

  private static let preview = Endpoint.get(
    "/enterprises/{id}/merger", "previewEnterpriseMerger", .registers,
    query: [.init("into_id", .id, isRequired: true)], EnterpriseShapes.merger
  ) { call in
    guard let into: EnterpriseID = call.id(query: "into_id") else {
      throw UseCaseError.notFound
    }
    let (gone, kept) = try await MergeEnterprises(call.platform).preview(
      call.id(), into: into, by: call.account)
    return Found(.init(gone: gone, kept: kept))
  }

  private static let merge = Endpoint.act(
    "/enterprises/{id}/merger", "mergeEnterprise", .registers,
    body: ObjectSchema("EnterpriseMergerRequest", [.init("into_id", .id)])
  ) { call in
    guard let into = call.body["into_id"].text.flatMap({ EnterpriseID($0) }) else { return }
    try await MergeEnterprises(call.platform)(call.id(), into: into, by: call.account)
  }
}
