import Domain
import HTTPTypes
import Services
import TestSupport
import Testing

@testable import Web

@Suite struct OutlinePageTests {
  @Test func outlinesAreAskedForOnce() async throws {
    try await Engine.sqlite.withSample { test in
      let city = try await FindUnit(test.platform)("示例市")
      let path = OutlinePages.address(below: city)
      let browser = try await test.browser()
      let none = try await browser.get(path)
      #expect(none.status == 200 && none.text.contains(#""areas":[]"#))
      func take(_ north: Double) async throws {
        let file = """
          {"type":"Feature","properties":{"name":"清河县"},"geometry":{"type":"Polygon",
          "coordinates":[[[113,34],[113.2,34],[113.2,\(north)],[113,34]]]}}
          """
        _ = try await ImportOutlines(test.platform)(OutlineFile(Array(file.utf8)), by: nil)
      }
      try await take(34.2)
      let first = try await browser.get(path)
      let tag = try #require(first.headers[.eTag])
      #expect(first.status == 200 && tag != none.headers[.eTag])
      let again = try await browser.send(.get, path, body: "", headers: [.ifNoneMatch: tag])
      #expect(again.status == 304 && again.text.isEmpty)
      try await take(34.4)
      let changed = try await browser.send(.get, path, body: "", headers: [.ifNoneMatch: tag])
      #expect(changed.status == 200 && changed.text != first.text)
      let county = try await FindUnit(test.platform)("示例市/清河县")
      #expect(changed.text.contains("\"unit\":\"\(county)\""))
    }
  }

  @Test(arguments: [("", 400), ("?unit=x", 400), ("?unit=17", 404)])
  func whatIsAskedForIsThere(query: String, status: Int) async throws {
    try await Engine.sqlite.withSample { test in
      let page = try await test.browser().get(Route.mapOutlines.path + query)
      #expect(page.status == status)
    }
  }
}
