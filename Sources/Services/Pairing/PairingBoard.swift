import Domain
import Storage

/// 公示牌: who is in charge of every village, or of every enterprise, of a place, to be printed and put up.
/// Names, units and posts, and numbers of offices; nobody's own number.
package struct PairingBoard: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Line: Sendable {
    package let target: PairingTarget
    package let name: String
    /// Where it lies, below the place of the board.
    package let place: String
    package let officials: [PairedOfficial]
  }

  package struct Board: Sendable {
    package let unit: UnitID
    package let name: String
    package let path: String
    package let lines: [Line]
  }

  /// - Parameter unit: a county's, township's or village's number, path, unique name or code; left out, the
  ///   account's own.
  /// - Returns: nil where nothing was asked for and the account has no place of its own.
  /// - Throws: `UseCaseError.forbidden`, `.unknownUnit`, also for a whole city: nobody prints that.
  package func callAsFunction(
    _ unit: String, _ track: Track, for account: Account
  ) async throws -> Board? {
    let (today, vault) = (platform.now().day, platform.vault)
    return try await platform.database.read { connection in
      let scope = try RegisterAccess.scope(of: account, in: connection)
      let own = scope.split(separator: "/").last.map(String.init) ?? ""
      let wanted = unit.trimmed.isEmpty ? own : unit
      guard let stored = try Self.place(wanted, within: scope, in: connection) else {
        if unit.trimmed.isEmpty { return nil }
        throw UseCaseError.unknownUnit(unit.trimmed)
      }
      let path = try UnitReference.path(of: stored, in: connection)
      let lines = try Self.lines(stored, path, track, today, vault, in: connection)
      return Board(unit: stored.unit.id, name: stored.unit.name, path: path, lines: lines)
    }
  }

  private static func place(
    _ text: String, within scope: String, in connection: any Connection
  ) throws -> UnitRows.Stored? {
    guard let stored = try RegisterAccess.unit(text, within: scope, in: connection),
      stored.unit.kind == .region, stored.unit.level != .city
    else { return nil }
    return stored
  }

  private static func lines(
    _ stored: UnitRows.Stored, _ path: String, _ track: Track, _ today: Day, _ vault: Vault,
    in connection: any Connection
  ) throws -> [Line] {
    var targets: [(target: PairingTarget, unit: UnitID)] = []
    let pairings: [Pairing]
    if track == .enterprise {
      let found = try PairingBoardRows.ofEnterprises(
        under: stored.path, on: today, in: connection)
      var seen: Set<PairingTarget> = []
      for (pairing, unit) in found where seen.insert(pairing.target).inserted {
        targets.append((pairing.target, unit))
      }
      pairings = found.map(\.pairing)
    } else {
      targets = try PairingBoardRows.places(under: stored.path, in: connection).map {
        ($0.level == .township ? .township($0.unit) : .village($0.unit), $0.unit)
      }
      pairings = try PairingBoardRows.ofPlaces(under: stored.path, on: today, in: connection)
    }
    let officials = try PairedOfficials.of(pairings, vault, in: connection)
    let names = try PairingNames.of(targets.map(\.target), in: connection)
    let paths = try UnitRows.namePaths(of: targets.map(\.unit), in: connection)
    return targets.map { target, unit in
      let own = names[target] ?? ""
      let place = (paths[unit] ?? "").dropFirst(path.count).drop { $0 == "/" }
      let above =
        target.unit == nil ? place : place.dropLast(place.split(separator: "/").last?.count ?? 0)
      return Line(
        target: target, name: String(own.split(separator: "/").last ?? ""),
        place: above.split(separator: "/").joined(separator: " "),
        officials: officials[target] ?? [])
    }
  }
}
