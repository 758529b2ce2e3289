import Domain
import Storage

/// The enterprise proposes another day, declines, or takes back what it asked for.
package struct AnswerVisit: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package enum Request: Sendable {
    case propose(VisitDraft, String)
    case decline(String)
    case withdraw
  }

  /// - Throws: `UseCaseError.forbidden`, `.notFound`, `Visit.Refused`
  package func callAsFunction(
    _ request: Request, on id: VisitID, by account: Account
  ) async throws {
    try await VisitWork.run(platform, by: account) { work in
      let own = try VisitScope.own(account, in: work.connection).id
      guard let stored = try VisitRows.find(id, in: work.connection),
        stored.visit.enterprise == own
      else { throw UseCaseError.notFound }
      let command: VisitCommand =
        switch request {
        case .propose(let draft, let text): .propose(try ActOnVisit.date(draft), text)
        case .decline(let text): .decline(text)
        case .withdraw: .withdraw
        }
      try work.apply(command, to: stored)
    }
  }
}

/// The enterprise asks for a visit 有求必应: neither ceiling nor its own wish for quiet stands in the way.
package struct AskForVisit: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.forbidden`, `Visit.Refused`
  @discardableResult
  package func callAsFunction(_ draft: VisitDraft, by account: Account) async throws -> VisitID {
    try await VisitWork.run(platform, by: account) { work in
      let own = try VisitScope.own(account, in: work.connection).id
      let surroundings = try work.surroundings(of: own, on: nil)
      return try work.add(draft.visit(to: own, by: nil, isAsked: true, in: surroundings)).id
    }
  }
}

/// The enterprise asks to be left alone 免打扰 until a day, or says that visits are welcome again.
package struct AskToBeLeftAlone: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.forbidden`, `Visit.Refused`
  package func callAsFunction(
    until day: String, note: String, by account: Account
  ) async throws {
    try await change(by: account) { current, own, work in
      let wish = try Quiet.wish(
        of: own, until: Day(day.trimmed), note: note, over: current?.quiet, today: work.now.day,
        work.platform.visitRules)
      if let current {
        try QuietRows.change(
          current, to: wish, at: work.now, by: account.actor, in: work.connection)
      } else {
        try QuietRows.add(wish, at: work.now, by: account.actor, in: work.connection)
      }
    }
  }

  /// - Throws: `UseCaseError.forbidden`
  package func end(by account: Account) async throws {
    try await change(by: account) { current, _, work in
      guard let current else { return }
      try QuietRows.change(
        current, to: current.quiet.ended(on: work.now.day), at: work.now, by: account.actor,
        in: work.connection)
    }
  }

  private func change(
    by account: Account,
    _ body: @escaping @Sendable (QuietRows.Stored?, EnterpriseID, VisitWork) throws -> Void
  ) async throws {
    try await VisitWork.run(platform, by: account) { work in
      let own = try VisitScope.own(account, in: work.connection).id
      let current = try QuietRows.current(of: own, on: work.now.day, in: work.connection)
      try body(current, own, work)
    }
  }
}
