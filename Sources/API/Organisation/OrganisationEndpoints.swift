import Domain
import HTTPTypes
import Services

/// The organisation tree: units today and as they were, and its changes.
enum OrganisationEndpoints {
  static let list: [Endpoint] = [units, suggestions, show, inFull, preview, reorganise]

  private static let units = Endpoint.list(
    "/units", "listUnits", .organisation, query: [.init("parent", .id)], isPaged: false,
    UnitShapes.line
  ) { call in
    let place = try await BrowseUnits(call.platform)(
      call.id(query: "parent"), for: call.account)
    return Listed(place.children)
  }

  private static let suggestions = Endpoint.list(
    "/unit-suggestions", "suggestUnits", nil, query: [.init("q", .line)], isPaged: false,
    UnitShapes.suggestion
  ) { call in
    Listed(try await BrowseUnits(call.platform).suggestions(for: call["q"], by: call.account))
  }

  /// What belongs to it is for tokens that reach into the registers.
  private static let show = Endpoint.get(
    "/units/{id}", "showUnit", .organisation, query: [.init("on", .day)], UnitShapes.detail
  ) { call in
    Found(
      try await ShowUnit(call.platform)(
        call.id(), on: call.day("on"),
        withRegisters: call.grant.allows(.registers, writing: false), for: call.account))
  }

  private static let inFull = Endpoint.get(
    "/units/{id}/in-full", "showUnitInFull", .registers, isDeed: true, UnitShapes.detail
  ) { call in
    Found(try await ShowUnit(call.platform).inFull(call.id(), for: call.account))
  }

  // MARK: Changes

  private enum Change: String, CaseIterable { case change, merge, split, close }

  private static let body = ObjectSchema(
    "ReorganisationRequest",
    [
      .init("change", .choice(Change.allCases.map(\.rawValue))),
      .optional("on", .day),
      .optional("name", .text(least: 1, most: Unit.maximumName)),
      .optional("parent_id", .id),
      .optional("code", .text(least: 1, most: 20)),
      .optional("into_id", .id),
      .optional("children", .list(.id, least: 1, most: 1000)),
    ])

  private static let preview = Endpoint.act(
    "/units/{id}/reorganisation-preview", "previewReorganisation", .organisation, body: body,
    UnitShapes.preview
  ) { call in
    let (change, day) = try read(call.body)
    return Found(
      try await ReorganiseUnits(call.platform).preview(
        change, of: call.id(), on: day, by: call.account))
  }

  private static let reorganise = Endpoint.act(
    "/units/{id}/reorganisation", "reorganiseUnit", .organisation, body: body,
    UnitShapes.reorganised
  ) { call in
    let (change, day) = try read(call.body)
    return Found(
      try await ReorganiseUnits(call.platform)(change, of: call.id(), on: day, by: call.account))
  }

  private static func read(_ body: JSON) throws -> (Reorganisation, Day?) {
    func fault(_ name: String, _ code: SchemaFault.Code) -> APIError {
      APIError(.badRequest, "bad_body", faults: [.init("/\(name)", code)])
    }
    func unit(_ name: String) -> UnitID? { body[name].text.flatMap { UnitID($0) } }
    let day = body["on"].text.flatMap { Day($0) }
    switch body["change"].text.flatMap({ Change(rawValue: $0) }) {
    case .merge:
      guard let into = unit("into_id") else { throw fault("into_id", .missing) }
      return (.merge(into: into), day)
    case .split:
      guard let name = body["name"].text else { throw fault("name", .missing) }
      let children = (body["children"].array ?? []).compactMap(\.text).compactMap { UnitID($0) }
      return (.split(name: name.trimmed, children: children), day)
    case .close: return (.close, day)
    case .change, nil:
      let code = try body["code"].text.map { text throws(APIError) in
        guard let code = DivisionCode(text) else { throw fault("code", .format) }
        return code
      }
      return (
        .change(name: body["name"].text?.trimmed, parent: unit("parent_id"), code: code), day
      )
    }
  }
}
