import Domain
import Foundation
import Services
import TestSupport
import Testing

/// Rules are data: what is wrong in a file is said with its place.
@Suite struct PairingRulesFileTests {
  private static let shipped =
    (try? String(
      contentsOfFile: TestPlatform.root + "/Resources/pairing-rules.json", encoding: .utf8)) ?? ""

  @Test func theShippedRulesAreTheCampaigns() throws {
    let rules = try PairingRulesFile.rules(Array(Self.shipped.utf8))
    #expect(rules.faults.isEmpty)
    func group(_ rank: OfficialRank, _ level: UnitLevel, _ track: Track) -> PairingRules.Group? {
      rules.group(rank, level, of: track == .village ? .village : .enterprise, in: track).map {
        rules.groups[$0]
      }
    }
    // DOMAIN.md 1.
    let bureau = group(.bureau, .city, .village)
    #expect(bureau?.townships == .init(min: 1, max: 1) && bureau?.villages == .init(min: 3, max: 3))
    #expect(bureau?.inLinkedTownship == true)
    #expect(group(.county, .city, .village)?.villages == .init(min: 1, max: 1))
    #expect(group(.county, .city, .village)?.townships == nil)
    #expect(group(.county, .county, .village)?.townships?.max == 1)
    #expect(group(.section, .county, .village)?.townships == nil)
    #expect(group(.section, .city, .enterprise)?.enterprises == .init(min: 1, max: 2))
    #expect(group(.bureau, .city, .enterprise)?.onlyKey == true)
    // The tracks exclude each other below bureau rank; leaders may serve in both.
    #expect(rules.group(.section, .county, of: .village, in: .enterprise) == nil)
    #expect(rules.group(.bureau, .city, of: .both, in: .enterprise) != nil)
    #expect(PairingKind.allCases.allSatisfy { rules.coverage($0) == 1 })
  }

  @Test(arguments: [
    ("\"max\": 2}, \"only_key\"", "\"max\": 0}, \"only_key\"", "leader"),
    ("\"code\": \"city_enterprise\"", "\"code\": \"leader\"", "leader"),
    (
      "\"townships\": {\"min\": 1, \"max\": 1}, \"villages\": {\"min\": 3",
      "\"villages\": {\"min\": 3",
      "townships"
    ),
    ("\"enterprise\": 1,", "\"firm\": 1,", "firm"),
    ("\"change\": 30", "\"change\": -1", "weights"),
    ("\"change\": 30", "\"change\": \"much\"", "change"),
    ("\"ranks\": [\"bureau\"]", "\"ranks\": [\"king\"]", "ranks"),
    ("\"version\": 1,", "", "version"),
  ])
  func whatIsWrongIsSaidWithItsPlace(change: (String, String, String)) throws {
    let (old, new, place) = change
    #expect(Self.shipped.contains(old))
    let text = Self.shipped.replacingOccurrences(of: old, with: new)
    do {
      _ = try PairingRulesFile.rules(Array(text.utf8))
      Issue.record("taken: \(new)")
    } catch PairingRefusal.rules(let fault) {
      #expect(fault.contains(place), "\(fault)")
    }
  }
}
