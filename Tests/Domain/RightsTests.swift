import Domain
import Testing

@Suite struct RightsTests {
  /// 三员分立: the three administrators share no right and see nothing of the campaign.
  @Test func administratorsAreKeptApart() {
    let administrators = Role.allCases.filter(\.isAdministrator)
    #expect(administrators.count == 3)
    let business = Right.allCases.filter {
      ![.manageAccounts, .grantRights, .readAudit, .seeUnits, .overseeWebhooks, .manageLinks]
        .contains($0)
    }
    for role in administrators {
      #expect(!business.contains { role.may($0) }, "\(role)")
      for other in administrators where other != role {
        #expect(!Right.allCases.contains { role.may($0) && other.may($0) }, "\(role) \(other)")
      }
    }
    #expect(
      Role.allCases.filter { $0.may(.grantRights) } == [.securityAdministrator])
    #expect(Role.allCases.filter { $0.may(.manageAccounts) } == [.systemAdministrator])
    #expect(Role.allCases.filter { $0.may(.readAudit) } == [.auditAdministrator])
  }

  @Test(arguments: [
    (Role.office, Right.act(.judge), Reach.all), (.countyOffice, .act(.judge), .subtree),
    (.handler, .act(.claim), .unit), (.official, .act(.answer), .own),
    (.enterprise, .registerProblems, .own), (.villageClerk, .registerProblems, .unit),
    (.leader, .seeProblems, .subtree), (.director, .approveAccountability, .all),
  ])
  func reaches(_ role: Role, _ right: Right, _ reach: Reach) {
    #expect(role.reach(of: right) == reach)
  }

  @Test(arguments: [
    (Role.handler, Right.act(.verify)), (.handler, .seeRatings), (.official, .act(.assign)),
    (.office, .direct), (.countyOffice, .approveAccountability), (.enterprise, .seeHandling),
    (.villageClerk, .seeRatings), (.leader, .act(.close)), (.leader, .seePersonalData),
    (.enterprise, .seeRegisters),
  ])
  func isNot(_ role: Role, _ right: Right) {
    #expect(!role.may(right))
  }

  /// Every edge of the transition table that people walk is somebody's.
  @Test func everyEdgeIsSomebodys() {
    for case .act(let action) in Right.allCases {
      #expect(Role.allCases.contains { $0.may(.act(action)) }, "\(action)")
    }
  }

  @Test func namesAreUnique() {
    #expect(Set(Right.allCases.map(\.name)).count == Right.allCases.count)
  }
}
