import Domain
import HTTP
import HTTPTypes
import Services
import Storage
import TestSupport
import Testing
import Web

@Suite struct AttachmentPageTests {
  /// 1 × 1, from the PNG specification's parts.
  private static let picture: [UInt8] = [
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0, 0, 0,
    1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 0x0A, 0x49, 0x44, 0x41, 0x54,
    0x78, 0x9C, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0x48, 0xAF, 0xA4, 0x71, 0, 0, 0, 0, 0x49, 0x45, 0x4E,
    0x44, 0xAE, 0x42, 0x60, 0x82,
  ]
  private static let note = Array("已派人查看现场。".utf8)

  private func problem(_ platform: TestPlatform, _ title: String = "路灯") async throws -> String {
    let office = try await platform.account(.office)
    let found = try await FindProblems(platform.platform)(title, for: office).found
    return Route.problem(String(found[0].id.value)).path
  }

  /// The address of the first attachment on a page.
  private func file(_ page: Browser.Page) throws -> String {
    let start = try #require(page.text.firstRange(of: "href=\"/attachments/"))
    return "/attachments/" + page.text[start.upperBound...].prefix { $0.isNumber }
  }

  @Test(arguments: Engine.available)
  func addedShownAndHandedOut(engine: Engine) async throws {
    try await engine.withSample { platform in
      let folder = ScratchFolder()
      let browser = try await platform.browser(files: folder.path)
      let path = try await problem(platform)
      let sent = try await browser.post(
        path + "/attachments", [],
        files: [
          .init(Self.picture, name: "C:\\fakepath\\桥.png", type: "text/html"),
          .init(Self.note, name: "说明.txt", type: "text/plain"),
        ])
      #expect(sent.status == 303 && sent.location == path + "#attachments")
      let page = try await browser.get(path)
      #expect(page.text.contains("桥.png") && page.text.contains("说明.txt"))
      #expect(page.text.contains("loading=\"lazy\"") && page.text.contains("张三"))
      let picture = try file(page)
      let shown = try await browser.get(picture + "?view=1")
      #expect(shown.headers[.contentType] == "image/png")
      #expect(shown.headers[.xContentTypeOptions] == "nosniff")
      #expect(shown.headers[.contentDisposition]?.hasPrefix("inline; ") == true)
      let saved = try await browser.get(picture)
      #expect(saved.headers[.contentDisposition]?.hasPrefix("attachment; ") == true)
      #expect(saved.headers[.contentDisposition]?.contains("UTF-8''%E6%A1%A5.png") == true)
      let again = try await browser.send(
        .get, picture, body: "", headers: [.ifNoneMatch: saved.headers[.eTag] ?? ""])
      #expect(again.status == 304)
    }
  }

  /// Pages and drawings are refused in words, whatever they are called; what else was sent is kept.
  @Test(
    arguments: Engine.available,
    [
      ("<!doctype html><script>alert(1)</script>", "photo.jpg"),
      ("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>", "photo.svg"),
      ("", "empty.jpg"),
    ])
  func noPagesAsPhotos(engine: Engine, file: (content: String, name: String)) async throws {
    try await engine.withSample { platform in
      let folder = ScratchFolder()
      let browser = try await platform.browser(files: folder.path)
      let path = try await problem(platform)
      let sent = try await browser.post(
        path + "/attachments", [],
        files: [
          .init(Array(file.content.utf8), name: file.name),
          .init(Self.picture, name: "good.png"),
        ])
      #expect(sent.status == 422)
      #expect(sent.text.contains(file.name + "："))
      #expect(sent.text.contains("good.png"))
      let page = try await browser.get(path)
      #expect(!page.text.contains(file.name) && page.text.contains("good.png"))
    }
  }

  /// With what is said of the work: files and words in one form, and what is typed is not lost.
  @Test(arguments: Engine.available)
  func withTheFeedback(engine: Engine) async throws {
    try await engine.withSample { platform in
      let folder = ScratchFolder()
      let path = try await problem(platform)
      let browser = try await platform.browser(files: folder.path)
      _ = try await browser.post(
        path + "/judge",
        [
          "category": "infrastructure", "difficulty": "general",
          "version": try await browser.get(path).hidden("version") ?? "",
        ])
      _ = try await browser.post(
        path + "/assign",
        [
          "unit": LoadSample.handlingUnit,
          "version": try await browser.get(path).hidden("version") ?? "",
        ])
      let page = try await browser.get(path + "?action=feedback")
      #expect(page.text.contains("enctype=\"multipart/form-data\""))
      let fields = [("leg", "1"), ("version", page.hidden("version") ?? ""), ("text", "电工已到场")]
      let refused = try await browser.post(
        path + "/feedback", fields, files: [.init(Array("<html>".utf8), name: "a.html")])
      #expect(refused.status == 422 && refused.text.contains("电工已到场"))
      #expect(refused.text.contains("a.html："))
      let taken = try await browser.post(
        path + "/feedback", fields, files: [.init(Self.picture, name: "现场.png")])
      #expect(taken.status == 303)
      let after = try await browser.get(path)
      #expect(after.text.contains("电工已到场") && after.text.contains("现场.png"))
    }
  }

  @Test(arguments: Engine.available)
  func takenBackWithAReason(engine: Engine) async throws {
    try await engine.withSample { platform in
      let folder = ScratchFolder()
      let browser = try await platform.browser(files: folder.path)
      let path = try await problem(platform)
      _ = try await browser.post(
        path + "/attachments", [], files: [.init(Self.picture, name: "a.png")])
      let address = try file(try await browser.get(path))
      let nothing = try await browser.post(address + "/withdrawal", ["reason": " "])
      #expect(nothing.text.contains("请写明原因"))
      let done = try await browser.post(address + "/withdrawal", ["reason": "拍错了"])
      #expect(done.status == 303 && done.location == path + "#attachments")
      let page = try await browser.get(path)
      #expect(page.text.contains("已撤下：拍错了") && !page.text.contains("loading=\"lazy\""))
    }
  }

  /// Somebody else's problem has no files for me, and none of mine goes there.
  @Test(arguments: Engine.available)
  func notBeyondWhatMayBeSeen(engine: Engine) async throws {
    try await engine.withSample { platform in
      let folder = ScratchFolder()
      let office = try await platform.browser(files: folder.path)
      let path = try await problem(platform)
      _ = try await office.post(
        path + "/attachments", [], files: [.init(Self.picture, name: "a.png")])
      let address = try file(try await office.get(path))
      let stranger = try await platform.browser(
        .handler, unit: LoadSample.handlingUnit, username: "wang.wu", files: folder.path)
      for status in [
        try await stranger.get(address).status,
        try await stranger.post(address + "/withdrawal", ["reason": "x"]).status,
        try await stranger.post(
          path + "/attachments", [], files: [.init(Self.note, name: "a.txt")]
        ).status,
        try await office.get("/attachments/1").status,
      ] {
        #expect(status == 404)
      }
      let forged = try await office.post(
        path + "/attachments", [(FormData.tokenField, "x")],
        files: [.init(Self.note, name: "a.txt")])
      #expect(forged.status == 403)
    }
  }
}
