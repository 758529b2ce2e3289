import Domain
import HTTP
import HTTPTypes
import Services
import Storage

/// What an account has to do: its tasks, the legs it answers for, what it is to check.
enum TaskEndpoints {
  static let list: [Endpoint] = [tasks, counts, legs, answered, verifications]

  // MARK: Tasks

  private static let task = Shape<TaskRows.Line>(
    "Task",
    [
      .init(choice: "kind") { $0.kind },
      .init(id: "problem_id") { $0.problem },
      .init("number") { $0.number },
      .init("track") { $0.track.rawValue },
      .init("title") { $0.title },
      .init("concerns") { $0.concerns },
      .init(choice: "state") { $0.state },
      .init("leg") { $0.leg },
      .init("milestone") { $0.milestone.map { Choice($0) } },
      .init("yellow_at") { $0.yellow },
      .init("due_at") { $0.due },
      .init("waits_since") { $0.due == nil ? $0.order : nil },
      .init("unit") { $0.unit },
      .init(choice: "outcome") { $0.outcome },
    ])

  private static let tasks = Endpoint.list(
    "/tasks", "listTasks", .problems,
    query: [
      .init("kind", .choice(Problem.Task.Kind.allCases.map(\.rawValue))),
      .init("urgency", .choice(TaskFilter.Urgency.allCases.map(\.rawValue))),
    ], task
  ) { call in
    let bench = try await ShowWorkbench(call.platform)(
      TaskFilter(kind: call.word("kind"), urgency: call.word("urgency")),
      after: call.cursor { TaskRows.Cursor($0) }, limit: call.limit, for: call.account)
    return Listed(bench.page.items, next: bench.page.next?.description)
  }

  /// None is counted further than is shown.
  private static let benchCounts = Shape<ShowWorkbench.Bench>(
    "TaskCounts",
    [
      .init("most") { _ in TaskCounts.limit },
      .init("kinds", .map(.integer())) { write($0.counts.kinds, &$1) },
      .init("urgencies", .map(.integer())) { write($0.counts.urgencies, &$1) },
      .init("drafts") { $0.draftCount },
    ])

  private static func write<Word: RawRepresentable<String>>(
    _ counts: [Word: Int], _ writer: inout JSONWriter
  ) {
    let sorted = counts.map { ($0.key.rawValue, $0.value) }.sorted { $0.0 < $1.0 }
    writer.object { writer in
      for (name, count) in sorted {
        writer.key(name)
        writer.int(Int64(count))
      }
    }
  }

  private static let counts = Endpoint.get(
    "/task-counts", "countTasks", .problems, benchCounts
  ) { call in
    Found(try await ShowWorkbench(call.platform)(limit: 1, for: call.account))
  }

  // MARK: Legs

  private static let leg = Shape<LegList.Line>(
    "LegLine",
    [
      .init(id: "problem_id") { $0.problem },
      .init("number") { $0.number },
      .init("title") { $0.title },
      .init("concerns") { $0.concerns },
      .init("detail") { $0.detail },
      .init(choice: "state") { $0.state },
      .init("leg") { $0.leg },
      .init(choice: "role") { $0.role },
      .init("unit") { $0.unit },
      .init("assigned_at") { $0.assignedAt },
      .init("answered_at") { $0.answeredAt },
      .init("milestone") { $0.milestone.map { Choice($0) } },
      .init("yellow_at") { $0.yellow },
      .init("due_at") { $0.due },
      .init(id: "order_id") { $0.order },
    ])

  private static let legs = Endpoint.list("/legs", "listLegs", .problems, leg) { call in
    let legs = try await ListLegs(call.platform)(
      after: call.cursor { TaskRows.Cursor($0) }, limit: call.limit, for: call.account)
    return Listed(legs.open.items, next: legs.open.next?.description)
  }

  /// The last ones.
  private static let answered = Endpoint.list(
    "/answered-legs", "listAnsweredLegs", .problems, isPaged: false, leg
  ) { call in
    Listed(try await ListLegs(call.platform)(limit: 1, for: call.account).answered)
  }

  // MARK: Verification

  /// One to be checked, with who may not.
  private struct Check: Sendable {
    let line: VerificationRows.Line
    /// Nil where the name was erased.
    let handlers: [String?]
    let hasActed: Bool
  }

  private static let check = Shape<Check>(
    "Verification",
    [
      .init(id: "problem_id") { $0.line.problem },
      .init("number") { $0.line.number },
      .init("title") { $0.line.title },
      .init("concerns") { $0.line.concerns },
      .init("unit") { $0.line.unitName },
      .init(choice: "outcome") { $0.line.outcome },
      .init("from") { $0.line.from },
      .init("handlers") { $0.handlers },
      .init("has_acted") { $0.hasActed },
    ])

  private static let verifications = Endpoint.list(
    "/verifications", "listVerifications", .problems,
    query: [.init("task", .choice(VerificationRows.Kind.allCases.map(\.rawValue)))], check
  ) { call in
    let list = try await ListVerification(call.platform)(
      call.word("task") ?? .verify, after: call.cursor { ProblemID($0) }, limit: call.limit,
      for: call.account)
    let checks = list.page.items.map { line in
      Check(
        line: line, handlers: line.handlers.map { list.actorNames[$0] },
        hasActed: line.handlers.contains(call.account.actor))
    }
    return Listed(checks, next: list.page.next?.description)
  }
}
