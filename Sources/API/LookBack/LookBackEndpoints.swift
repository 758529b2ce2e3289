import Cryptography
import Domain
import HTTPTypes
import Services
import Storage

/// Look-back samples 回头看: drawn for whole months, worked off, and repeatable by anybody.
enum LookBackEndpoints {
  static let list: [Endpoint] = [find, show, proof, preview, draw]

  private static let summary = Shape<ShowLookBack.Line>(
    "LookBackSummary",
    scope { $0.lookBack } + [
      .init("unit") { $0.unitName },
      .init("drawn") { $0.progress.drawn },
      .init("checked") { $0.progress.checked },
      .init("failed") { $0.progress.failed },
    ])

  /// What every sample says of itself.
  private static func scope<Value>(
    _ get: @escaping @Sendable (Value) -> LookBack
  ) -> [Field<Value>] {
    [
      .init(id: "id") { get($0).id },
      .init("from") { get($0).scope.from },
      .init("to") { get($0).scope.to },
      .init("track") { get($0).scope.track?.rawValue },
      .init(id: "unit_id") { get($0).scope.unit },
      .init("share") { get($0).share.description },
      .init("population") { get($0).population },
      .init("drawn_at") { get($0).drawnAt },
    ]
  }

  private static let find = Endpoint.list(
    "/look-backs", "listLookBacks", .problems, isPaged: false, summary
  ) { call in Listed(try await ShowLookBack(call.platform).lines(for: call.account)) }

  // MARK: One sample

  private struct Item: Sendable {
    let item: LookBack.Item
    let problem: ProblemSummary?
  }

  private static let item = Shape<Item>(
    "LookBackItem",
    [
      .init("rank") { $0.item.rank },
      .init(id: "problem_id") { $0.item.problem },
      .init("number") { $0.item.number },
      .init("title") { $0.problem?.title },
      .init("unit") { $0.problem?.unitName },
      .init(choice: "state") { $0.problem?.state },
      .init("passed") { $0.item.passed },
      .init("checked_at") { $0.item.checkedAt },
    ])

  private static let sample = Shape<ShowLookBack.Detail>(
    "LookBack",
    scope { $0.lookBack } + [
      .init("unit") { $0.unitName },
      .init("drawn_by") { $0.drawnByName },
      .init("items", list: item) { detail in
        detail.items.map { Item(item: $0, problem: detail.problems[$0.problem]) }
      },
      .init("root") { Hexadecimal.encode($0.lookBack.root) },
      .init("size") { $0.lookBack.size },
      .init("population_digest") { Hexadecimal.encode($0.lookBack.populationDigest) },
      .init("population_numbers") { $0.population },
    ])

  private static let show = Endpoint.get(
    "/look-backs/{id}", "showLookBack", .problems, sample
  ) { call in Found(try await ShowLookBack(call.platform)(try call.id(), for: call.account)) }

  private static let findings = Shape<[VerifyLookBack.Finding]>(
    "LookBackProof",
    [
      .init("holds") { $0.isEmpty },
      .init("findings") { $0.map { Choice($0) } },
    ])

  /// The draw is repeated from the ledger; nothing changes by it.
  private static let proof = Endpoint.get(
    "/look-backs/{id}/proof", "proveLookBack", .problems, findings
  ) { call in Found(try await VerifyLookBack(call.platform)(try call.id(), for: call.account)) }

  // MARK: Drawing

  private static let preview = Endpoint.get(
    "/look-back-preview", "previewLookBack", .problems,
    query: [
      .init("from", .day, isRequired: true), .init("to", .day, isRequired: true),
      .init("share", .text(least: 1, most: 20), isRequired: true),
      .init("track", .line), .init("unit", .line),
    ],
    Shape<DrawLookBack.Preview>(
      "LookBackPreview",
      [
        .init("population") { $0.population },
        .init("sample") { $0.sample },
        .init(choice: "refusal") { $0.refusal },
      ])
  ) { call in
    let (scope, share) = try await asked(
      ["from", "to", "share", "track", "unit"].reduce(into: [:]) { $0[$1] = call[$1] }, call,
      "bad_query")
    return Found(try await DrawLookBack(call.platform).preview(scope, share, by: call.account))
  }

  private static let draw = Endpoint.create(
    "/look-backs", "drawLookBack", .problems,
    body: ObjectSchema(
      "DrawLookBackRequest",
      [
        .init("from", .day), .init("to", .day), .init("share", .text(least: 1, most: 20)),
        .optional("track", .line), .optional("unit", .line),
      ]), Shape<LookBackID>("LookBackDrawn", [.init(id: "id") { $0 }])
  ) { call in
    let values = ["from", "to", "share", "track", "unit"].reduce(into: [:]) {
      $0[$1] = call.body[$1].text ?? ""
    }
    let (scope, share) = try await asked(values, call, "bad_body")
    let id = try await DrawLookBack(call.platform)(scope, share, by: call.account)
    return Made(id, at: "/look-backs/\(id)")
  }

  /// - Throws: `APIError` for what is missing or cannot be read, `UseCaseError.unknownUnit`
  private static func asked(
    _ values: [String: String], _ call: Call, _ code: String
  ) async throws -> (LookBack.Scope, LookBackShare) {
    guard call.account.may(.lookBack) else { throw UseCaseError.forbidden }
    func value<Value>(_ name: String, _ read: (String) -> Value?) throws -> Value {
      let text = values[name] ?? ""
      guard let value = read(text) else {
        throw APIError(
          .badRequest, code, faults: [.init("/\(name)", text.isEmpty ? .missing : .format)])
      }
      return value
    }
    let track = values["track"] ?? ""
    let unit = (values["unit"] ?? "").trimmed
    let scope = LookBack.Scope(
      from: try value("from") { Day($0) }, to: try value("to") { Day($0) },
      track: track.isEmpty ? nil : try value("track") { Track(rawValue: $0) },
      unit: unit.isEmpty ? nil : try await FindUnit(call.platform)(unit))
    return (scope, try value("share") { LookBackShare($0) })
  }
}
