import ArgumentParser
import Domain
import Foundation
import HTTP
import Services
import Storage
import Web

struct OrderCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "order", abstract: "List, show, issue, discard, revoke and review orders (三单).",
    subcommands: [
      List.self, Show.self, Issue.self, Discard.self, Revoke.self, RequestReviewOfOrder.self,
      DecideReviewOfOrder.self,
    ])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The newest orders, as JSON.")

    @Option(help: "assignment, urging, accountability or referral") var kind: OrderKind?
    @Option(help: "draft, issued, discarded or revoked") var state: OrderState?
    @Option(help: "The orders of this problem, by its id.") var problem: Int64?
    @Option(help: "Show those before this id: the last of the page before.") var before: Int64?
    @OptionGroup var acting: ProblemCommands.Acting

    func run() async throws {
      try await acting.run { platform, account in
        var filter = OrderFilter()
        (filter.kind, filter.state) = (kind, state)
        filter.problem = problem.map { ProblemID($0) }
        let page = try await ListOrders(platform)(
          filter, before: before.map { OrderID($0) }, for: account)
        try printJSON(OrderListOutput(page))
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "One order with its history as JSON, or the paper itself.")

    @Argument(help: "The order's id, or its number such as 许助企交〔2026〕000123号.") var order: String
    @Flag(help: "The paper to print, as one HTML file.") var html = false
    @Option(help: "zh or en; the paper itself is Chinese.") var language = Language.zh
    @OptionGroup var acting: ProblemCommands.Acting

    func run() async throws {
      try await acting.run { platform, account in
        let history = try await found(platform, account)
        guard html else {
          return try printJSON(OrderOutput(history.order, history: history))
        }
        let root = try Opening(acting.options.resolved()).root()
        let style = try String(
          contentsOfFile: "\(root)/Public/\(OrderPaper.stylesheet)", encoding: .utf8)
        let paper = OrderPaper(order: history.order, procedures: platform.procedures)
        print(
          try paper.html(Views(resources: root + "/Resources"), language, place: .file(style)))
      }
    }

    private func found(_ platform: Platform, _ account: Account) async throws -> OrderHistory {
      if let number = OrderNumber(order) {
        return try await ShowOrder(platform)(number, for: account)
      }
      guard let id = OrderID(order) else { throw UseCaseError.notFound }
      return try await ShowOrder(platform)(id, for: account)
    }
  }
}

extension OrderKind: ExpressibleByArgument {}
extension OrderState: ExpressibleByArgument {}
extension ReviewDecision: ExpressibleByArgument {}
extension Language: ExpressibleByArgument {}
