import Domain
import HTTP
import HTTPTypes
import Services
import TestSupport
import Testing
import Web

/// Every edge of the transition table with every role, over HTTP.
@Suite struct ActionRightsTests {
  /// What the table denies is 403, whatever the state; what it allows is not refused for the role.
  @Test func everyActionWithEveryRole() async throws {
    try await Engine.sqlite.withSample { test in
      let world = try await RightsWorld(test)
      for action in ProblemAction.allCases where action.hasForm {
        for (role, _) in world.accounts {
          let problem = role == .enterprise ? world.ofEnterprise : world.problem
          let page = try await world.ask(
            .post, "/problems/\(problem.value)/\(action.rawValue)", as: role, ["version": "0"])
          let case_ = "\(action) as \(role)"
          if role.may(.act(action)) {
            // Nothing was filled in, or somebody was quicker: never done by this.
            #expect([403, 409, 422].contains(page.status), "\(case_): \(page.status)")
          } else {
            #expect(page.status == 403, "\(case_): \(page.status)")
          }
        }
      }
      #expect(try await world.version(of: world.problem) == "4")
    }
  }
}
