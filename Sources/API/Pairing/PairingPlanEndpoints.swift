import Domain
import HTTP
import HTTPTypes
import Services
import Storage

/// Plans of the pairing: computed, looked at, adopted or discarded.
enum PairingPlanEndpoints {
  static let list: [Endpoint] = [plans, compute, show, pairs, adopt, discard]

  private static let plans = Endpoint.list(
    "/pairing-plans", "listPairingPlans", .pairing, isPaged: false, PairingPlanShapes.line
  ) { call in
    Listed(try await ShowPairingPlans(call.platform)(for: call.account))
  }

  private static let compute = Endpoint.create(
    "/pairing-plans", "computePairingPlan", .pairing,
    body: ObjectSchema(
      "PairingPlanRequest",
      [
        .init("track", PairingEndpoints.tracks),
        .init("kind", .choice(PairingPlanRows.Kind.allCases.map(\.rawValue))),
      ]), PairingPlanShapes.computed
  ) { call in
    do {
      let id = try await PlanPairing(call.platform)(
        PairingEndpoints.track(call.body["track"].text ?? ""), call.body.word("kind") ?? .plan,
        by: call.account)
      return Made(id, at: "/pairing-plans/\(id)")
    } catch PairingRefusal.conflicts(let conflicts, let basis) {
      throw PairingEndpoints.refused(conflicts, basis, call)
    }
  }

  private static let show = Endpoint.get(
    "/pairing-plans/{id}", "showPairingPlan", .pairing, PairingPlanShapes.detail
  ) { call in
    let id: PairingPlanID = try call.id()
    return Found(try await ShowPairingPlans(call.platform)(id, for: call.account))
  }

  private static let pairs = Endpoint.list(
    "/pairing-plans/{id}/pairs", "listPlannedPairs", .pairing,
    query: [
      .init(
        "change",
        .choice([ShowPairingPlans.changed] + PlannedPair.Change.allCases.map(\.rawValue))),
      .init("county_id", .id),
    ], PairingPlanShapes.pair
  ) { call in
    let page = try await ShowPairingPlans(call.platform).lines(
      of: call.id(), changes: ShowPairingPlans.changes(call["change"]),
      county: call.id(query: "county_id"), after: call.cursor { Int($0) } ?? 0,
      for: call.account, size: call.limit)
    return Listed(page.items, next: page.next.map { String($0) })
  }

  /// So many are named of what speaks against a plan.
  private static let named = 10

  private static let adopt = Endpoint.act(
    "/pairing-plans/{id}/adoption", "adoptPairingPlan", .pairing,
    body: ObjectSchema("PairingAdoptionRequest", [.init("on", .day)]),
    PairingPlanShapes.adopted
  ) { call in
    let id: PairingPlanID = try call.id()
    let day = call.body.day("on") ?? call.platform.now().day
    do {
      return Found(try await AdoptPairing(call.platform)(id, on: day, by: call.account))
    } catch PairingRefusal.stale(let findings) {
      let found = try await CheckPairing(call.platform).named(
        findings, for: call.account, limit: named)
      let words = PairingWords(call.texts)
      throw APIError(
        .unprocessableContent, "refused",
        reasons: found.map {
          APIError.Reason(
            "stale", key: "api.pairing.stale_because", arguments: ["text": words.finding($0)])
        })
    }
  }

  private static let discard = Endpoint.act(
    "/pairing-plans/{id}/discard", "discardPairingPlan", .pairing
  ) { call in
    let id: PairingPlanID = try call.id()
    try await DiscardPairing(call.platform)(id, by: call.account)
  }
}
