import Domain
import Testing

/// What a program may not do that its maker may.
@Suite struct ServiceAccountTests {
  private func service(_ role: Role) -> Account {
    Account(
      id: AccountID(2), username: "", name: "系统", role: role, unit: nil, maker: AccountID(1))
  }

  private static let makers = Role.allCases.filter { $0.may(.manageServiceAccounts) }

  @Test func whoMayMakeThem() {
    #expect(Set(Self.makers) == [.office, .director, .countyOffice, .handler])
    // Their seat is a role and a unit, nothing else.
    #expect(!Self.makers.contains { $0.link == .official || $0.link == .enterprise })
  }

  /// Never more than the maker, and never what only a person may do.
  @Test(arguments: makers)
  func lessThanTheMaker(role: Role) {
    let service = service(role)
    for right in Right.allCases where service.may(right) {
      #expect(service.reach(of: right) == role.reach(of: right), "\(right)")
    }
    let personal: [Right] =
      [
        .direct, .rate, .lookBack, .approveAccountability, .seePersonalData, .manageAccounts,
        .grantRights, .readAudit, .manageWebhooks, .manageServiceAccounts,
      ]
      + [
        ProblemAction.verify, .returnVisit, .lookBack, .ruleObjection, .decideExtension,
        .decidePlan, .close, .reopen, .shelve, .reviewShelving, .unshelve, .proposeAccountability,
      ].map(Right.act)
    for right in personal { #expect(!service.may(right), "\(right)") }
    #expect(!service.problemActions.contains(.verify))
    #expect(service.may(.seeProblems))
  }

  /// A unit's own program reports what the unit did; the office's does not act for a unit.
  @Test func handling() {
    #expect(ProblemAction.handling.isSubset(of: service(.handler).problemActions))
    for role in Self.makers where role != .handler {
      #expect(ProblemAction.handling.isDisjoint(with: service(role).problemActions), "\(role)")
      #expect(service(role).may(.act(.judge)) && service(role).may(.act(.assign)), "\(role)")
    }
  }

  @Test func aPersonKeepsAll() {
    let office = Account(id: AccountID(1), username: "a", name: "甲", role: .office, unit: nil)
    #expect(!office.isService)
    #expect(office.problemActions == Role.office.problemActions)
    #expect(Right.allCases.allSatisfy { office.reach(of: $0) == Role.office.reach(of: $0) })
  }
}
