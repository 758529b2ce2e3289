import Domain
import HTTP
import Services

/// What stands beside a problem on its page: who is in charge of whom it concerns, and what other instances told.
enum ProblemAroundEndpoints {
  static let list: [Endpoint] = [paired, exchange]

  /// As many as are in charge today; those who see how it is handled see them.
  private static let paired = Endpoint.list(
    "/problems/{id}/paired-officials", "listPairedOfficials", .problems, isPaged: false,
    PairingShapes.official
  ) { call in Listed(try await ProblemEndpoints.detail(call).paired) }

  private static let told = Shape<ExchangeTold>(
    "ExchangeTold",
    [
      .init("from") { $0.link },
      .init("at") { $0.at },
      .init("kind") { $0.message.kind },
      .init(choice: "effect") { $0.effect },
      .init(choice: "step") { $0.message.progress?.step },
      .init("number_there") { $0.message.progress?.number },
      .init("unit_there") { $0.message.progress?.unit },
      .init("due_there") { $0.message.progress?.due },
      .init(choice: "outcome") { $0.message.outcome },
      .init("text") { $0.message.text },
    ])

  private static let exchange = Endpoint.get(
    "/problems/{id}/exchange", "showProblemExchange", .problems,
    Shape<ShowProblem.Detail>(
      "ProblemExchange",
      [
        .init("told", list: told) { $0.told },
        .init("upper_links") { $0.upperLinks },
      ])
  ) { call in Found(try await ProblemEndpoints.detail(call)) }
}

extension ExchangeMessage {
  fileprivate var kind: String {
    switch self {
    case .handedUp: "handed_up"
    case .progressed: "progressed"
    case .answered: "answered"
    case .supplemented: "supplemented"
    case .takenBack: "taken_back"
    }
  }

  fileprivate var progress: Progressed? { if case .progressed(let it) = self { it } else { nil } }
  fileprivate var outcome: Outcome? { if case .answered(let it) = self { it.outcome } else { nil } }

  fileprivate var text: String? {
    switch self {
    case .handedUp(let it): it.text
    case .progressed(let it): it.text
    case .answered(let it): it.text
    case .supplemented(let it), .takenBack(let it): it.text
    }
  }
}
