import Cryptography
import Domain

/// A value as the engines know it.
package enum SQLValue: Hashable, Sendable {
  case null
  case int(Int64)
  case text(String)
  case bytes([UInt8])
  /// Words, for a column of sort `{texts}`; none of them has a blank in it.
  case texts([String])
}

/// Anything that can be an argument of a statement.
package protocol SQLConvertible: Sendable {
  var sql: SQLValue { get }
}

/// `?1, ?2, ?3`: places for this many arguments.
package func places(_ count: Int) -> String {
  (1...count).map { "?\($0)" }.joined(separator: ", ")
}

/// An insert of one row.
package func insertion(into table: String, _ columns: [String]) -> String {
  "insert into \(table) (\(columns.joined(separator: ", "))) values (\(places(columns.count)))"
}

/// An insert of so many rows, their values one after the other.
func insertion(into table: String, _ columns: [String], rows: Int) -> String {
  let width = columns.count
  let values = (0..<rows).map { row in
    "(" + (1...width).map { "?\(row * width + $0)" }.joined(separator: ", ") + ")"
  }
  return "insert into \(table) (\(columns.joined(separator: ", "))) values "
    + values.joined(separator: ", ")
}

extension Int64: SQLConvertible { package var sql: SQLValue { .int(self) } }
extension Int: SQLConvertible { package var sql: SQLValue { .int(Int64(self)) } }
extension Bool: SQLConvertible { package var sql: SQLValue { .int(self ? 1 : 0) } }
extension String: SQLConvertible { package var sql: SQLValue { .text(self) } }
extension [UInt8]: SQLConvertible { package var sql: SQLValue { .bytes(self) } }
extension Digest: SQLConvertible { package var sql: SQLValue { .bytes(bytes) } }
extension Instant: SQLConvertible { package var sql: SQLValue { .int(milliseconds) } }
extension Day: SQLConvertible { package var sql: SQLValue { .int(Int64(number)) } }
extension ProblemID: SQLConvertible { package var sql: SQLValue { .int(value) } }
extension UnitID: SQLConvertible { package var sql: SQLValue { .int(value) } }
extension OfficialID: SQLConvertible { package var sql: SQLValue { .int(value) } }
extension EnterpriseID: SQLConvertible { package var sql: SQLValue { .int(value) } }
extension AccountID: SQLConvertible { package var sql: SQLValue { .int(value) } }
extension PersonID: SQLConvertible { package var sql: SQLValue { .int(value) } }
extension BatchID: SQLConvertible { package var sql: SQLValue { .int(value) } }
extension Actor: SQLConvertible { package var sql: SQLValue { .text(description) } }
extension DivisionCode: SQLConvertible { package var sql: SQLValue { .text(text) } }

extension Optional: SQLConvertible where Wrapped: SQLConvertible {
  package var sql: SQLValue { self?.sql ?? .null }
}

extension SQLConvertible where Self: RawRepresentable<String> {
  package var sql: SQLValue { .text(rawValue) }
}

extension Track: SQLConvertible {}
extension ProblemState: SQLConvertible {}
extension Difficulty: SQLConvertible {}
extension Outcome: SQLConvertible {}
extension Origin: SQLConvertible {}
extension Rating: SQLConvertible {}
extension MilestoneKind: SQLConvertible {}
extension LegRole: SQLConvertible {}
extension Withdrawal: SQLConvertible {}
extension Lane: SQLConvertible {}
extension Problem.Task.Kind: SQLConvertible {}
extension UnitKind: SQLConvertible {}
extension UnitLevel: SQLConvertible {}
extension Role: SQLConvertible {}
extension OfficialRank: SQLConvertible {}
extension OfficialTrack: SQLConvertible {}
extension OfficialStatus: SQLConvertible {}
extension StatisticalKind: SQLConvertible {}
extension EnterpriseScale: SQLConvertible {}
extension EnterpriseStatus: SQLConvertible {}
extension VillageKind: SQLConvertible {}
extension ContactStatus: SQLConvertible {}
extension WhiteListLevel: SQLConvertible {}
extension LinkID: SQLConvertible { package var sql: SQLValue { .int(value) } }
extension LinkRole: SQLConvertible {}
extension LinkState: SQLConvertible {}
extension LinkFault: SQLConvertible {}
extension ExchangeEffect: SQLConvertible {}

extension SQLRow {
  package func instant(_ column: Int) throws -> Instant { Instant(milliseconds: try int(column)) }
  package func optionalInstant(_ column: Int) throws -> Instant? {
    try optionalInt(column).map { Instant(milliseconds: $0) }
  }
  package func day(_ column: Int) throws -> Day { Day(number: Int(try int(column))) }
  package func optionalDay(_ column: Int) throws -> Day? {
    try optionalInt(column).map { Day(number: Int($0)) }
  }
  package func problemID(_ column: Int) throws -> ProblemID { ProblemID(try int(column)) }
  package func unitID(_ column: Int) throws -> UnitID { UnitID(try int(column)) }
  package func optionalUnitID(_ column: Int) throws -> UnitID? {
    try optionalInt(column).map { UnitID($0) }
  }
  package func actor(_ column: Int) throws -> Actor { try present(Actor(text(column)), column) }
}

extension SQLValue: SQLConvertible { package var sql: SQLValue { self } }
