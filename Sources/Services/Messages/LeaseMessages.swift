import Domain
import Outgoing
import Storage

/// Takes the recipients to whom something is due, with what is due and where it goes.
struct LeaseMessages {
  let platform: Platform
  let now: Instant
  let connection: any Connection

  func callAsFunction() throws -> [MessageLetter] {
    // At night and on rest days only trials go, which somebody waits for.
    let isOpen = MessageRules.mayGo(at: now, try platform.calendar(in: connection))
    let lines = try MessageLines.lease(
      SendMessages.most, trials: !isOpen, now: now, in: connection)
    return try lines.map { line in
      let items = try MessageRows.due(
        line.channel, line.recipient, trials: !isOpen, now: now, in: connection)
      // What was only dropped takes none of a robot's pace.
      return MessageLetter(
        line: line, items: items, target: items.isEmpty ? .nowhere("") : try target(line))
    }
  }

  private func target(_ line: MessageLines.Line) throws -> MessageLetter.Target {
    switch line.channel {
    case .robot: try robot(line)
    case .mail:
      if let gateway = platform.gateways.mail {
        try address(line).flatMap { stored in
          stored.mail.map { .mail(gateway, to: $0, language: stored.language) }
        } ?? .nowhere("no_address")
      } else {
        .closed("not_configured")
      }
    case .sms:
      if let gateway = platform.gateways.sms {
        try address(line).flatMap { stored in
          stored.phone.map { .sms(gateway, phone: $0, language: stored.language) }
        } ?? .nowhere("no_address")
      } else {
        .closed("not_configured")
      }
    }
  }

  private func address(_ line: MessageLines.Line) throws -> MessageAddresses.Stored? {
    try MessageAddresses.find(AccountID(line.recipient), platform.vault, in: connection)
  }

  private func robot(_ line: MessageLines.Line) throws -> MessageLetter.Target {
    guard let robot = try RobotRows.find(RobotID(line.recipient), in: connection),
      let address = try robot.openAddress(platform.vault)
    else { return .nowhere("removed") }
    let next = RobotPace.next(after: line.freeAt, now: now)
    if next > now { return .later(next) }
    try MessageLines.take(
      line, freeAt: RobotPace.taken(line.freeAt, now: now), in: connection)
    return .robot(
      RobotRequest(
        kind: robot.kind, address: address, secret: try robot.openSecret(platform.vault)),
      language: robot.language)
  }
}
