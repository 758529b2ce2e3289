import ArgumentParser

struct PairCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pair",
    abstract: "Pair officials with those they help, provably as well as can be.",
    subcommands: [
      PairCheckCommand.self, PairPlanCommand.self, PairExplainCommand.self, PairAdoptCommand.self,
      PairRepairCommand.self, PairProofCommand.self, SolveCommand.self, PairVerifyCommand.self,
    ])
}
