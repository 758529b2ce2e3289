import Domain
import Outgoing
import Storage

/// The robots of groups, kept by the city's office and the counties' for themselves.
package struct KeepRobots: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// A robot as its office sees it.
  package struct Shown: Sendable {
    package let robot: RobotRows.Stored
    /// Host and last characters; the rest is a key.
    package let address: String
    /// What was wrong with the last try; a code.
    package let fault: String?
  }

  /// What is filled in on the page.
  package struct Form: Sendable {
    package var name = ""
    package var kind = Robot.Kind.wecom
    package var address = ""
    package var secret = ""
    package var kinds: [Notice.Kind] = []

    package init() {}
  }

  /// - Throws: `UseCaseError.forbidden`
  package func list(by account: Account) async throws -> [Shown] {
    let (vault, office) = (platform.vault, try MessageScope.office(of: account))
    return try await platform.database.read { connection in
      try RobotRows.list(of: office.unit, in: connection).map { robot in
        Shown(
          robot: robot, address: Self.masked(try robot.openAddress(vault) ?? ""),
          fault: try MessageLines.fault(.robot, robot.id.value, in: connection))
      }
    }
  }

  /// - Throws: `Robot.Fault`, `UseCaseError.forbidden`, `KeyRing.Fault`
  @discardableResult
  package func make(_ form: Form, language: String, by account: Account) async throws -> RobotID {
    let office = try MessageScope.office(of: account)
    let new = try checked(form, office, language)
    let (vault, now) = (platform.vault, platform.now())
    return try await platform.database.write { connection in
      guard try RobotRows.list(of: office.unit, in: connection).count < Robot.most else {
        throw Robot.Fault.tooMany
      }
      return try RobotRows.add(new, at: now, by: account.actor, vault, in: connection)
    }
  }

  private func checked(
    _ form: Form, _ office: MessageScope.Office, _ language: String
  ) throws(Robot.Fault) -> RobotRows.New {
    let name = form.name.trimmed
    guard !name.isEmpty, name.count <= 40 else { throw .noName }
    let rules = platform.addressRules
    // Without TLS only to hosts that the operator named.
    guard let address = try? OutgoingAddress(form.address),
      address.isEncrypted || rules.allowsPrivate || rules.names(address.host),
      IPAddress(address.host).map({ rules.permits($0, of: address.host) }) ?? true
    else { throw .badAddress }
    guard form.kind != .dingtalk || !form.secret.isEmpty else { throw .noSecret }
    let kinds = Robot.kinds.filter { form.kinds.contains($0) }
    guard !kinds.isEmpty else { throw .noKinds }
    return RobotRows.New(
      name: name, kind: form.kind, unit: office.unit, address: form.address,
      secret: form.kind == .dingtalk ? form.secret : nil, kinds: kinds, language: language)
  }

  /// What is done to one that is there.
  package enum Step: String, Sendable, CaseIterable {
    case trial, pause, resume, remove
  }

  /// - Throws: `UseCaseError.notFound` for another office's, `UseCaseError.forbidden`
  package func callAsFunction(_ step: Step, _ id: RobotID, by account: Account) async throws {
    let now = platform.now()
    try await change(id, by: account) { robot, connection in
      switch step {
      case .trial:
        try MessageRows.addTrial(.robot, to: .robot(id), now: now, in: connection)
      case .pause where robot.state == .active:
        try RobotRows.pause(robot, reason: nil, at: now, by: account.actor, in: connection)
        try MessageRows.drop(.robot, id.value, fault: nil, now: now, in: connection)
      case .resume where robot.state == .paused:
        try RobotRows.resume(robot, at: now, by: account.actor, in: connection)
        try MessageLines.clear(.robot, id.value, in: connection)
      case .remove:
        try RobotRows.remove(robot, at: now, by: account.actor, in: connection)
        try MessageRows.drop(.robot, id.value, fault: nil, now: now, in: connection)
      case .pause, .resume: break
      }
    }
  }

  /// - Throws: `Robot.Fault.noKinds`, `UseCaseError.notFound`, `UseCaseError.forbidden`
  package func choose(
    _ kinds: [Notice.Kind], for id: RobotID, by account: Account
  ) async throws {
    let now = platform.now()
    let chosen = Robot.kinds.filter { kinds.contains($0) }
    if chosen.isEmpty { throw Robot.Fault.noKinds }
    try await change(id, by: account) { robot, connection in
      try RobotRows.choose(chosen, of: robot, at: now, by: account.actor, in: connection)
    }
  }

  private func change(
    _ id: RobotID, by account: Account,
    _ body: @escaping @Sendable (RobotRows.Stored, any Connection) throws -> Void
  ) async throws {
    let office = try MessageScope.office(of: account)
    try await platform.database.write { connection in
      guard let robot = try RobotRows.find(id, in: connection),
        office.unit == nil || robot.unit == office.unit
      else { throw UseCaseError.notFound }
      try body(robot, connection)
    }
  }

  /// `qyapi.weixin.qq.com/…1f8c`
  static func masked(_ address: String) -> String {
    let host = (try? OutgoingAddress(address).host) ?? ""
    return "\(host)/…\(address.suffix(4))"
  }
}

/// Whose robots and outbox an account may see.
enum MessageScope {
  struct Office: Sendable {
    /// The county; nil for the city's, which has all.
    let unit: UnitID?
  }

  /// - Throws: `UseCaseError.forbidden`
  static func office(of account: Account) throws -> Office {
    switch account.reach(of: .manageMessages) {
    case .all: return Office(unit: nil)
    case .subtree:
      guard let unit = account.unit else { throw UseCaseError.forbidden }
      return Office(unit: unit)
    case .unit, .own, nil: throw UseCaseError.forbidden
    }
  }
}
