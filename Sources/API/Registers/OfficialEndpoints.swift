import Domain
import Services
import Storage

/// 干部库.
enum OfficialEndpoints {
  static let list: [Endpoint] = [officials, show, inFull]

  private static let officials = Endpoint.list(
    "/officials", "listOfficials", .registers,
    query: RegisterListing.parameters + [
      .init("track", .choice(OfficialTrack.allCases.map(\.rawValue))),
      .init("rank", .choice(OfficialRank.allCases.map(\.rawValue))),
      .init("status", .choice(OfficialStatus.allCases.map(\.rawValue))),
    ], OfficialShapes.line
  ) { call in
    var filter = OfficialFilter()
    filter.track = call.word("track")
    filter.rank = call.word("rank")
    filter.status = call.word("status")
    return Listed(
      try await ListOfficials(call.platform)(
        RegisterListing.query(call), filter, for: call.account))
  }

  private static let show = Endpoint.get(
    "/officials/{id}", "showOfficial", .registers, OfficialShapes.detail
  ) { call in
    Found(try await ShowOfficial(call.platform)(call.id(), for: call.account))
  }

  private static let inFull = Endpoint.get(
    "/officials/{id}/in-full", "showOfficialInFull", .registers, isDeed: true,
    OfficialShapes.detail
  ) { call in
    Found(try await ShowOfficial(call.platform).inFull(call.id(), for: call.account))
  }
}

/// What all lists of registers take.
enum RegisterListing {
  static let parameters: [Endpoint.Parameter] = [
    .init("q", .text(least: 1, most: 200)), .init("unit", .text(least: 1, most: 400)),
  ]

  static func query(_ call: Call) throws -> RegisterQuery {
    var query = RegisterQuery()
    query.text = call["q"].singleLine.trimmed
    query.unit = call["unit"].trimmed
    query.after = try call.cursor { PlaceKey($0) }
    query.limit = call.limit
    return query
  }
}

extension Listed {
  init(_ page: RegisterPage<Item>) { self.init(page.lines, next: page.next?.description) }
}
