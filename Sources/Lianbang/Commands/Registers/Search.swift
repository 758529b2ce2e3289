import ArgumentParser
import Domain
import HTTP
import Services
import Storage
import Web

struct Search: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find units, officials and enterprises by name.",
    discussion: """
      By any part of a name or a former name, by the first characters of a code, or by initials: xcs \
      finds 许昌市. Several words must all fit.
      """)

  @Argument(help: "What to look for.")
  var text: [String]

  @Option(help: "How many to show.")
  var limit = 20

  @Option(name: .customLong("as"), help: "The username of whoever looks.")
  var username: String?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var options: PlatformOptions

  func validate() throws {
    guard (1...1000).contains(limit) else { throw ValidationError("--limit: 1 to 1000") }
  }

  func run() async throws {
    let console = try Console(options)
    try await console.run {
      let platform = try await options.openPlatform()
      let answer = try await FindByName(platform)(
        text.joined(separator: " "), limit: limit,
        by: FindAccount(platform)(optional: username))
      if json {
        try printJSON(SearchOutput(answer))
        return
      }
      for found in answer.found {
        let kind = console.catalogue.text("search.\(found.hit.kind.rawValue)")
        let former =
          found.hit.former.isEmpty ? "" : " (\(found.hit.former.joined(separator: ", ")))"
        print("\(found.hit.id)  \(kind)  \(found.hit.title)\(former)  \(found.place)")
      }
      if answer.hasMore { print(console.catalogue.text("search.more")) }
      if answer.found.isEmpty {
        console.warn(console.catalogue.text("search.none"))
        throw ExitCode(1)
      }
    }
  }
}

private struct SearchOutput: Encodable {
  struct Item: Encodable {
    let id: String
    let kind: String
    let name: String
    let formerNames: [String]
    let codes: [String]
    let place: String
  }

  let found: [Item]
  let more: Bool

  init(_ answer: FindByName.Answer) {
    found = answer.found.map { found in
      Item(
        id: "\(found.hit.id)", kind: found.hit.kind.rawValue, name: found.hit.title,
        formerNames: found.hit.former, codes: found.hit.codes, place: found.place)
    }
    more = answer.hasMore
  }
}
