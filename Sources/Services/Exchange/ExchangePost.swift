import Domain
import Storage

/// Writes what other instances are told of an event, in the event's own transaction.
struct ExchangePost {
  let platform: Platform
  let now: Instant
  let connection: any Connection

  init(_ platform: Platform, at now: Instant, in connection: any Connection) {
    (self.platform, self.now, self.connection) = (platform, now, connection)
  }

  /// Gives a handing up the number of its message.
  /// - Throws: `UseCaseError.refused(.unknownLink)` where no open link leads up to who is named.
  func numbered(_ event: ProblemEvent) throws -> ProblemEvent {
    guard case .referred(var referred) = event, referred.lane == .superior else { return event }
    guard let link = try LinkRows.find(name: referred.to.trimmed, in: connection)?.link,
      link.state == .open, link.role == .lower
    else { throw UseCaseError.refused([.unknownLink]) }
    referred.to = link.name
    referred.handing = .init(
      link: link.id, sequence: try ExchangeOutbox.next(link.id, in: connection))
    return .referred(referred)
  }

  /// - Parameters:
  ///   - before: the problem before what happened.
  ///   - isFromAbove: whether another instance's answer led to it.
  func post(
    _ event: ProblemEvent, _ problem: Problem, before: Problem, isFromAbove: Bool
  ) throws {
    switch event {
    case .referred(let referred):
      if let handing = referred.handing {
        try ExchangeOutbox.append(
          .handedUp(.init(problem, concerns: concern(of: problem), text: referred.text)),
          as: handing.sequence, to: handing.link, at: now, in: connection)
      }
    case .supplemented(let told):
      if let handing = problem.handing {
        try send(.supplemented(.init(handing: handing.sequence, problem, told.text)), handing.link)
      }
    case .referralAnswered(let told):
      if let handing = before.handing, !isFromAbove {
        try send(.takenBack(.init(handing: handing.sequence, problem, told.text)), handing.link)
      }
    default: break
    }
    try report(event, problem)
  }

  /// Tells whoever handed the problem up what happened to it.
  func report(_ event: ProblemEvent, _ problem: Problem) throws {
    guard let link = problem.registration.handing?.link else { return }
    let message = try event.report(on: problem) { unit in
      try UnitRows.find(unit, in: connection)?.unit.name
    }
    if let message { try send(message, link) }
  }

  /// What is written for a link that is no longer open would reach nobody.
  func send(_ message: ExchangeMessage, _ id: LinkID) throws {
    guard try LinkRows.find(id, in: connection)?.link.state == .open else { return }
    try ExchangeOutbox.append(
      message, as: ExchangeOutbox.next(id, in: connection), to: id, at: now, in: connection)
  }

  private func concern(of problem: Problem) throws -> ExchangeMessage.Concern {
    let registration = problem.registration
    var concern = ExchangeMessage.Concern(name: registration.concerns)
    if let enterprise = registration.concernsEnterprise {
      let known = try EnterpriseRows.find(enterprise, in: connection)?.enterprise
      concern.name = known?.name ?? concern.name
      concern.creditCode = known?.code.flatMap { $0.isEmpty ? nil : $0 }
    }
    if let place = registration.concernsUnit,
      let present = try UnitRows.present(place, in: connection)
    {
      concern.divisionCode = present.unit.divisionCode?.text
    }
    return concern
  }
}
