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
      asked.asOf = FigureAddress.instant(text("as_of"))
      if asked.asOf == nil { faults.append("as_of") }
    }
    switch text("known") {
    case "", "then": break
    case "now": asked.knownOn = .now
    case let other:
      guard let instant = FigureAddress.instant(other) else { throw RequestError.badQuery }
      asked.knownOn = .on(instant)
    }
    let days = ["from", "to"].map { Day(text($0)) }
    for (name, day) in zip(["from", "to"], days) where day == nil && !text(name).isEmpty {
      faults.append(name)
    }
    if let day = days[0] ?? days[1] {
      let period = FigureQuery.Period(
        from: days[0] ?? Day("2000-01-01")!, to: days[1] ?? max(day, Day("2100-01-01")!))
      if period.from <= period.to { asked.period = period } else { faults.append("to") }
    }
  }

  /// Which number of a figure, and where its list goes on.
  /// - Throws: `RequestError.badQuery`
  func which(
    _ definition: Definition
  ) throws -> (which: ListFigureMembers.Which, after: FigureMember?) {
    func key(_ name: String) -> String? {
      switch request.query(name) {
      case "": nil
      case "-": ""
      case let key: key
      }
    }
    guard let slice = FigureAddress.slice(request.query("slice"), definition) else {
      throw RequestError.badQuery
    }
    var after: FigureMember?
    if !request.query("after").isEmpty {
      let parts = request.query("after").split(separator: ".").map { Int64($0) }
      guard parts.count == 2, let problem = parts[0], let span = parts[1], span < 1_000_000 else {
        throw RequestError.badQuery
      }
      after = FigureMember(problem: ProblemID(problem), span: Int(span))
    }
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
