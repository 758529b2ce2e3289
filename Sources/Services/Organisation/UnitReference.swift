import Domain
import Storage

/// How people name a unit: a division code, a path such as `许昌市/禹州市/方岗镇`, or a name that only
/// one unit has.
package struct UnitReference: Sendable {
  private let text: String

  package init(_ text: String) {
    self.text = text.trimmed
  }

  package enum Match: Sendable {
    case none
    case one(UnitRows.Stored)
    /// The name fits several units: the path is needed.
    case several
  }

  package func resolve(in connection: any Connection) throws -> Match {
    try resolve(among: UnitsInDatabase(connection: connection))
  }

  /// - Parameter fits: narrows what a bare name may mean, such as townships only.
  func resolve(
    among source: some UnitSource, where fits: (UnitRows.Stored) throws -> Bool = { _ in true }
  ) throws -> Match {
    // A county's code is often written with its six digits alone.
    if let code = DivisionCode(text) ?? (text.utf8.count == 6 ? DivisionCode(text + "000000") : nil)
    {
      guard let stored = try source.unit(code), try fits(stored) else { return Match.none }
      return .one(stored)
    }
    let names = text.split(separator: "/").map { String($0).trimmed }
    guard let last = names.last else { return Match.none }
    let candidates = try source.units(named: last).filter(fits).map { stored in
      (stored: stored, names: try Self.names(of: stored, among: source))
    }.filter { $0.names.suffix(names.count) == names[...] }
    // A whole path means one unit, also where another's path ends the same.
    if let whole = candidates.first(where: { $0.names == names }) { return .one(whole.stored) }
    switch candidates.count {
    case 0: return Match.none
    case 1: return .one(candidates[0].stored)
    default: return .several
    }
  }

  /// `许昌市/禹州市/方岗镇`
  package static func path(
    of stored: UnitRows.Stored, in connection: any Connection
  ) throws -> String {
    try path(of: stored, among: UnitsInDatabase(connection: connection))
  }

  static func path(of stored: UnitRows.Stored, among source: some UnitSource) throws -> String {
    try names(of: stored, among: source).joined(separator: "/")
  }

  private static func names(
    of stored: UnitRows.Stored, among source: some UnitSource
  ) throws -> [String] {
    try source.line(of: stored).map(\.unit.name)
  }
}
