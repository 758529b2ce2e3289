import Domain
import HTTP
import Services
import Storage
import TestSupport
import Testing
import Web

@Suite struct RegistrationPageTests {
  private static let photo = Array("一张照片的说明".utf8)
  private static let fields = [
    ("form_id", "one-sheet"), ("track", "village"), ("title", "小学门口没有斑马线"),
    ("concerns", "示例市/清河县/柳林镇/石桥村"),
  ]

  /// At most three things must be said, whoever registers.
  @Test(arguments: Engine.available)
  func threeRequiredFields(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.browser()
      let clerk = try await platform.browser(
        .villageClerk, unit: "示例市/清河县/柳林镇/石桥村", username: "li.si")
      for (browser, expected) in [(office, ["concerns", "title", "track"]), (clerk, ["title"])] {
        let page = try await browser.get("/problems/new").text
        let form = page[page.firstRange(of: "id=\"registration\"")!.lowerBound...]
        let required = Set(
          form.split(separator: "<input").filter { $0.prefix { $0 != ">" }.contains(" required") }
            .compactMap { input in
              input.firstRange(of: "name=\"").map {
                String(input[$0.upperBound...].prefix { $0 != "\"" })
              }
            })
        #expect(required.sorted() == expected)
        #expect(form.contains("value=\"2026-11-20\""))
      }
    }
  }

  /// Words and photos in one form; the same sheet sent twice is one problem with each photo once.
  @Test(arguments: Engine.available)
  func registeredOnceWithPhotos(engine: Engine) async throws {
    try await engine.withSample { platform in
      let folder = ScratchFolder()
      let browser = try await platform.browser(files: folder.path)
      let files = [Browser.File(Self.photo, name: "说明.txt", type: "text/plain")]
      let first = try await browser.post("/problems", Self.fields, files: files)
      let second = try await browser.post("/problems", Self.fields, files: files)
      #expect(first.status == 303 && first.location == second.location)
      let page = try await browser.get(first.location)
      #expect(page.text.contains("小学门口没有斑马线"))
      #expect(page.text.ranges(of: ">说明.txt<").count == 1)
    }
  }

  /// A photo that cannot be taken is said before there is a problem, and nothing typed is lost.
  @Test(arguments: Engine.available)
  func aRefusedPhoto(engine: Engine) async throws {
    try await engine.withSample { platform in
      let browser = try await platform.browser()
      let page = try await browser.post(
        "/problems", Self.fields, files: [.init(Array("<svg/>".utf8), name: "a.svg")])
      #expect(page.status == 422 && page.text.contains("a.svg："))
      #expect(page.text.contains("value=\"小学门口没有斑马线\"") && page.text.contains("one-sheet"))
      let found = try await browser.get(
        "/problems/similar?title=%E6%96%91%E9%A9%AC%E7%BA%BF%E6%B2%A1%E6%9C%89")
      #expect(!found.text.contains("<li"))
    }
  }

  /// Where a photo cannot be kept the problem is registered all the same, and its page says so.
  @Test(arguments: Engine.available)
  func aPhotoThatCannotBeKept(engine: Engine) async throws {
    try await engine.withSample { platform in
      let browser = try await platform.browser()
      let sent = try await browser.post(
        "/problems", Self.fields, files: [.init(Self.photo, name: "a.txt")])
      #expect(sent.status == 303 && sent.location.hasSuffix("?unsaved=1"))
      let page = try await browser.get(sent.location)
      #expect(page.text.contains("照片没有保存成功"))
    }
  }

  /// What is like it is shown while it is typed, with the category its words speak for.
  @Test(arguments: Engine.available)
  func whatIsLikeIt(engine: Engine) async throws {
    try await engine.withSample { platform in
      let browser = try await platform.browser()
      // 北坡村夜间没有路灯
      let title = "%E5%8C%97%E5%9D%A1%E6%9D%91%E5%A4%9C%E9%97%B4%E6%97%A0%E8%B7%AF%E7%81%AF"
      let page = try await browser.get("/problems/similar?track=village&title=" + title)
      #expect(page.text.contains("北坡村夜间无路灯，老人出行不便"))
      #expect(page.text.contains("基础设施") && page.text.contains("“路灯”"))
      #expect(!page.text.contains("<html"))
      let none = try await browser.get("/problems/similar?title=x")
      #expect(none.status == 200 && !none.text.contains("<li"))
      let handler = try await platform.browser(
        .handler, unit: LoadSample.handlingUnit, username: "wang.wu")
      let refused = try await handler.get("/problems/similar?title=" + title)
      #expect(refused.status == 403)
    }
  }

  /// Beside the form stands what was done with the like; one click takes it over.
  @Test(arguments: Engine.available)
  func takenOverFromThePast(engine: Engine) async throws {
    try await engine.withSample { platform in
      try await platform.importRows(
        .problems,
        """
        轨道,问题,涉及对象,发现日期,类别,承办单位,交办日期,办理期限,办结日期,销号日期,办理结果,评价,编号
        联乡帮村,东关村夜间无路灯,示例市/清河县/大寺乡/北坡村,2024-03-01,基础设施,示例市/清河县/清河县水利局,2024-03-03,2024-03-10,2024-03-08,2024-03-09,已解决,,
        """)
      let browser = try await platform.browser()
      let office = try await platform.account(.office)
      let found = try await FindProblems(platform.platform)("北坡村夜间", for: office).found
      let path = Route.problem(String(found[0].id.value)).path
      let judging = try await browser.get(path)
      #expect(judging.text.contains("东关村夜间无路灯") && judging.text.contains("用时 6 天"))
      #expect(judging.text.contains("因为提到“路灯”"))
      #expect(judging.text.contains("<option value=\"infrastructure\" selected>"))
      #expect(judging.text.contains("?action=judge&amp;category=infrastructure#actions"))
      _ = try await browser.post(
        path + "/judge",
        [
          "category": "infrastructure", "difficulty": "general",
          "version": judging.hidden("version") ?? "",
        ])
      let assigning = try await browser.get(path)
      let link = try #require(assigning.text.firstRange(of: path + "?action=assign&amp;unit="))
      let rest = assigning.text[link.upperBound...].prefix { $0 != "#" }
      let form = try await browser.get(path + "?action=assign&unit=" + rest)
      #expect(form.text.contains("value=\"示例市/清河县/清河县水利局\""))
    }
  }
}
