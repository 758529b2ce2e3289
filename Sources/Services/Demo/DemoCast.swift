import Domain
import Storage

/// Who acts in a demo city: accounts that nobody signs in to, made when they first do something.
final class DemoCast {
  private let names: DemoNames
  private var accounts: [AccountSeat: Account] = [:]
  private var offices: [Account] = []

  init(_ names: DemoNames) { self.names = names }

  /// One of the city office's people: who assigns is not who claims for a handler, nor who checks.
  func office(_ number: Int, _ platform: Platform) async throws -> Account {
    while offices.count <= number {
      let name = "\(names.person(offices.count))（市活动办）"
      offices.append(try await make(AccountSeat(.office), name, platform))
    }
    return offices[number]
  }

  func director(_ platform: Platform) async throws -> Account {
    try await account(AccountSeat(.director), platform) { "\($0)（市活动办主任）" }
  }

  func countyOffice(
    _ unit: UnitID, _ county: String, _ platform: Platform
  ) async throws -> Account {
    try await account(AccountSeat(.countyOffice, unit: unit), platform) { "\($0)（\(county)活动办）" }
  }

  func handler(_ unit: UnitID, _ platform: Platform) async throws -> Account {
    let seat = AccountSeat(.handler, unit: unit)
    if let known = accounts[seat] { return known }
    let name = try await platform.database.read { try UnitRows.find(unit, in: $0)?.unit.name ?? "" }
    return try await account(seat, platform) { "\($0)（\(name)）" }
  }

  func official(_ id: OfficialID, _ platform: Platform) async throws -> Account {
    let seat = AccountSeat(.official, official: id)
    if let known = accounts[seat] { return known }
    let vault = platform.vault
    let name = try await platform.database.read {
      try OfficialRows.find(id, vault, in: $0)?.official.name ?? ""
    }
    return try await account(seat, platform) { _ in "\(name)（帮联干部）" }
  }

  func enterprise(_ id: EnterpriseID, _ name: String, _ platform: Platform) async throws -> Account
  {
    try await account(AccountSeat(.enterprise, enterprise: id), platform) { _ in name }
  }

  func clerk(_ village: UnitID, _ name: String, _ platform: Platform) async throws -> Account {
    try await account(AccountSeat(.villageClerk, unit: village), platform) { "\($0)（\(name)）" }
  }

  private func account(
    _ seat: AccountSeat, _ platform: Platform, _ name: (String) -> String
  ) async throws -> Account {
    if let known = accounts[seat] { return known }
    let made = try await make(seat, name(names.person(accounts.count + 40)), platform)
    accounts[seat] = made
    return made
  }

  private func make(
    _ seat: AccountSeat, _ name: String, _ platform: Platform
  ) async throws -> Account {
    let (now, vault) = (platform.now(), platform.vault)
    let id = try await platform.database.write { connection in
      try InviteAccount.create(name, nil, seat, at: now, by: .system, vault, in: connection)
    }
    return Account(
      id: id, username: "", name: name, role: seat.role, unit: seat.unit,
      official: seat.official, enterprise: seat.enterprise)
  }
}

/// Names for those who are in no register.
struct DemoNames: Sendable {
  private let names: [String]

  init(_ words: DemoCityWords, _ dice: inout Dice) {
    let (surnames, given) = (Array(words.surnames), Array(words.given))
    names = (0..<997).map { _ in
      String([dice.pick(surnames), dice.pick(given), dice.pick(given)])
    }
  }

  func person(_ number: Int) -> String { names[number % names.count] }
}
