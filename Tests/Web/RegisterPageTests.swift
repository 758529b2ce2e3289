import Domain
import HTTP
import HTTPTypes
import Services
import TestSupport
import Testing
import Web

@Suite struct RegisterPageTests {
  private func with(
    _ body: (RegisterWorld, Browser) async throws -> Void
  ) async throws {
    try await Engine.sqlite.withSample { platform in
      let world = try await RegisterWorld(platform)
      try await body(world, try await platform.browser())
    }
  }

  @Test func listsAreNarrowedByTheirAddress() async throws {
    try await with { _, office in
      for (path, has, hasNot) in [
        ("/officials", ["张三丰", "李四", "138****0001", "局长"], ["13800000001"]),
        ("/officials?rank=county", ["李四"], ["张三丰"]),
        ("/officials?q=%E5%BC%A0%E4%B8%89", ["张三丰"], ["李四"]),
        ("/officials?unit=%E7%99%BD%E5%A1%94%E5%8E%BF", ["王小五"], ["张三丰"]),
        ("/officials?status=left", ["没有符合条件的"], ["张三丰"]),
        ("/enterprises", ["清河面粉有限公司", "柳林机械厂", "重点企业"], []),
        ("/enterprises?industry=C34", ["柳林机械厂"], ["白塔陶瓷厂</a>"]),
        ("/enterprises?key=1", ["清河面粉有限公司"], ["柳林机械厂</a>"]),
        ("/enterprises?white_list=city", ["清河面粉有限公司"], ["柳林机械厂</a>"]),
        ("/villages?level=township", ["柳林镇", "青龙镇"], ["河湾村</a>"]),
        ("/villages?q=%E6%B2%B3%E6%B9%BE", ["河湾村", "1200"], ["北坡村"]),
      ] as [(String, [String], [String])] {
        let page = try await office.get(path)
        #expect(page.status == 200, "\(path)")
        for text in has { #expect(page.text.contains(text), "\(path): \(text)") }
        for text in hasNot { #expect(!page.text.contains(text), "\(path): \(text)") }
        #expect(!page.text.contains(">false<"), "\(path)")
        #expect(try await office.get(path, language: "en").status == 200)
      }
      let unknown = try await office.get("/officials?unit=nowhere")
      #expect(unknown.status == 200 && unknown.text.contains("“nowhere”"))
      for path in [
        "/officials?rank=king", "/officials?after=x", "/enterprises?industry=Z",
        "/villages?level=moon", "/enterprises?q=%ff",
      ] {
        #expect(try await office.get(path).status == 400, "\(path)")
      }
    }
  }

  /// Masked, then in full by a form of one's own, once.
  @Test func personalDataInFullOnce() async throws {
    try await with { world, office in
      let official = "/officials/\(try await world.official("张三丰"))"
      let enterprise = "/enterprises/\(try await world.enterprise("清河面粉有限公司"))"
      let village = "/units/\(try await FindUnit(world.platform.platform)("河湾村"))"
      for (path, secret) in [
        (official, RegisterWorld.phone), (enterprise, "13900000001"), (village, "13700000001"),
      ] {
        let page = try await office.get(path)
        #expect(page.status == 200 && !page.text.contains(secret), "\(path)")
        #expect(page.text.contains("\(path)/in-full"), "\(path)")
        #expect(try await office.get("\(path)/in-full").status == 404)
        #expect(try await office.post("\(path)/in-full", ["form_token": "x"]).status == 403)
        let full = try await office.post("\(path)/in-full", [:])
        #expect(full.status == 200 && full.text.contains(secret), "\(path)")
        #expect(full.text.contains("已记入台账链"), "\(path)")
        #expect(try await !office.get(path).text.contains(secret), "\(path)")
      }
      #expect(try await world.disclosures().count == 3)
      let leader = try await world.platform.browser(.leader, username: "wang.wu")
      let page = try await leader.get(official)
      #expect(page.status == 200 && !page.text.contains("in-full"))
      #expect(try await leader.post("\(official)/in-full", [:]).status == 403)
      #expect(try await world.disclosures().count == 3)
    }
  }

  @Test func theirOwnCountyOnly() async throws {
    try await with { world, _ in
      let county = try await world.platform.browser(
        .countyOffice, unit: "示例市/清河县", username: "xian.ban")
      let handler = try await world.platform.browser(
        .handler, unit: "清河县水利局", username: "li.si")
      let own = try await world.enterprise("柳林机械厂")
      let other = try await world.enterprise("白塔陶瓷厂")
      let stranger = try await world.official("王小五")
      #expect(try await county.get("/enterprises/\(own)").status == 200)
      for path in ["/enterprises/\(other)", "/officials/\(stranger)"] {
        #expect(try await county.get(path).status == 404, "\(path)")
        #expect(try await county.post("\(path)/in-full", [:]).status == 404, "\(path)")
      }
      #expect(try await !county.get("/enterprises").text.contains("白塔陶瓷厂"))
      let merge = "/enterprises/merge?gone=\(other)&kept=\(own)"
      #expect(try await county.get(merge).status == 404)
      for path in ["/enterprises", "/officials", "/villages", "/imports", "/enterprises/\(own)"] {
        #expect(try await handler.get(path).status == 403, "\(path)")
      }
      #expect(try await handler.get("/units/\(world.counties[1])").status == 200)
      #expect(try await county.get("/units/\(world.counties[0])/reorganisation").status == 403)
    }
  }

  /// A unit's page tells what it is, what is below it, who works there, and what it was.
  @Test func aUnitsPage() async throws {
    try await with { world, office in
      let platform = world.platform.platform
      let town = try await FindUnit(platform)("清河县/大寺乡")
      let bureau = try await FindUnit(platform)("清河县水利局")
      #expect(try await office.get("/units/\(bureau)").text.contains("张三丰"))
      let county = try await office.get("/units/\(world.counties[0])").text
      #expect(county.contains("大寺乡") && county.contains("清河县水利局"))
      world.platform.advance(days: 1)
      _ = try await office.post(
        "/sign-in", ["username": "zhang.san", "password": "correct horse"])
      let form = "/units/\(town)/reorganisation"
      #expect(try await office.get(form).text.contains("更名"))
      let preview = try await office.get(
        "\(form)?change=rename&preview=1&name=%E5%A4%A7%E5%AF%BA%E9%95%87")
      #expect(preview.text.contains("→ 大寺镇") && preview.text.contains("form_token"))
      let same = try await office.get(
        "\(form)?change=rename&preview=1&name=%E5%A4%A7%E5%AF%BA%E4%B9%A1")
      #expect(same.text.contains("没有变化"))
      #expect(
        try await office.get("\(form)?change=move&preview=1&other=nowhere").text.contains(
          "没有这样的单位"))
      let wrong = try await office.post(form, ["change": "rename", "name": "大寺/镇"])
      #expect(wrong.status == 409 && wrong.text.contains("大寺/镇"))
      let done = try await office.post(form, ["change": "rename", "name": "大寺镇"])
      #expect(done.status == 303 && done.location == "/units/\(town)")
      let page = try await office.get("/units/\(town)").text
      #expect(page.contains("大寺乡 → 大寺镇") && page.contains("张三"))
      let past = try await office.get("/units/\(town)?on=2026-11-20").text
      #expect(past.contains("<h1>大寺乡</h1>") && past.contains("大寺村"))
      #expect(try await office.get("/units/\(town)?on=1999-01-01").text.contains("那一天"))
      #expect(try await office.get("/units/\(town)?on=nonsense").text.contains("不是日期"))
    }
  }

  @Test func duplicatesAreReviewedAndMerged() async throws {
    try await with { world, office in
      try await world.platform.importRows(
        .enterprises, "企业名称,县区\n柳林机械工厂,清河县")
      let (gone, kept) = (
        try await world.enterprise("柳林机械工厂"), try await world.enterprise("柳林机械厂")
      )
      let list = try await office.get("/enterprises/duplicates")
      #expect(list.text.contains("柳林机械工厂") && list.text.contains("柳林机械厂"))
      let address = "/enterprises/merge?gone=\(gone)&kept=\(kept)"
      #expect(try await office.get(address).text.contains("柳林机械工厂"))
      #expect(
        try await office.get("/enterprises/merge?gone=\(kept)&kept=\(kept)").text.contains(
          "不能并入自己"))
      let done = try await office.post(
        "/enterprises/merge", ["gone": "\(gone)", "kept": "\(kept)"])
      #expect(done.status == 303 && done.location == "/enterprises/\(kept)")
      #expect(try await office.get("/enterprises/\(kept)").text.contains("曾用名"))
      #expect(try await office.get("/enterprises/\(gone)").text.contains("/enterprises/\(kept)"))
      let again = try await office.post(
        "/enterprises/merge", ["gone": "\(gone)", "kept": "\(kept)"])
      #expect(again.status == 409)
    }
  }

  /// Every export is in the ledger, and is a file with a name of its own.
  @Test func exports() async throws {
    try await with { world, office in
      let masked = try await office.post("/exports/officials", [:])
      #expect(masked.status == 200 && masked.text.hasPrefix("PK"))
      let disposition = masked.headers[.contentDisposition] ?? ""
      #expect(
        disposition.hasPrefix("attachment; filename=\"") && disposition.contains("UTF-8''%E5"))
      #expect(!disposition.contains("\n") && disposition.contains("2026-11-20.xlsx"))
      #expect(try await office.post("/exports/enterprises", ["in_full": "1"]).status == 200)
      #expect(
        try await world.disclosures().map { $0.split(separator: " ")[2] } == [
          #"{"content":"masked","register":"officials","rows":3}"#,
          #"{"content":"full","register":"enterprises","rows":3}"#,
        ])
      #expect(try await office.post("/exports/secrets", [:]).status == 404)
      let handler = try await world.platform.browser(
        .handler, unit: "清河县水利局", username: "li.si")
      #expect(try await handler.post("/exports/officials", [:]).status == 403)
      #expect(try await world.disclosures().count == 2)
    }
  }

  // MARK: Imports

  private func upload(
    _ browser: Browser, _ kind: String, _ text: String, token: String? = nil
  ) async throws -> Browser.Page {
    let known = try await browser.get("/imports").hidden(FormData.tokenField) ?? ""
    let boundary = "----lianbang"
    var body = ""
    for (name, value) in [(FormData.tokenField, token ?? known), ("kind", kind), ("on", "")] {
      body +=
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }
    body +=
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"名单.csv\"\r\n"
    body += "Content-Type: text/csv\r\n\r\n\(text)\r\n--\(boundary)--\r\n"
    return try await browser.send(
      .post, "/imports", body: body,
      headers: [.contentType: "multipart/form-data; boundary=\(boundary)"])
  }

  private func result(_ browser: Browser, _ path: String) async throws -> Browser.Page {
    for _ in 0..<600 {
      let page = try await browser.get(path)
      if !page.text.contains("every 1s") { return page }
      try await Task.sleep(for: .milliseconds(50))
    }
    return try await browser.get(path)
  }

  @Test func anImportOnScreen() async throws {
    try await with { world, office in
      let form = try await office.get("/imports?kind=enterprises")
      #expect(
        form.text.contains("multipart/form-data")
          && form.text.contains("value=\"enterprises\" required checked"))
      let started = try await upload(office, "enterprises", "企业名称,县区\n新机械厂,清河县\n坏厂,没有的县")
      #expect(started.status == 303 && started.location.hasPrefix("/imports/"))
      let checked = try await result(office, started.location)
      #expect(checked.text.contains("有错误") && checked.text.contains("第 3 行"))
      #expect(checked.text.contains("只导入好的行（1 条）") && !checked.text.contains(">全部导入"))
      let workbook = try await office.get(started.location + "/diagnostics")
      #expect(workbook.status == 200 && workbook.text.hasPrefix("PK"))
      let taking = try await office.post(started.location + "/taking-over", ["accept": "good"])
      #expect(taking.status == 303)
      let saved = try await result(office, started.location)
      #expect(saved.text.contains("已导入") && saved.text.contains("/enterprises"))
      #expect(try await office.get("/enterprises").text.contains("新机械厂"))
      #expect(try await office.get("/imports").text.contains("名单.csv"))
      _ = world
    }
  }

  @Test func whatIsWrongWithAnUpload() async throws {
    try await with { world, office in
      #expect(try await upload(office, "enterprises", "x", token: "wrong").status == 403)
      #expect(try await upload(office, "moons", "企业名称,县区").status == 422)
      let empty = try await upload(office, "enterprises", "")
      #expect(empty.status == 422 && empty.text.contains("请选择一个有内容的文件"))
      let strange = try await upload(office, "enterprises", "\u{1}\u{2}")
      #expect(try await result(office, strange.location).text.contains("role=\"status\""))
      // An import that this process does not know, or another account's.
      let gone = try await office.get("/imports/nothing")
      #expect(gone.status == 404 && gone.text.contains("没有任何变化"))
      #expect(try await office.get("/imports/nothing/diagnostics").status == 404)
      #expect(try await office.post("/imports/nothing/taking-over", [:]).status == 404)
      for kind in ImportKind.allCases {
        let template = try await office.get("/imports/templates/\(kind.rawValue)")
        #expect(template.status == 200 && template.text.hasPrefix("PK"), "\(kind)")
      }
      #expect(try await office.get("/imports/templates/moons").status == 404)
      _ = world
    }
  }
}
