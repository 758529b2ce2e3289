import ArgumentParser
import Domain
import HTTP
import Services
import Web

struct RulesCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Look after the rules of clocks and ladders.",
    subcommands: [Check.self])

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prove that each configured rung can fire, by playing problems through in memory.")

    @Flag(help: "Print the findings as JSON.") var json = false
    @OptionGroup var options: PlatformOptions

    func run() async throws {
      let console = try Console(options)
      try await console.run {
        let result = try await CheckRules(options.openPlatform())()
        if json {
          try printJSON(RulesOutput(result))
        } else {
          console.show(result)
        }
        if !result.holds { throw ExitCode.failure }
      }
    }
  }
}

private struct RulesOutput: Encodable {
  struct Rung: Encodable {
    let track: String
    let rung: String
    let on: String
    let act: String
    let milestones: [String]
    let first_fires: String?
    let in_working_hours: Bool
    let ok: Bool
  }

  let ok: Bool
  let timers_due: Int
  let rungs: [Rung]

  init(_ result: CheckRules.Result) {
    (ok, timers_due) = (result.holds, result.backlog)
    rungs = result.proofs.flatMap { proof in
      proof.findings.map { finding in
        Rung(
          track: proof.procedure.track.rawValue, rung: finding.rung.code,
          on: finding.rung.on.rawValue, act: finding.rung.act.rawValue,
          milestones: finding.milestones.map(\.rawValue),
          first_fires: finding.firstAt?.description, in_working_hours: finding.inHours,
          ok: finding.holds)
      }
    }
  }
}

extension Console {
  fileprivate func show(_ result: CheckRules.Result) {
    for proof in result.proofs {
      print("\(proof.procedure.track.rawValue)  \(proof.procedure.clock)")
      for finding in proof.findings {
        let kinds = finding.milestones.map(\.rawValue).joined(separator: ", ")
        let first = finding.firstAt.map { "\($0)" } ?? catalogue.text("rules.never")
        let mark = finding.holds ? "✓" : "✗"
        print(
          "  \(mark) \(finding.rung.code) (\(finding.rung.on.rawValue) → "
            + "\(finding.rung.act.rawValue))  \(first)  \(kinds)")
      }
    }
    print(catalogue.text("rules.backlog", ["n": "\(result.backlog)"]))
  }
}
