import Domain
import Language
import Storage

/// A list of a register as it is asked for.
package struct RegisterQuery: Sendable {
  /// Part of a name; empty for all.
  package var text = ""
  /// The unit below which to look: its number, path, unique name or code; empty for all.
  package var unit = ""
  package var after: PlaceKey?
  /// Lines of a page.
  package var limit = 50

  package init() {}
}

/// A page of a register.
package struct RegisterPage<Line: Sendable>: Sendable {
  package let lines: [Line]
  package let next: PlaceKey?
  /// Whether a search by name found more than are shown.
  package let isCut: Bool
  /// The path of the unit that was asked for; nil where none was.
  package let unitPath: String?
}

/// Where in the registers an account may look: the one place that says so.
enum RegisterAccess {
  /// A search by name shows so many, the best first.
  private static let found = 100
  /// Of everything that has the name, so much is looked through for entries of one register.
  private static let candidates = 400

  /// - Returns: the path of the subtree.
  /// - Throws: `UseCaseError.forbidden`
  static func scope(
    of account: Account, _ right: Right = .seeRegisters, in connection: any Connection
  ) throws -> String {
    guard account.may(right) else { throw UseCaseError.forbidden }
    return try RegisterScope.path(of: account, in: connection)
  }

  /// The unit that is meant, where it lies in the scope.
  /// - Throws: `UseCaseError.unknownUnit` where none or several fit.
  static func unit(
    _ text: String, within scope: String, in connection: any Connection
  ) throws -> UnitRows.Stored? {
    let text = text.trimmed
    if text.isEmpty { return nil }
    // Division codes are shorter.
    let id = text.utf8.count > 12 ? Int64(text).map { UnitID($0) } : nil
    let stored: UnitRows.Stored? =
      if let id {
        try UnitRows.find(id, in: connection)
      } else if case .one(let found) = try UnitReference(text).resolve(in: connection) {
        found
      } else {
        nil
      }
    guard let stored, stored.path.hasPrefix(scope) else { throw UseCaseError.unknownUnit(text) }
    return stored
  }

  /// One page, narrowed by what was typed: a search by name looks up ids first and shows the best, without
  /// further pages.
  static func page<Line, Stored>(
    _ query: RegisterQuery, _ kind: SearchKind, for account: Account, _ vault: Vault,
    in connection: any Connection,
    load: (_ path: String, _ ids: [Int64]?, _ limit: Int) throws -> Page<Stored, PlaceKey>,
    id: (Stored) -> Int64, lines: ([Stored]) throws -> [Line]
  ) throws -> RegisterPage<Line> {
    let scope = try scope(of: account, in: connection)
    let unit = try unit(query.unit, within: scope, in: connection)
    let path = unit?.path ?? scope
    let unitPath = try unit.map { try UnitReference.path(of: $0, in: connection) }
    let text = query.text.trimmed
    guard !text.isEmpty else {
      let page = try load(path, nil, query.limit)
      return RegisterPage(
        lines: try lines(page.items), next: page.next, isCut: false, unitPath: unitPath)
    }
    try SearchIndex.prepare(connection)
    let answer = try SearchIndex.find(
      SearchQuery(text), under: path, limit: candidates, vault, in: connection)
    let ids = answer.hits.filter { $0.kind == kind }.map(\.id)
    let order = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    let page = try load(path, ids, found)
    return RegisterPage(
      lines: try lines(page.items.sorted { order[id($0)]! < order[id($1)]! }), next: nil,
      isCut: answer.hasMore || page.next != nil, unitPath: unitPath)
  }
}

/// What happened to an entry, with the names of whom and what it is about.
package struct RegisterStory: Sendable {
  package let changes: [RegisterChange]
  /// None of those whose account was erased.
  package let actors: [Actor: String]
  /// Paths of the units that changes name.
  package let units: [UnitID: String]

  /// Whose values are sealed: that they changed is told, not to what.
  private static let sealed: [String: Set<String>] = [
    "official": ["name", "home", "phone", "id_number"], "contact": ["name", "phone"],
  ]

  package static func isSealed(_ field: String, of register: String) -> Bool {
    sealed[register]?.contains(field) == true
  }

  /// The day that a value stands for; nil where the field holds none.
  package static func day(_ value: String?, _ field: String, of register: String) -> Day? {
    switch (register, field) {
    case (_, "valid_from"), (_, "valid_to"), ("visit", "day"), ("visit", "proposed_day"):
      value.flatMap { Int($0) }.map { Day(number: $0) }
    default: nil
    }
  }

  init(_ streams: [String], _ vault: Vault, in connection: any Connection) throws {
    changes = try RegisterHistory.latest(of: streams, in: connection)
    actors = try AccountRows.names(of: Set(changes.map(\.actor)), vault, in: connection)
    let ids = changes.flatMap(\.fields).filter { $0.name == "unit_id" }
      .flatMap { [$0.from, $0.to] }.compactMap { $0.flatMap { UnitID($0) } }
    units = ids.isEmpty ? [:] : try UnitRows.namePaths(of: ids, in: connection)
  }
}

/// Whom to ask, as an account may see them.
package struct ShownContact: Sendable {
  package let name: String
  package let post: String?
  package let phone: String?

  init(_ contact: Contact, inFull: Bool) {
    name = inFull ? contact.name : contact.name.maskedName
    post = contact.post
    phone = inFull ? contact.phone?.text : contact.phone?.text.masked
  }
}

/// Problems shown beside an entry of a register.
enum RegisterProblems {
  static let shown = 10

  /// - Returns: nothing for those who see no problems at all.
  static func latest(
    of subject: ProblemList.Subject, for account: Account, in connection: any Connection
  ) throws -> [ProblemSummary] {
    guard account.may(.seeProblems) else { return [] }
    return try ProblemList.latest(
      of: subject, visible: ProblemScope.visibility(of: account, in: connection), limit: shown,
      in: connection)
  }
}
