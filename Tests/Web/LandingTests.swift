import Domain
import HTTP
import Services
import Storage
import TestSupport
import Testing
import Web

/// Where people come to after signing in.
@Suite struct LandingTests {
  private static let starts: [Role: String] = [
    .systemAdministrator: "/accounts", .securityAdministrator: "/grants",
    .auditAdministrator: "/audit", .enterprise: "/my", .villageClerk: "/my",
  ]

  private func browser(_ role: Role, _ platform: TestPlatform) async throws -> Browser {
    let unit: String? =
      switch role {
      case .countyOffice: "示例市/清河县"
      case .handler: LoadSample.handlingUnit
      case .villageClerk: "河湾村"
      default: nil
      }
    let official = role == .official ? try await platform.official() : nil
    let enterprise = role == .enterprise ? try await platform.enterprise() : nil
    return try await platform.browser(
      role, unit: unit, official: official, enterprise: enterprise)
  }

  /// Where a browser stands after its redirects.
  private func follow(_ page: Browser.Page, _ browser: Browser) async throws -> (String, Int) {
    var (page, path) = (page, "")
    for _ in 1...5 where page.status == 303 {
      path = page.location
      page = try await browser.get(path)
    }
    return (path, page.status)
  }

  /// Nobody is shown a page that is not for them, whatever page led them to sign in.
  @Test(arguments: Role.allCases) func everyRoleComesToAPageOfItsOwn(role: Role) async throws {
    try await Engine.sqlite.withSample { platform in
      let browser = try await browser(role, platform)
      let start = Self.starts[role] ?? "/tasks"
      let home = try await follow(browser.get("/"), browser)
      #expect(home == (start, 200))
      // An error's page leads back there.
      #expect(try await browser.get("/nowhere").text.contains("class=\"button\" href=\"/\""))
      if role.isAdministrator { return }
      for next in ["", "/", "/tasks", "/accounts", "/audit", "/my/contacts", "/nowhere"] {
        let again = try Browser(platform.platform)
        let landed = try await follow(
          again.post(
            "/sign-in",
            ["username": "zhang.san", "password": "correct horse", "next": next]), again)
        #expect(landed.1 == 200, "\(next): \(landed)")
        if next.isEmpty || next == "/nowhere" { #expect(landed.0 == start) }
      }
    }
  }

  /// A page that is for them is where they go on.
  @Test(arguments: [("/problems/new", "/problems/new"), ("/audit", "/tasks")])
  func signingInGoesOn(next: String, page: String) async throws {
    try await Engine.sqlite.withSample { platform in
      _ = try await platform.browser()
      let browser = try Browser(platform.platform)
      let landed = try await follow(
        browser.post(
          "/sign-in", ["username": "zhang.san", "password": "correct horse", "next": next]),
        browser)
      #expect(landed == (page, 200))
    }
  }
}
