import ArgumentParser
import Domain
import HTTP
import Services
import Web

struct ClockCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clock", abstract: "Compute due dates, list the rules, move open dates.",
    subcommands: [ClockDue.self, Rules.self, Reproject.self])

  struct Rules: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The clock rules there are.")

    @Flag(help: "Print them as JSON.") var json = false
    @OptionGroup var options: PlatformOptions

    func run() async throws {
      let console = try Console(options)
      try await console.run {
        let data = try Opening(options.resolved()).campaignData()
        let rules = data.rules.all.map { ClockRuleOutput($0) }
        if json { return try printJSON(["rules": rules]) }
        for rule in data.rules.all { console.show(rule) }
      }
    }
  }
}

/// A rule as JSON, in the form of `Resources/clock-rules.json`.
private struct ClockRuleOutput: Encodable {
  struct Milestone: Encodable {
    let kind: String
    let budget: Budget
    let from: String
  }

  let name: String
  let version: Int
  let zh: String
  let en: String
  let source: String
  let roll_over: Bool
  let cut_off: String
  let milestones: [Milestone]
  let objection: Budget?
  let `extension`: Budget?
  let co_handler_share: Share

  init(_ rule: ClockRule) {
    (name, version, source) = (rule.name, rule.version, rule.source)
    (zh, en) = (rule.zh, rule.en)
    (roll_over, cut_off) = (rule.rollOver, TimeOfDay.text(rule.cutOff))
    milestones = rule.milestones.map {
      Milestone(kind: $0.kind.rawValue, budget: $0.budget, from: $0.from.rawValue)
    }
    (objection, `extension`) = (rule.objection, rule.longestExtension)
    co_handler_share = rule.coHandlerShare
  }
}

extension Console {
  fileprivate func show(_ rule: ClockRule) {
    print(
      catalogue.text(
        rule.rollOver ? "due.rule_rolling" : "due.rule",
        [
          "rule": rule.name, "version": "\(rule.version)",
          "name": catalogue.language == .zh ? rule.zh : rule.en,
          "time": TimeOfDay.text(rule.cutOff),
        ]))
    for milestone in rule.milestones {
      print(
        "  "
          + catalogue.text(
            "due.milestone",
            [
              "name": catalogue.text("due.kind.\(milestone.kind.rawValue)"),
              "budget": text(milestone.budget),
              "from": catalogue.text("due.from.\(milestone.from.rawValue)"),
            ]))
    }
  }

  func text(_ budget: Budget) -> String {
    catalogue.text(
      "budget.\(budget.unit)\(budget.count == 1 ? ".one" : "")", ["n": "\(budget.count)"])
  }
}
