import Domain
import HTTP
import Services
import TestSupport
import Testing
import Web

/// The pages of a village's clerk: what concerns the village, in plain words.
@Suite struct AskerPageTests {
  @Test(arguments: Engine.available)
  func aVillagesProblems(engine: Engine) async throws {
    try await engine.withSample { platform in
      let clerk = try await platform.browser(.villageClerk, unit: "河湾村", username: "clerk")
      #expect(try await clerk.get("/").location == "/my")
      let made = try await clerk.post(
        "/problems",
        ["track": "village", "title": "机井又坏了", "concerns": "河湾村", "found_on": "2026-11-19"])
      #expect(made.status == 303)
      let list = try await clerk.get("/my")
      #expect(list.text.contains("机井又坏了") && list.text.contains("等活动办受理"))
      #expect(try await clerk.get("/my", language: "en").text.contains("waiting for the office"))
      // The page of the office leads to the one in plain words.
      let own = try await clerk.get(made.location).location
      #expect(own == made.location.replacing("/problems/", with: "/my/"))
      let page = try await clerk.get(own).text
      #expect(page.contains("活动办会看是否受理") && !page.contains("name=\"rating\""))
      let empty = try await clerk.post("\(own)/supplement", ["text": " "])
      #expect(empty.status == 422)
      let added = try await clerk.post("\(own)/supplement", ["text": "抽水泵也坏了"])
      #expect(added.status == 303)
      #expect(try await clerk.get(added.location).text.contains("抽水泵也坏了"))
      // Nobody else's village, and no rating from here.
      let stranger = try await platform.browser(.villageClerk, unit: "南沟村", username: "other")
      #expect(try await stranger.get(own).status == 404)
      #expect(try await stranger.get("/my").text.contains("还没有问题"))
      #expect(try await clerk.post("\(own)/rating", ["rating": "satisfied"]).status == 403)
      #expect(try await clerk.get("/my/contacts").status == 403)
      // Others have their own desk.
      let office = try await platform.browser(username: "office")
      #expect(try await office.get("/my").location == "/tasks")
    }
  }
}
