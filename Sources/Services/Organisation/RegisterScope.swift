import Domain
import Storage

/// Which part of the organisation an account may see in the registers: the subtree of its unit, or all
/// where it has none. A county's office (活动办) stands for the county it lies in.
package enum RegisterScope {
  /// - Parameter account: nil for whoever holds the database itself.
  /// - Returns: the path of the subtree.
  package static func path(of account: Account?, in connection: any Connection) throws -> String {
    guard let unit = account?.unit else { return "/" }
    guard let present = try UnitRows.present(unit, in: connection) else {
      throw UseCaseError.notFound
    }
    guard account?.role == .countyOffice, present.unit.kind == .office,
      let county = try present.unit.parent.flatMap({ try UnitRows.find($0, in: connection) })
    else { return present.path }
    return county.path
  }
}
