import ArgumentParser
import Documents
import Domain
import HTTP
import Web

struct PairVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check an answer of pair solve against its instance; exits with 1 where it is wrong.",
    discussion: "Nothing of the solver is used. scripts/verify-pairing.py does the same in Python.")

  @Argument(help: "The instance, a JSON file; - is standard input.")
  var instance: String

  @Argument(help: "The answer, a JSON file; - is standard input.")
  var answer: String

  @Flag(help: "Print the result as JSON.")
  var json = false

  @OptionGroup var options: PlatformOptions

  func validate() throws {
    if instance == "-", answer == "-" {
      throw ValidationError("one of the two can be standard input, not both")
    }
  }

  func run() async throws {
    let console = try Console(options)
    try await console.run {
      let instance = try PairFile(instance).instance(console)
      let answer = try PairFile(answer).answer()
      let faults = instance.assignment.faults(in: answer)
      if json {
        try printJSON(Output(answer, faults, console))
      } else if faults.isEmpty {
        print(console.catalogue.text("pair.verified.\(answer.status)"))
      } else {
        for fault in faults.prefix(Self.most) { print(console.text(fault)) }
        if faults.count > Self.most {
          print(console.catalogue.text("pair.more", ["n": "\(faults.count - Self.most)"]))
        }
      }
      if !faults.isEmpty { throw ExitCode(1) }
    }
  }

  /// One wrong potential is wrong for a thousand arcs.
  private static let most = 20

  private struct Output: Encodable {
    let ok: Bool
    let status: String
    let violations: Int
    let first: [Fault]

    struct Fault: Encodable {
      let code: String
      let text: String
    }

    init(_ answer: BareAnswer, _ faults: [PairAnswerFault], _ console: Console) {
      ok = faults.isEmpty
      status = answer.status
      violations = faults.count
      first = faults.prefix(most).map { Fault(code: $0.code, text: console.text($0)) }
    }
  }
}

extension BareAnswer {
  fileprivate var status: String {
    switch self {
    case .optimal: "optimal"
    case .infeasible: "infeasible"
    }
  }
}
