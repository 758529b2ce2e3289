import ArgumentParser
import Domain
import HTTP
import Services
import Synchronization
import Web

extension ClockCommands {
  struct Reproject: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: """
        Show which open due dates the calendar and rules as they are now would move; with --confirm \
        move them.
        """)

    @Option(help: "Why; it stands in the ledger of each problem that moves.") var cause: String?
    @Flag(help: "Move them; without it they are only shown.") var confirm = false
    @Flag(help: "Print them as JSON.") var json = false
    @OptionGroup var acting: ProblemCommands.Acting

    func validate() throws {
      if confirm, cause?.trimmed.isEmpty ?? true {
        throw ValidationError("--confirm needs --cause")
      }
    }

    func run() async throws {
      let console = try Console(acting.options)
      try await acting.run { platform, account in
        let moved = Mutex<[ReprojectClocks.Moved]>([])
        try await ReprojectClocks(platform)(cause: confirm ? cause : nil, by: account) { one in
          moved.withLock { $0.append(one) }
        }
        let all = moved.withLock { $0 }
        if json { return try printJSON(ReprojectionOutput(all, applied: confirm)) }
        for problem in all {
          print("\(problem.number)  \(problem.title)")
          for due in problem.dues {
            print(
              "  \(due.leg) \(due.milestone.rawValue)\(due.step.map { " \($0)" } ?? ""): "
                + "\(due.from.day) → \(due.to.day)")
          }
        }
        print(
          console.catalogue.text(
            confirm ? "reproject.done" : "reproject.preview", ["n": "\(all.count)"]))
      }
    }
  }
}

private struct ReprojectionOutput: Encodable {
  struct Moved: Encodable {
    let problem: String
    let number: Int64
    let leg: Int
    let milestone: String
    let step: Int?
    let from: String
    let to: String
  }

  let applied: Bool
  let moved: [Moved]

  init(_ all: [ReprojectClocks.Moved], applied: Bool) {
    self.applied = applied
    moved = all.flatMap { problem in
      problem.dues.map { due in
        Moved(
          problem: problem.problem.description, number: problem.number, leg: due.leg,
          milestone: due.milestone.rawValue, step: due.step, from: due.from.day.description,
          to: due.to.day.description)
      }
    }
  }
}
