import Domain
import HTTP
import Hummingbird
import Services
import Storage

/// What an address asks of figures.
struct FigureForm {
  let request: Request
  private(set) var faults: [String] = []
  private(set) var asked: FigureRequest

  /// - Throws: `RequestError.badQuery` for a value that is none of a choice's: showing something else
  ///   instead would be a wrong answer. A day that cannot be read is a fault to be told.
  init(_ request: Request, code: String = "") throws {
    guard request.isQueryReadable else { throw RequestError.badQuery }
    self.request = request
    func text(_ name: String) -> String { request.query(name).trimmed }
    func choice<T: RawRepresentable<String>>(_ name: String, _ type: T.Type) throws -> T? {
      if text(name).isEmpty { return nil }
      guard let value = T(rawValue: text(name)) else { throw RequestError.badQuery }
      return value
    }
    func unit(_ name: String) throws -> UnitID? {
      if text(name).isEmpty { return nil }
      guard let id = Int64(text(name)) else { throw RequestError.badQuery }
      return UnitID(id)
    }
    asked = FigureRequest(code)
    asked.track = try choice("track", Track.self)
    asked.dimension = try choice("by", FigureQuery.Dimension.self)
    asked.area = try unit("area")
    asked.handler = try unit("unit")
    if !text("as_of").isEmpty {
      asked.asOf = FigureRequest.instant(text("as_of"))
      if asked.asOf == nil { faults.append("as_of") }
    }
    switch text("known") {
    case "", "then": break
    case "now": asked.knownOn = .now
    case let other:
      guard let instant = FigureRequest.instant(other) else { throw RequestError.badQuery }
      asked.knownOn = .on(instant)
    }
    let days = ["from", "to"].map { Day(text($0)) }
    for (name, day) in zip(["from", "to"], days) where day == nil && !text(name).isEmpty {
      faults.append(name)
    }
    if days.contains(where: { $0 != nil }) {
      asked.period = FigureRequest.period(from: days[0], to: days[1])
      if asked.period == nil { faults.append("to") }
    }
  }

  /// Which number of a figure, and where its list goes on.
  /// - Throws: `RequestError.badQuery`
  func which(
    _ definition: Definition
  ) throws -> (which: ListFigureMembers.Which, after: FigureMember?) {
    func key(_ name: String) -> String? { ListFigureMembers.Which.key(request.query(name)) }
    guard let slice = definition.slice(named: request.query("slice")) else {
      throw RequestError.badQuery
    }
    let after = FigureMember(request.query("after"))
    guard after != nil || request.query("after").isEmpty else { throw RequestError.badQuery }
    return (.init(slice, group: key("group"), share: key("share")), after)
  }

  /// The form's fields as they stand, for the template.
  func view(_ words: Wording, _ platform: Platform) -> View {
    let hidden = ["area", "unit"].filter { !request.query($0).isEmpty }
    return [
      "as_of": asked.asOf.map(FigureAddress.text)?.prefix(10).description ?? "",
      "from": request.query("from"), "to": request.query("to"),
      "knows_now": asked.knownOn != nil,
      "tracks": words.options(platform.procedures, chosen: asked.track?.rawValue ?? ""),
      "hidden": hidden.map { ["name": $0, "value": request.query($0)] as View },
      "faults": faults.map { field -> View in
        ["text": words("list.bad_day", ["field": words("figures.field.\(field)")])]
      },
      "has_faults": !faults.isEmpty,
    ]
  }
}
