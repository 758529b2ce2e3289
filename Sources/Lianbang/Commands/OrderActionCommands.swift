import ArgumentParser
import Domain
import Services

/// A command that moves one order.
protocol OrderActionCommand: AsyncParsableCommand {
  var id: Int64 { get }
  var acting: ProblemCommands.Acting { get }

  func act(on platform: Platform, _ id: OrderID, by account: Account) async throws -> Order
}

extension OrderActionCommand {
  func run() async throws {
    try await acting.run { platform, account in
      try printJSON(OrderOutput(try await act(on: platform, OrderID(id), by: account)))
    }
  }
}

/// One command per transition of an order.
extension OrderCommands {
  struct Issue: OrderActionCommand {
    static let configuration = CommandConfiguration(
      abstract: "Approve a draft: it gets its number and is issued.")

    @Argument(help: "The order's id.") var id: Int64
    @OptionGroup var acting: ProblemCommands.Acting

    func act(on platform: Platform, _ id: OrderID, by account: Account) async throws -> Order {
      try await IssueOrder(platform)(id, by: account)
    }
  }

  struct Discard: OrderActionCommand {
    static let configuration = CommandConfiguration(abstract: "Put a draft aside.")

    @Argument(help: "The order's id.") var id: Int64
    @Option var reason: String
    @OptionGroup var acting: ProblemCommands.Acting

    func act(on platform: Platform, _ id: OrderID, by account: Account) async throws -> Order {
      try await DiscardDraft(platform)(id, reason: reason, by: account)
    }
  }

  struct Revoke: OrderActionCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take an issued order back by a new document, which is shown.")

    @Argument(help: "The order's id.") var id: Int64
    @Option(help: "Stands in the new document.") var reason: String
    @OptionGroup var acting: ProblemCommands.Acting

    func act(on platform: Platform, _ id: OrderID, by account: Account) async throws -> Order {
      try await RevokeOrder(platform)(id, reason: reason, by: account)
    }
  }

  struct RequestReviewOfOrder: OrderActionCommand {
    static let configuration = CommandConfiguration(
      commandName: "request-review",
      abstract: "Ask for review (复核) of an accountability recommendation, within 30 days.")

    @Argument(help: "The order's id.") var id: Int64
    @Option var grounds: String
    @OptionGroup var acting: ProblemCommands.Acting

    func act(on platform: Platform, _ id: OrderID, by account: Account) async throws -> Order {
      try await RequestReview(platform)(id, grounds: grounds, by: account)
    }
  }

  struct DecideReviewOfOrder: OrderActionCommand {
    static let configuration = CommandConfiguration(
      commandName: "decide-review", abstract: "Decide a review; what is withdrawn is revoked.")

    @Argument(help: "The order's id.") var id: Int64
    @Option(help: "upheld or withdrawn") var decision: ReviewDecision
    @Option(help: "The reasons.") var text: String
    @OptionGroup var acting: ProblemCommands.Acting

    func act(on platform: Platform, _ id: OrderID, by account: Account) async throws -> Order {
      try await DecideReview(platform)(id, decision, text: text, by: account)
    }
  }
}
