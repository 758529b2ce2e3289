import Domain
import HTTP
import HTTPTypes
import Services

/// Who is in charge of whom, why, and what is fixed or excluded by hand.
enum PairingEndpoints {
  static let list: [Endpoint] =
    [overview, ofTarget, ofOfficial, explain, charges, officials, board, marks, make, lift]
    + PairingPlanEndpoints.list

  static let tracks = Schema.choice(Track.paired.map(\.rawValue))
  private static let target = ["target": Schema.text(least: 3, most: 40)]

  static func track(_ text: String) -> Track { Track(pairing: text) ?? .enterprise }

  private static func target(_ call: Call) throws -> PairingTarget {
    guard let target = PairingTarget(address: call.place("target")) else {
      throw UseCaseError.notFound
    }
    return target
  }

  // MARK: What holds

  private static let overview = Endpoint.get(
    "/pairing-overview", "showPairingOverview", .pairing,
    query: [.init("track", tracks), .init("limit", .integer(least: 1, most: 1000))],
    PairingShapes.overview
  ) { call in
    Found(
      try await CheckPairing(call.platform)(
        track(call["track"]), for: call.account, limit: call.int("limit") ?? CheckPairing.shown))
  }

  private static let ofTarget = Endpoint.list(
    "/pairing-targets/{target}/pairings", "listPairingsOfTarget", .pairing, places: target,
    isPaged: false, PairingShapes.line
  ) { call in
    Listed(try await ShowPairing(call.platform)(of: target(call), for: call.account))
  }

  private static let ofOfficial = Endpoint.list(
    "/officials/{id}/pairings", "listPairingsOfOfficial", .pairing, isPaged: false,
    PairingShapes.line
  ) { call in
    let id: OfficialID = try call.id()
    return Listed(try await ShowPairing(call.platform)(of: id, for: call.account))
  }

  private static let explain = Endpoint.get(
    "/pairing-targets/{target}/explanation", "explainPairing", .pairing, places: target,
    PairingShapes.explanation
  ) { call in
    do {
      return Found(try await ExplainPairing(call.platform)(target(call), for: call.account))
    } catch PairingRefusal.conflicts(let conflicts, let basis) {
      throw refused(conflicts, basis, call)
    }
  }

  private static let charges = Endpoint.list(
    "/own/pairings", "listOwnPairings", .pairing, isPaged: false, PairingShapes.charge
  ) { call in
    Listed(try await OwnPairings(call.platform).charges(of: call.account))
  }

  /// For an enterprise or a village.
  private static let officials = Endpoint.list(
    "/own/officials", "listOwnOfficials", .problems, isPaged: false, PairingShapes.official
  ) { call in
    Listed(try await OwnPairings(call.platform).officials(of: call.account))
  }

  private static let board = Endpoint.get(
    "/pairing-board", "showPairingBoard", .pairing,
    query: [.init("unit", .text(least: 1, most: 400)), .init("track", tracks)],
    PairingShapes.board
  ) { call in
    let track = Track(pairing: call["track"]) ?? .village
    guard
      let board = try await PairingBoard(call.platform)(call["unit"], track, for: call.account)
    else { throw APIError(.badRequest, "bad_query", faults: [.init("/unit", .missing)]) }
    return Found(board)
  }

  // MARK: Marks

  private static let marks = Endpoint.list(
    "/pairing-marks", "listPairingMarks", .pairing, isPaged: false, PairingShapes.mark
  ) { call in
    Listed(try await MarkPairing(call.platform).list(for: call.account))
  }

  private static let make = Endpoint.create(
    "/pairing-marks", "markPairing", .pairing,
    body: ObjectSchema(
      "PairingMarkRequest",
      [
        .init("kind", .choice(PairingMark.Kind.allCases.map(\.rawValue))),
        .init("official_id", .id), .init("target", .text(least: 3, most: 40)),
        .init("reason", .choice(PairingMark.Reason.allCases.map(\.rawValue))),
        .optional("note", .text(most: 200)),
      ]), PairingShapes.marked
  ) { call in
    guard let target = call.body["target"].text.flatMap({ PairingTarget(address: $0) }) else {
      throw APIError(.badRequest, "bad_body", faults: [.init("/target", .format)])
    }
    let mark = PairingMark(
      kind: call.body.word("kind") ?? .fixed, official: call.body.id("official_id") ?? .init(0),
      target: target, reason: call.body.word("reason") ?? .other, note: call.body["note"].text)
    return Made(try await MarkPairing(call.platform)(mark, by: call.account))
  }

  private static let lift = Endpoint.act(
    "/pairing-marks/{id}", "liftPairingMark", .pairing, method: .delete
  ) { call in
    let id: PairingMarkID = try call.id()
    try await MarkPairing(call.platform).lift(id.value, by: call.account)
  }

  // MARK: Why there is none

  /// Which rules cannot hold together, as the pages say it.
  static func refused(
    _ conflicts: [PairingConflict], _ basis: PairingBasis, _ call: Call
  ) -> APIError {
    let words = PairingWords(call.texts)
    return APIError(
      .unprocessableContent, "refused",
      reasons: conflicts.map { conflict in
        let (summary, rules) = words.conflict(conflict, basis)
        return APIError.Reason(
          "conflicts", key: "api.pairing.conflict",
          arguments: ["summary": summary, "rules": rules.joined(separator: " · ")])
      })
  }
}
