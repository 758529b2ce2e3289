import ArgumentParser
import Domain
import Foundation
import HTTP
import Services
import Storage
import Web

/// `enterprise` or `village`.
private func pairingTrack(_ text: String) throws -> Track {
  guard let track = Track(rawValue: text), track == .enterprise || track == .village else {
    throw ValidationError("--track \(text): enterprise or village")
  }
  return track
}

/// What a plan came to.
struct PairPlanOutput: Encodable {
  let status: String
  let plan: String
  let track: String
  let kind: String
  let rules: String
  let digest: String
  let cost: Int64
  /// No pairing under these rules costs less.
  let bound: Int64
  let gap: Int64
  let pairs: Int
  let changed: Int
  let figures: PlanFigures?

  init(_ detail: ShowPairingPlans.Detail) {
    let head = detail.head
    status = head.status.rawValue
    (plan, track, kind) = (head.id.description, head.track.rawValue, head.kind.rawValue)
    rules = "\(head.rules) \(head.rulesVersion)"
    digest = head.digest
    (cost, bound, gap) = (head.cost, head.bound, head.cost - head.bound)
    (pairs, changed) = (head.pairs, head.changed)
    figures = detail.figures
  }
}

private struct PairConflictOutput: Encodable {
  struct Conflict: Encodable {
    let summary: String
    let kind: String
    let wanted: Int
    let left_over: Int
    let rules: [String]
  }
  let status = "infeasible"
  let conflicts: [Conflict]

  init(_ found: [PairingConflict], _ basis: PairingBasis, _ words: PairingWords) {
    conflicts = found.map {
      let (summary, rules) = words.conflict($0, basis)
      return Conflict(
        summary: summary, kind: $0.kind.rawValue, wanted: $0.wanted, left_over: $0.leftOver,
        rules: rules)
    }
  }
}

extension Console {
  var pairing: PairingWords { PairingWords(catalogue) }

  /// Shows what a computation came to; conflicts are an answer too, and exit with 1.
  fileprivate func show(
    json: Bool, _ compute: () async throws -> ShowPairingPlans.Detail
  ) async throws {
    do {
      let detail = try await compute()
      let head = detail.head
      if json { return try printJSON(PairPlanOutput(detail)) }
      print(
        catalogue.text(
          head.kind == .plan ? "pair.planned" : "pair.repaired",
          [
            "plan": head.id.description, "pairs": "\(head.pairs)", "changed": "\(head.changed)",
            "cost": "\(head.cost)", "gap": "\(head.cost - head.bound)",
          ]))
    } catch PairingRefusal.conflicts(let conflicts, let basis) {
      if json {
        try printJSON(PairConflictOutput(conflicts, basis, pairing))
      } else {
        for conflict in conflicts {
          let (summary, rules) = pairing.conflict(conflict, basis)
          print(summary)
          for rule in rules { print("  - \(rule)") }
        }
      }
      throw ExitCode(1)
    }
  }
}

struct PairPlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Compute who should be in charge of whom, and keep it as a draft.",
    discussion: "Exits with 1 where the rules cannot all hold, and says which ones.")

  @Option(help: "enterprise or village.") var track: String
  @Option(help: "A file of pairing rules instead of the shipped ones.") var rules: String?
  @Flag(help: "Print it as JSON.") var json = false
  @OptionGroup var acting: ProblemCommands.Acting

  func validate() throws { _ = try pairingTrack(track) }

  func run() async throws {
    let console = try Console(acting.options)
    try await acting.run { platform, account in
      let rules = try rules.map { path in
        guard let data = FileManager.default.contents(atPath: path) else {
          throw PairFileFault.unreadable(path)
        }
        return try PairingRulesFile.rules([UInt8](data))
      }
      try await console.show(json: json) {
        let id = try await PlanPairing(platform)(
          pairingTrack(track), rules: rules, by: account)
        return try await ShowPairingPlans(platform)(id, for: account)
      }
    }
  }
}

struct PairRepairCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repair",
    abstract: "The smallest change that gives everybody somebody again, as a draft.")

  @Option(help: "enterprise or village.") var track: String
  @Option(help: "Adopt it at once, from this day on.") var on: String?
  @Flag(help: "Print it as JSON.") var json = false
  @OptionGroup var acting: ProblemCommands.Acting

  func validate() throws {
    _ = try pairingTrack(track)
    if let on, Day(on) == nil {
      throw ValidationError("--on \(on): expected a day such as 2026-11-21")
    }
  }

  func run() async throws {
    let console = try Console(acting.options)
    try await acting.run { platform, account in
      try await console.show(json: json) {
        let id = try await PlanPairing(platform)(pairingTrack(track), .repair, by: account)
        if let day = on.flatMap({ Day($0) }) {
          _ = try await AdoptPairing(platform)(id, on: day, by: account)
        }
        return try await ShowPairingPlans(platform)(id, for: account)
      }
    }
  }
}

struct PairAdoptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt", abstract: "Put a plan into force, and tell everybody concerned.")

  private struct Output: Encodable {
    let plan: String
    let on: String
    let kept: Int
    let begun: Int
    let ended: Int
  }

  @Argument(help: "The plan's number.") var plan: Int64
  @Option(help: "From this day on; today where none is said.") var on: String?
  @Flag(help: "Print it as JSON.") var json = false
  @OptionGroup var acting: ProblemCommands.Acting

  func validate() throws {
    if let on, Day(on) == nil {
      throw ValidationError("--on \(on): expected a day such as 2026-11-21")
    }
  }

  func run() async throws {
    let console = try Console(acting.options)
    try await acting.run { platform, account in
      let day = on.flatMap { Day($0) } ?? platform.now().day
      let result = try await AdoptPairing(platform)(PairingPlanID(plan), on: day, by: account)
      if json {
        return try printJSON(
          Output(
            plan: "\(plan)", on: day.description, kept: result.kept, begun: result.begun,
            ended: result.ended))
      }
      print(
        console.catalogue.text(
          "pair.adopted",
          [
            "day": day.description, "kept": "\(result.kept)", "begun": "\(result.begun)",
            "ended": "\(result.ended)",
          ]))
    }
  }
}

struct PairCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Hold the pairings in force against the rules; exits with 1 where something is wrong."
  )

  private struct Output: Encodable {
    struct County: Encodable {
      let county: String
      let kind: String
      let targets: Int
      let covered: Int
    }
    struct Finding: Encodable {
      let finding: String
      let target: String?
      let official: String?
      let text: String
    }
    let track: String
    let officials: Int
    let engaged: Int
    let counties: [County]
    let count: Int
    let findings: [Finding]
  }

  @Option(help: "enterprise or village.") var track: String
  @Flag(help: "Print it as JSON.") var json = false
  @OptionGroup var acting: ProblemCommands.Acting

  func validate() throws { _ = try pairingTrack(track) }

  func run() async throws {
    let console = try Console(acting.options)
    try await acting.run(reading: true) { platform, account in
      let result = try await CheckPairing(platform)(pairingTrack(track), for: account)
      if json {
        try printJSON(
          Output(
            track: track, officials: result.officials, engaged: result.engaged,
            counties: result.counties.map {
              .init(
                county: $0.name, kind: $0.kind.rawValue, targets: $0.targets, covered: $0.covered)
            }, count: result.count,
            findings: result.findings.map {
              .init(
                finding: $0.finding.name, target: $0.target, official: $0.official,
                text: console.pairing.finding($0))
            }))
      } else {
        for county in result.counties {
          print(
            console.catalogue.text(
              "pair.county",
              [
                "county": county.name, "kind": console.pairing.kind(county.kind),
                "covered": "\(county.covered)", "targets": "\(county.targets)",
              ]))
        }
        for finding in result.findings { print(console.pairing.finding(finding)) }
        print(console.catalogue.text("pair.findings", ["n": "\(result.count)"]))
      }
      if result.count > 0 { throw ExitCode(1) }
    }
  }
}

struct PairExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Why an official should have a target, and what others would cost instead.")

  private struct Output: Encodable {
    struct Choice: Encodable {
      let official: String
      let name: String
      let unit: String
      let planned: Bool
      let holds: Bool
      let terms: [String: Int64]
      /// At least so much dearer is the whole plan with this official.
      let extra: Int64
    }
    let target: String
    let reasons: [String]
    let possible: Int
    let choices: [Choice]
  }

  @Option(help: "An enterprise's number.") var enterprise: Int64?
  @Option(help: "A village: its path, code, number or unique name.") var village: String?
  @Option(help: "A township likewise.") var township: String?
  @Flag(help: "Print it as JSON.") var json = false
  @OptionGroup var acting: ProblemCommands.Acting

  func validate() throws {
    guard [enterprise != nil, village != nil, township != nil].filter({ $0 }).count == 1 else {
      throw ValidationError("exactly one of --enterprise, --village and --township")
    }
  }

  func run() async throws {
    let console = try Console(acting.options)
    try await acting.run(reading: true) { platform, account in
      let target: PairingTarget =
        if let enterprise {
          .enterprise(EnterpriseID(enterprise))
        } else if let village {
          .village(try await FindUnit(platform)(village))
        } else {
          .township(try await FindUnit(platform)(township ?? ""))
        }
      let found = try await ExplainPairing(platform)(target, for: account)
      if json {
        return try printJSON(
          Output(
            target: found.target, reasons: found.reasons.map(\.text), possible: found.possible,
            choices: found.choices.map { choice in
              .init(
                official: choice.official.description, name: choice.name, unit: choice.unitPath,
                planned: choice.isPlanned, holds: choice.holds,
                terms: Dictionary(
                  uniqueKeysWithValues: choice.terms.map { ($0.key.rawValue, $0.value) }),
                extra: choice.extra)
            }))
      }
      print("\(found.target): \(console.pairing.reasons(found.reasons))")
      for choice in found.choices {
        print(
          console.catalogue.text(
            choice.isPlanned ? "pair.choice_planned" : "pair.choice",
            ["name": choice.name, "unit": choice.unitPath, "extra": "\(choice.extra)"]))
      }
    }
  }
}

struct PairProofCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proof",
    abstract: "Compute a draft's bound again from its prices; exits with 1 where it is another.",
    discussion:
      "The solver has no part in it. A plan that was adopted cannot be checked so: other pairs hold since."
  )

  private struct Output: Encodable {
    struct Part: Encodable {
      let kind: String
      let stated: Int64
      let computed: Int64
    }
    let holds: Bool
    let cost: Int64
    let stated_cost: Int64
    let parts: [Part]
  }

  @Argument(help: "The plan's number.") var plan: Int64
  @Flag(help: "Print it as JSON.") var json = false
  @OptionGroup var acting: ProblemCommands.Acting

  func run() async throws {
    let console = try Console(acting.options)
    try await acting.run(reading: true) { platform, account in
      let result = try await VerifyPairing(platform)(PairingPlanID(plan), for: account)
      if json {
        try printJSON(
          Output(
            holds: result.holds, cost: result.cost, stated_cost: result.stated,
            parts: result.parts.map {
              .init(kind: $0.kind.rawValue, stated: $0.stated, computed: $0.computed)
            }))
      } else {
        for part in result.parts {
          print(
            console.catalogue.text(
              "pair.proof_part",
              [
                "kind": console.pairing.kind(part.kind), "stated": "\(part.stated)",
                "computed": "\(part.computed)",
              ]))
        }
        print(console.catalogue.text(result.holds ? "pair.proof_holds" : "pair.proof_fails"))
      }
      if !result.holds { throw ExitCode(1) }
    }
  }
}
