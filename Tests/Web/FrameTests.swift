import Domain
import Foundation
import TestSupport
import Testing
import Web

/// The frame of every page: its links and its languages.
@Suite struct FrameTests {
  private static let people: [(Role, unit: String?)] = [
    (.office, nil), (.director, nil), (.leader, nil), (.countyOffice, "清河县"),
    (.handler, "清河县水利局"), (.villageClerk, "河湾村"),
  ]

  private func links(_ page: Browser.Page) -> [String] {
    let start = page.text.range(of: "<nav aria-label=")!.upperBound
    let end = page.text.range(of: "</nav>")!.lowerBound
    return page.text[start..<end].matches(of: #/href="([^"]+)"/#).map { String($0.1) }
  }

  /// A link in the frame is a page that opens: nobody is shown the way to what they may not see.
  @Test(arguments: people.indices) func everyLinkOpens(person: Int) async throws {
    let (role, unit) = Self.people[person]
    try await Engine.sqlite.withSample { platform in
      let browser = try await platform.browser(role, unit: unit)
      let found = links(try await browser.get(Route.styleguide.path))
      // Who asks has a list in plain words instead of a desk.
      #expect(found.contains(role == .villageClerk ? Route.own.path : Route.tasks.path))
      for link in found {
        #expect(try await browser.get(link).status == 200, "\(role): \(link)")
      }
      #expect(found.contains(Route.newProblem.path) == role.may(.registerProblems))
    }
  }

  /// Of several links that lead towards a page the nearest is the current one.
  @Test(arguments: [(Route.newProblem.path, "登记问题"), (Route.problems.path, "问题台账")])
  func theNearestLinkIsCurrent(path: String, name: String) async throws {
    try await Engine.sqlite.withSample { platform in
      let page = try await platform.browser().get(path).text
      let bar = page[page.range(of: "<ul class=\"first\">")!.upperBound...].prefix { $0 != "\n" }
      #expect(bar.contains("aria-current=\"page\">\(name)</a>"))
      #expect(bar.matches(of: #/aria-current/#).count == 1)
    }
  }

  @Test func strangersAreShownTheStyleGuideInBothLanguages() async throws {
    try await Engine.sqlite.withSample { platform in
      let browser = try Browser(platform.platform)
      for language in ["zh", "en"] {
        let page = try await browser.get(Route.styleguide.path, language: language)
        #expect(page.status == 200 && !page.text.contains("styleguide."))
        #expect(!page.text.contains("<nav aria-label=\"主导航\">"))
      }
    }
  }
}
