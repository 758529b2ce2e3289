import Domain
import Storage

extension ProblemEvent.Registered {
  /// Where whom it concerns is: the place itself, or where the enterprise lies; nil for one that is named
  /// in words.
  func place(in connection: any Connection) throws -> UnitID? {
    if let concernsUnit { return concernsUnit }
    return try concernsEnterprise.flatMap { try EnterpriseRows.unit(of: $0, in: connection) }
  }
}
