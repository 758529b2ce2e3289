import ArgumentParser
import Domain
import Services
import Storage

struct BatchCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Common-cause batches: many problems, one study, one answer, closed together.",
    subcommands: [Open.self, Act.self, Answer.self, Close.self])

  struct Open: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Open a batch; problems join it with problem act N join_batch --batch ID.")

    @Option var track: Track
    @Option var title: String
    @Option(help: "What they have in common.") var cause: String
    @OptionGroup var acting: ProblemCommands.Acting

    func run() async throws {
      try await acting.run { platform, account in
        let id = try await OpenBatch(platform)(
          track: track, title: title, cause: cause, by: account)
        try printJSON(["batch": id.description])
      }
    }
  }

  struct Act: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Do the same to all problems of a batch.")

    @Argument(help: "The batch's id.") var batch: Int64
    @Argument(help: "What to do, as in problem act.") var action: ProblemAction
    @OptionGroup var values: ProblemCommands.ActionValues
    @OptionGroup var acting: ProblemCommands.Acting

    func validate() throws { _ = try values.request(action) }

    func run() async throws {
      try await BatchCommands.run(.each(values.request(action)), on: batch, acting)
    }
  }

  struct Answer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Give the one policy answer: every problem is claimed with it.")

    @Argument(help: "The batch's id.") var batch: Int64
    @Option(help: "solved, partly or explained") var outcome: Outcome
    @Option var text: String
    @Option(help: "What shows it.") var evidence: String
    @OptionGroup var acting: ProblemCommands.Acting

    func run() async throws {
      try await BatchCommands.run(
        .answer(outcome, text: text, evidence: evidence), on: batch, acting)
    }
  }

  struct Close: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Record the visit to all who asked and strike the problems off.")

    @Argument(help: "The batch's id.") var batch: Int64
    @Option(help: "How those who asked were visited.") var text: String
    @OptionGroup var acting: ProblemCommands.Acting

    func run() async throws {
      try await BatchCommands.run(.close(text: text), on: batch, acting)
    }
  }

  private static func run(
    _ step: ActOnBatch.Step, on batch: Int64, _ acting: ProblemCommands.Acting
  ) async throws {
    try await acting.run { platform, account in
      let results = try await ActOnBatch(platform)(step, on: BatchID(batch), by: account)
      try printJSON(BatchOutput(results))
    }
  }
}

private struct BatchOutput: Encodable {
  struct Item: Encodable {
    let problem: String
    let number: Int64
    let state: String
    let reasons: [String]
  }

  let done: Int
  let refused: Int
  let problems: [Item]

  init(_ results: [ActOnBatch.Result]) {
    done = results.count { $0.reasons.isEmpty }
    refused = results.count - done
    problems = results.map {
      Item(
        problem: $0.problem.description, number: $0.number, state: $0.state.rawValue,
        reasons: $0.reasons.map(\.rawValue))
    }
  }
}
