import Domain
import HTTP
import Services
import TestSupport
import Testing

/// Two counties with enterprises and those who could be in charge of them.
struct PairingWorld {
  let world: RegisterWorld
  let office: Browser

  var platform: Platform { world.platform.platform }

  /// - Parameter isEnough: whether the second county has an official of the enterprise track.
  init(_ test: TestPlatform, isEnough: Bool = true) async throws {
    world = try await RegisterWorld(test)
    if isEnough {
      try await test.importRows(
        .officials, "姓名,单位,轨道,手机号,级别,职务\n赵助企,示例市/白塔县/青龙镇,助企,13800000009,副科级,副镇长")
    }
    office = try await test.browser()
  }

  /// - Returns: the address of the plan.
  func plan(_ kind: String = "plan") async throws -> String {
    let page = try await office.post("/pairings/plans", ["track": "enterprise", "kind": kind])
    #expect(page.status == 303, "\(page.text.suffix(2000))")
    return page.location
  }

  func adopt(_ plan: String, on day: String = "2026-11-20") async throws {
    let page = try await office.post(plan + "/adoption", ["day": day])
    #expect(page.status == 303, "\(page.text)")
  }

  static func with(
    isEnough: Bool = true, _ body: (PairingWorld) async throws -> Void
  ) async throws {
    try await Engine.sqlite.withSample { test in
      try await body(try await PairingWorld(test, isEnough: isEnough))
    }
  }
}
