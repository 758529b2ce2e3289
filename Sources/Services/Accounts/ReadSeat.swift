import Domain
import Storage

/// A seat as a form or the command line says it: the unit by path, name or code, the enterprise by credit
/// code or name, the official by the number in the register.
package struct ReadSeat: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// What the role has no use for is not looked at.
  /// - Throws: `UseCaseError.accountRefused`
  package func callAsFunction(
    _ role: Role, unit: String, official: String, enterprise: String
  ) async throws -> AccountSeat {
    let (unit, official, enterprise) = (unit.trimmed, official.trimmed, enterprise.trimmed)
    return try await platform.database.read { connection in
      var seat = AccountSeat(role)
      if role.takesUnit, !unit.isEmpty {
        guard case .one(let found) = try UnitReference(unit).resolve(in: connection) else {
          throw UseCaseError.accountRefused(.unknownUnit)
        }
        seat.unit = found.unit.id
      }
      if role.link == .official, !official.isEmpty {
        guard let number = Int64(official) else {
          throw UseCaseError.accountRefused(.unknownOfficial)
        }
        seat.official = OfficialID(number)
      }
      if role.link == .enterprise, !enterprise.isEmpty {
        seat.enterprise = try Self.enterprise(enterprise, in: connection)
      }
      if let fault = seat.fault { throw UseCaseError.accountRefused(fault) }
      return seat
    }
  }

  /// - Throws: `UseCaseError.accountRefused(.unknownEnterprise)`
  package func enterprise(_ text: String) async throws -> EnterpriseID {
    try await platform.database.read { try Self.enterprise(text.trimmed, in: $0) }
  }

  private static func enterprise(
    _ text: String, in connection: any Connection
  ) throws -> EnterpriseID {
    if let found = try EnterpriseRows.find(codes: [text], in: connection).first?.id
      ?? EnterpriseRows.only(named: text, in: connection)
    {
      return found
    }
    guard let id = Int64(text).map({ EnterpriseID($0) }),
      try EnterpriseRows.find(id, in: connection) != nil
    else { throw UseCaseError.accountRefused(.unknownEnterprise) }
    return id
  }
}
