import Domain
import Services
import Storage

/// The search box: problems, and what stands in the registers.
enum SearchEndpoints {
  static let list: [Endpoint] = [problems, names]

  private static let problem = Shape<FoundProblem>(
    "FoundProblem",
    [
      .init(id: "id") { $0.id },
      .init("number") { $0.number },
      .init("track") { $0.track.rawValue },
      .init("title") { $0.title },
      .init("concerns") { $0.concerns },
      .init(choice: "state") { $0.state },
    ])

  private static let entry = Shape<FindByName.Found>(
    "FoundEntry",
    [
      .init(choice: "kind") { $0.hit.kind },
      .init("id") { IDText($0.hit.id) },
      .init("name") { $0.hit.title },
      .init("former_names") { $0.hit.former },
      .init("place") { $0.place },
    ])

  private static let query = [Endpoint.Parameter("q", .text(least: 1, most: 100), isRequired: true)]

  /// Problems by their words; of exactly this number, that one alone.
  private static let problems = Endpoint.get(
    "/problem-search", "searchProblems", .problems, query: query,
    Shape<SearchEverything.Answer>(
      "FoundProblems",
      [
        .init(id: "exact_id") { $0.number },
        .init("problems", list: problem) { $0.problems.found },
        .init("has_more") { $0.problems.hasMore },
      ])
  ) { call in
    Found(try await SearchEverything(call.platform)(call["q"], for: call.account))
  }

  /// Units, and for a token that reaches into the registers officials and enterprises.
  private static let names = Endpoint.get(
    "/name-search", "searchNames", .organisation, query: query,
    Shape<FindByName.Answer>(
      "FoundEntries",
      [.init("entries", list: entry) { $0.found }, .init("has_more") { $0.hasMore }])
  ) { call in
    let answer = try await SearchEverything(call.platform).names(call["q"], for: call.account)
    if call.grant.allows(.registers, writing: false) { return Found(answer) }
    return Found(
      .init(found: answer.found.filter { $0.hit.kind == .unit }, hasMore: answer.hasMore))
  }
}
