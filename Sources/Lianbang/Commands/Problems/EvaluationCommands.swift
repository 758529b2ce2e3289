import ArgumentParser
import Cryptography
import Domain
import Services
import Web

extension ProblemCommands {
  struct EvaluationLink: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "evaluation-link",
      abstract: "Make the one-time link with which the asker rates a verified problem.")

    @OptionGroup var reference: Reference
    @OptionGroup var acting: Acting

    func run() async throws {
      try await acting.run { platform, account in
        let token = try await IssueEvaluationLink(platform)(reference.id(platform), by: account)
        let config = try acting.options.resolved()
        let site = config.url ?? "http://\(config.host):\(config.port)"
        print(site + Route.evaluation(token.text).path)
      }
    }
  }

  struct Evaluate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Rate a problem as its asker, by the one-time link.")

    @Argument(help: "The link, or the end of it.") var link: String
    @Option(help: "satisfied, basically_satisfied or dissatisfied") var rating: Rating
    @Option var text = ""
    @Option(help: "For rehearsals: act as if it were this instant.") var at: String?
    @OptionGroup var options: PlatformOptions

    func validate() throws { _ = try ProblemCommands.instant(at) }

    func run() async throws {
      try await Console(options).run {
        let platform = try await options.openPlatform(at: ProblemCommands.instant(at))
        let token = SecretToken(text: String(link.split(separator: "/").last ?? ""))
        try await EvaluateProblem(platform)(token, rating: rating, text: text)
      }
    }
  }
}
