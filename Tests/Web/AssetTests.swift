import Domain
import HTTP
import HTTPTypes
import TestSupport
import Testing
import Web

/// What the pages weigh on the line.
@Suite struct AssetTests {
  private func files(_ page: String) -> [String] {
    page.matches(of: #/(?:src|href)="(/assets/[^"]+)"/#).map { String($0.1) }
      .filter { !$0.contains("htmx") }
  }

  /// The list with fifty rows and the files it loads, vendors' left out: 60 KB (step 5).
  @Test func theListIsLight() async throws {
    try await Engine.sqlite.withSample { platform in
      let office = try await platform.browser()
      for number in 7...60 {
        _ = try await office.post(
          "/problems",
          [
            "track": "enterprise", "title": "厂区门前道路破损，货车无法满载进出之\(number)",
            "concerns": "清河县示例面粉厂", "found_on": "2026-11-19",
          ])
      }
      let list = try await office.get("/problems").text
      #expect(list.matches(of: #/<tr/#).count >= 51)
      var weight = list.utf8.count
      for file in Set(files(list)) {
        let plain = try await office.get(file)
        #expect(plain.headers[.contentEncoding] == nil)
        #expect(plain.headers[.vary] == "Accept-Encoding")
        let packed = try await office.send(
          .get, file, body: "", headers: [.acceptEncoding: "br, gzip;q=0.8"])
        #expect(packed.headers[.contentEncoding] == "gzip" || packed.size == plain.size)
        #expect(packed.size <= plain.size)
        weight += packed.size
      }
      #expect(weight <= 60_000, "\(weight)")
    }
  }

  @Test(arguments: [
    ("gzip", true), ("gzip, deflate, br", true), ("br;q=1.0, GZIP;q=0.5", true),
    ("gzip;q=0", false), ("gzip; q=0.0, *", false), ("br", false), ("", false),
    ("x-gzipped", false),
  ])
  func packedForThoseWhoSaySo(header: String, isAccepted: Bool) {
    #expect(Gzip.isAccepted(header) == isAccepted)
  }
}
