import Domain
import HTTP
import HTTPTypes
import Services
import Storage

/// Views of the 台账 that somebody keeps under a name.
enum SavedViewEndpoints {
  static let list: [Endpoint] = [find, save, drop, choose]

  /// A view with whose it is.
  private struct Line: Sendable {
    let view: SavedView
    let isOwn: Bool

    /// Filters and columns, as the address has them.
    var values: [String: String] {
      let pairs = FormData.pairs(view.query.utf8) ?? []
      return Dictionary(pairs.map { ($0.0, $0.1) }) { $1 }
    }
  }

  private static let view = Shape<Line>(
    "SavedView",
    [
      .init("id") { IDText($0.view.id) },
      .init("name") { $0.view.name },
      .init("filters", .map(.text())) { line, writer in
        writer.object { writer in
          for (name, value) in line.values.sorted(by: { $0.key < $1.key }) where name != "cols" {
            writer.member(name, value)
          }
        }
      },
      .init("columns") { ($0.values["cols"] ?? "").split(separator: ",").map(String.init) },
      .init("is_own") { $0.isOwn },
      .init("is_shared") { $0.view.isShared },
      .init("is_default") { $0.isOwn && $0.view.isDefault },
    ])

  private static let find = Endpoint.list(
    "/views", "listViews", .problems, isPaged: false, view
  ) { call in
    let views = try await ListViews(call.platform)(for: call.account)
    return Listed(views.map { Line(view: $0, isOwn: $0.account == call.account.id) })
  }

  private static let filters = ObjectSchema(
    "ViewFilters",
    ProblemEndpoints.filters.map { .optional($0.name, $0.name == "number" ? .line : $0.schema) })

  /// One of the same name is overwritten.
  private static let save = Endpoint.create(
    "/views", "saveView", .problems,
    body: ObjectSchema(
      "SaveViewRequest",
      [
        .init("name", .text(least: 1, most: SaveView.longestName)),
        .optional("filters", .object(filters)), .optional("columns", ListColumns.schema),
        .optional("is_shared", .bool), .optional("is_default", .bool),
      ]), Shape<IDText>("SavedViewMade", [.init("id") { $0 }])
  ) { call in
    let body = call.body
    var values: [String: String] = [:]
    for name in ProblemListing.names {
      if let text = body["filters"][name].text?.trimmed, !text.isEmpty { values[name] = text }
    }
    guard let read = ProblemListing.read(values, call.platform.procedures), read.faults.isEmpty
    else { throw APIError(.badRequest, "bad_body", faults: [.init("/filters", .choice)]) }
    let columns = try ListColumns.read(body["columns"].array?.compactMap(\.text) ?? [])
    let query = PercentEncoding.query(ProblemListing.pairs(values, columns))
    let id = try await SaveView(call.platform)(
      body["name"].text ?? "", query: query, isShared: body["is_shared"].bool ?? false,
      isDefault: body["is_default"].bool ?? false, by: call.account)
    return Made(IDText(id))
  }

  private static let drop = Endpoint.act(
    "/views/{id}", "dropView", .problems, method: .delete
  ) { call in
    guard let id = Int64(call.place("id")) else { throw UseCaseError.notFound }
    try await DropView(call.platform)(id, by: call.account)
  }

  /// The list opens with it from now on; with null, with everything.
  private static let choose = Endpoint.act(
    "/default-view", "chooseDefaultView", .problems, method: .put,
    body: ObjectSchema("ChooseViewRequest", [.init("view", .nullable(.id))])
  ) { call in
    try await ChooseDefaultView(call.platform)(
      call.body["view"].text.flatMap { Int64($0) }, by: call.account)
  }
}
