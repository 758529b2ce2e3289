import Cryptography
import Domain
import Services
import TestSupport
import Testing
import Web

extension TestPlatform {
  /// A browser whose owner has taken up an invitation; an administrator with the second factor set up.
  func browser(
    _ role: Role = .office, unit: String? = nil, official: OfficialID? = nil,
    enterprise: EnterpriseID? = nil, username: String = "zhang.san",
    files: String = "/dev/null/attachments"
  ) async throws -> Browser {
    let unitID = if let unit { try await FindUnit(platform)(unit) } else { UnitID?.none }
    let link = try await InviteAccount(platform)(
      name: "张三", role: role, unit: unitID, official: official, enterprise: enterprise,
      by: .system)
    let browser = try Browser(platform, files: files)
    let page = try await browser.post(
      Route.invitation(link.text).path,
      ["username": username, "password": "correct horse", "repeated": "correct horse"])
    #expect(page.status == 303)
    if role.isAdministrator {
      let token = SecretToken(text: browser.cookies["lianbang_session"] ?? "")
      let code = try EnrolSecondFactor(platform).offer(in: token).code(
        step: OneTimeCode.step(at: platform.now().milliseconds / 1000))
      #expect(try await browser.post("/account/second-factor", ["code": code]).status == 200)
    }
    return browser
  }
}
