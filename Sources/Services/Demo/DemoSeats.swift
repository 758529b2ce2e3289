import Domain
import Storage

/// As whom a visitor of a demo city signs in: one of each role, where there is something to do.
package struct DemoSeats: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Returns: none where the database holds no demo city.
  /// - Throws: `FillDemo.Refusal.unfinished`
  package func callAsFunction() async throws -> [FirstStart.Seat] {
    let vault = platform.vault
    return try await platform.database.read { connection in
      guard try DemoMark.isSet(in: connection) else { return [] }
      if try DemoMark.isUnfinished(in: connection) { throw FillDemo.Refusal.unfinished }
      // Names are data and stay Chinese.
      var seats = [FirstStart.Seat(name: "市活动办", AccountSeat(.office))]
      let unit =
        try DemoDesks.handler(in: connection) ?? DemoDesks.handler(isAny: true, in: connection)
      if let unit, let stored = try UnitRows.find(unit, in: connection) {
        seats.append(
          .init(name: stored.unit.name + "经办人", AccountSeat(.handler, unit: unit)))
      }
      seats.append(.init(name: "市活动办主任", AccountSeat(.director)))
      if let unit, let stored = try UnitRows.find(unit, in: connection),
        let county = try stored.unit.parent.flatMap({ try UnitRows.find($0, in: connection) }),
        county.unit.level == .county
      {
        seats.append(
          .init(
            name: county.unit.name + "活动办", AccountSeat(.countyOffice, unit: county.unit.id)))
      }
      if let id = try DemoDesks.official(in: connection),
        let official = try OfficialRows.find(id, vault, in: connection)?.official
      {
        seats.append(.init(name: official.name, AccountSeat(.official, official: id)))
      }
      if let id = try DemoDesks.enterprise(in: connection),
        let firm = try EnterpriseRows.find(id, in: connection)?.enterprise
      {
        seats.append(.init(name: firm.name, AccountSeat(.enterprise, enterprise: id)))
      }
      if let id = try DemoDesks.village(in: connection),
        let village = try UnitRows.find(id, in: connection)?.unit
      {
        seats.append(.init(name: village.name + "文书", AccountSeat(.villageClerk, unit: id)))
      }
      seats += [
        .init(name: "市领导", AccountSeat(.leader)),
        .init(name: "系统管理员", AccountSeat(.systemAdministrator)),
        .init(name: "安全管理员", AccountSeat(.securityAdministrator)),
        .init(name: "审计管理员", AccountSeat(.auditAdministrator)),
      ]
      return seats
    }
  }
}
