import Domain
import Storage

/// An official as lists and pages show them: phone, ID number and home area masked unless in full.
package struct ShownOfficial: Sendable {
  package let id: OfficialID
  package let name: String
  package let unit: UnitID
  package let unitPath: String
  package let post: String?
  package let rank: OfficialRank
  package let track: OfficialTrack
  package let expertise: [String]
  package let home: String?
  package let phone: String?
  package let idNumber: String?
  package let status: OfficialStatus

  init(_ stored: OfficialRows.Stored, unitPath: String, inFull: Bool = false) {
    let official = stored.official
    id = stored.id
    name = official.name
    unit = official.unit
    self.unitPath = unitPath
    post = official.post
    rank = official.rank
    track = official.track
    expertise = official.expertise
    home = inFull ? official.home : official.home?.maskedName
    phone = inFull ? official.phone?.text : official.phone?.text.masked
    idNumber = inFull ? official.idNumber : official.idNumber?.masked
    status = official.status
  }

  static func lines(
    _ stored: [OfficialRows.Stored], in connection: any Connection
  ) throws -> [ShownOfficial] {
    if stored.isEmpty { return [] }
    let paths = try UnitRows.namePaths(of: stored.map(\.official.unit), in: connection)
    return stored.map { ShownOfficial($0, unitPath: paths[$0.official.unit] ?? "") }
  }
}

/// A page of 干部库, within what the account may see.
package struct ListOfficials: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.forbidden`, `.unknownUnit`
  package func callAsFunction(
    _ query: RegisterQuery, _ filter: OfficialFilter, for account: Account
  ) async throws -> RegisterPage<ShownOfficial> {
    let vault = platform.vault
    return try await platform.database.read { connection in
      try RegisterAccess.page(
        query, .official, for: account, vault, in: connection,
        load: { path, ids, limit in
          try OfficialRows.page(
            filter, under: path, among: ids?.map { OfficialID($0) }, after: query.after,
            limit: limit, vault, in: connection)
        }, id: \.id.value, lines: { try ShownOfficial.lines($0, in: connection) })
    }
  }
}
