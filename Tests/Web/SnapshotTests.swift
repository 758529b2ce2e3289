import Foundation
import HTTP
import TestSupport
import Testing
import Web

/// Pages from mock models: each `snapshots/NAME.json` says a template, a language and a view; the page it makes is
/// `NAME.html`, without what is always the same (head and foot). Nothing here needs a database, so that a designer can
/// see what a change of a template changes. To renew them, look at the difference and keep it:
///
///     RENEW_SNAPSHOTS=1 swift test --filter SnapshotTests; git diff Tests/Web/snapshots
@Suite struct SnapshotTests {
  private struct Mock: Decodable {
    let template: String
    let language: String
    let view: [String: Value]
  }

  /// What a view may hold.
  private enum Value: Decodable {
    case text(String)
    case flag(Bool)
    case view([String: Value])
    case views([[String: Value]])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else if let text = try? container.decode(String.self) {
        self = .text(text)
      } else if let views = try? container.decode([[String: Value]].self) {
        self = .views(views)
      } else {
        self = .view(try container.decode([String: Value].self))
      }
    }

    var value: Any {
      switch self {
      case .text(let text): text
      case .flag(let flag): flag
      case .view(let view): view.mapValues(\.value)
      case .views(let views): views.map { $0.mapValues(\.value) }
      }
    }
  }

  private static let folder = TestPlatform.root + "/Tests/Web/snapshots"
  static let names = try! FileManager.default.contentsOfDirectory(atPath: folder)
    .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()

  @Test func thereAreSome() {
    #expect(Self.names.count >= 6)
  }

  @Test(arguments: names)
  func page(name: String) throws {
    let path = "\(Self.folder)/\(name)"
    let mock = try JSONDecoder().decode(
      Mock.self, from: Data(contentsOf: URL(fileURLWithPath: path + ".json")))
    let views = try Views(resources: TestPlatform.root + "/Resources")
    let page = views.render(
      mock.template, mock.view.mapValues(\.value), try #require(Language(rawValue: mock.language)))
    let found = Self.normalised(page)
    if ProcessInfo.processInfo.environment["RENEW_SNAPSHOTS"] == "1" {
      try found.write(toFile: path + ".html", atomically: true, encoding: .utf8)
    }
    let expected = try String(contentsOfFile: path + ".html", encoding: .utf8)
    let lines = zip(found.split(separator: "\n"), expected.split(separator: "\n"))
    let first = lines.first { $0 != $1 }
    #expect(found == expected, "first difference: \(first.map { "\($0)" } ?? "the length")")
  }

  /// The part between head and foot, a line for each tag that begins a line, without the space around it.
  private static func normalised(_ page: String) -> String {
    let main = page.firstRange(of: "<main id=\"main\">").map { page[$0.upperBound...] } ?? page[...]
    let content = main.firstRange(of: "</main>").map { main[..<$0.lowerBound] } ?? main
    let lines = content.split(whereSeparator: \.isNewline).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    return lines.filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
  }
}
