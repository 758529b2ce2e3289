import ArgumentParser

struct PairCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pair",
    abstract: "Pair officials with those they help, provably as well as can be.",
    subcommands: [SolveCommand.self, PairVerifyCommand.self])
}
