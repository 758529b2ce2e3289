import Domain
import HTTP
import Hummingbird
import Services
import Storage

/// A register's list as its address asks for it.
struct ListQuery {
  let request: Request
  let route: Route
  let register: RegisterQuery
  private let pairs: [(String, String)]

  /// - Parameter filters: their names, beside text and unit.
  /// - Throws: `RequestError.badQuery`: showing everything instead would be a wrong answer.
  init(_ request: Request, _ route: Route, filters: [String]) throws {
    guard request.isQueryReadable else { throw RequestError.badQuery }
    self.request = request
    self.route = route
    var query = RegisterQuery()
    query.text = request.query("q").singleLine.trimmed
    query.unit = request.query("unit").trimmed
    let after = request.query("after")
    query.after = PlaceKey(after)
    guard after.isEmpty || query.after != nil else { throw RequestError.badQuery }
    register = query
    pairs = (["q", "unit"] + filters).map { ($0, request.query($0)) }
  }

  /// - Throws: `RequestError.badQuery` for a value that is none of the filter's.
  func choice<T: RawRepresentable<String>>(_ name: String, _ type: T.Type) throws -> T? {
    let text = request.query(name)
    if text.isEmpty { return nil }
    guard let value = T(rawValue: text) else { throw RequestError.badQuery }
    return value
  }

  var isFiltered: Bool { pairs.contains { !$0.1.isEmpty } }

  func path(after key: PlaceKey?) -> String {
    route.path(query: pairs + [("after", key?.description ?? "")])
  }
}

/// What all lists of registers have in common.
struct RegisterListView {
  let words: Wording
  let account: Account
  let query: ListQuery
  let export: ExportKind
  let `import`: ImportKind

  /// - Parameter page: nil where the unit that was asked for is not known.
  func page<Line>(_ page: RegisterPage<Line>?, _ row: (Line) -> View) -> View {
    let register = query.register
    let mayImport = ImportJobs.mayImport(`import`, account)
    return [
      "url": query.route.path, "text": register.text,
      "unit": page?.unitPath ?? register.unit,
      "unit_unknown": (page == nil ? words("registers.unit_unknown", ["name": register.unit]) : "")
        .orFalse,
      "filtered": query.isFiltered, "rows": page?.lines.map(row) ?? [],
      "is_empty": page?.lines.isEmpty ?? true, "is_cut": page?.isCut ?? false,
      "has_next": page?.next != nil, "url_next": query.path(after: page?.next),
      "has_previous": register.after != nil, "url_first": query.path(after: nil),
      "may_import": mayImport,
      "url_import": Route.imports.path(query: [("kind", `import`.rawValue)]),
      "may_export": account.may(.exportRegisters),
      "may_unmask": account.may(.seePersonalData) && export != .units,
      "url_export": Route.registerExport(export.rawValue).path,
    ]
  }
}

extension Wording {
  /// Options of a choice of an enumeration's cases.
  func options<T: RawRepresentable<String> & CaseIterable & Equatable>(
    _ type: T.Type, named prefix: String, chosen: T?
  ) -> [View] {
    options(type.allCases.map(\.rawValue), named: prefix, chosen: chosen?.rawValue ?? "")
  }
}
