import ArgumentParser
import Documents
import Domain
import HTTP
import Optimizer

struct SolveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "solve",
    abstract: "Find the cheapest pairing of a bare instance, or show that there is none.",
    discussion: "Needs no database; docs/pairing.md has the form. That there is no pairing is an "
      + "answer: the exit status is 0.")

  @Argument(help: "The instance, a JSON file; - is standard input.")
  var instance: String

  @Flag(help: "Print the answer with its certificate as JSON.")
  var json = false

  @OptionGroup var options: PlatformOptions

  func run() async throws {
    let console = try Console(options)
    try await console.run {
      let instance = try PairFile(instance).instance(console)
      let answer: Assignment.Answer
      do throws(Optimizer.Fault) {
        answer = try Optimizer.solve(instance.assignment)
      } catch {
        throw PairFileFault.assignment(self.instance, error)
      }
      guard instance.assignment.holds(answer) else { throw PairFileFault.wrongAnswer }
      if json {
        try printOut(BareAnswer(answer, of: instance.assignment).json + "\n")
      } else {
        try printOut(console.words(answer, of: instance))
      }
    }
  }
}

extension Assignment {
  /// Whether an answer's certificate or proof passes the independent check: no other is ever printed.
  fileprivate func holds(_ answer: Answer) -> Bool {
    switch answer {
    case .optimal(let optimum): violations(in: optimum).isEmpty
    case .infeasible(let shortage): violations(in: shortage).isEmpty
    }
  }
}
