import Domain
import Services
import Storage
import TestSupport
import Testing

/// Several people act at once on what they see.
@Suite struct RaceTests {
  private static let people: [Person] = [.office, .colleague, .director, .office, .colleague]

  enum Race: String, CaseIterable { case assign, merge, claim }

  /// Exactly one wins; the others learn what came between.
  @Test(arguments: Engine.available, Race.allCases)
  func oneWins(engine: Engine, race: Race) async throws {
    try await LoopDesk.run(on: engine) { desk in
      let other = try await desk.assigned().registration.number
      let problem = race == .claim ? try await desk.assigned() : try await desk.judged()
      let requests: [ActOnProblem.Request] = Self.people.indices.map { number in
        switch race {
        case .assign: desk.assignment(number % 2 == 0 ? .water : .roads)
        case .merge: .merge(into: other, text: "重复 \(number)")
        case .claim:
          .command(.claim(outcome: .solved, result: "好了 \(number)", evidence: "照片"))
        }
      }
      let kinds = try await Self.race(
        zip(requests, Self.people).map { ($0, problem, $1) }, desk)
      let between = [
        Race.assign: "assigned", .merge: "merged", .claim: "acknowledged claimed",
      ]
      #expect(kinds.sorted() == ([String](repeating: between[race]!, count: 4) + ["won"]).sorted())
      #expect(
        try await desk.load(problem.id).version == problem.version + (race == .claim ? 2 : 1))
    }
  }

  /// A into B while B goes into A: no deadlock, and one of them stays.
  @Test(arguments: Engine.available)
  func mergingEachIntoTheOther(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      for _ in 0..<10 {
        let (a, b) = (try await desk.register(.village), try await desk.register(.village))
        let results = try await Self.race(
          [
            (.merge(into: b.registration.number, text: "重复"), a, .office),
            (.merge(into: a.registration.number, text: "重复"), b, .colleague),
          ], desk)
        #expect(results.count { $0 == "won" } == 1)
        #expect(
          results.allSatisfy { ["won", "absorbed", "has_parts", "cannot_merge"].contains($0) })
        let after = [try await desk.load(a.id), try await desk.load(b.id)]
        #expect(after.map(\.state).count { $0 == .merged } == 1)
        #expect(after.map(\.absorbed.count).reduce(0, +) == 1)
      }
    }
  }

  /// What became of each: `won`, what came between, or why it was refused.
  private static func race(
    _ attempts: [(ActOnProblem.Request, Problem, Person)], _ desk: LoopDesk
  ) async throws -> [String] {
    try await withThrowingTaskGroup(of: String.self) { group in
      for (request, problem, person) in attempts {
        group.addTask {
          do {
            try await desk.act(request, on: problem.id, seen: problem.version, by: person)
            return "won"
          } catch UseCaseError.conflict(let steps) {
            return steps.map { String(ProblemEventCodec.kind(of: $0.event).dropFirst(8)) }
              .joined(separator: " ")
          } catch UseCaseError.refused(let reasons) {
            return reasons.map(\.rawValue).joined(separator: " ")
          }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }
}
