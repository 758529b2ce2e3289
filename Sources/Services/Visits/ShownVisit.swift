import Domain
import Storage

/// A visit with the names of whom it is about.
package struct ShownVisit: Sendable {
  package let id: VisitID
  package let visit: Visit
  package let enterprise: String
  /// `许昌市/禹州市/禹州市水利局`; nil as long as nobody comes.
  package let unitPath: String?
  package let official: String?

  /// The same of several, in a few queries.
  static func all(
    _ stored: [VisitRows.Stored], _ vault: Vault, in connection: any Connection
  ) throws -> [ShownVisit] {
    if stored.isEmpty { return [] }
    let names = try EnterpriseRows.names(
      of: Set(stored.map(\.visit.enterprise)), in: connection)
    let visitors = stored.compactMap(\.visit.visitor)
    let paths = try UnitRows.namePaths(of: visitors.map(\.unit), in: connection)
    let officials = try OfficialRows.find(
      visitors.compactMap(\.official), vault, in: connection)
    return stored.map {
      ShownVisit(
        id: $0.id, visit: $0.visit, enterprise: names[$0.visit.enterprise] ?? "",
        unitPath: $0.visit.visitor.flatMap { paths[$0.unit] },
        official: $0.visit.visitor?.official.flatMap { officials[$0]?.official.name })
    }
  }
}
