import ArgumentParser
import Domain
import Services

/// A command that moves one sheet.
protocol SheetActionCommand: AsyncParsableCommand {
  var id: Int64 { get }
  var acting: ProblemCommands.Acting { get }

  func act(_ sheets: ActOnSheet, on id: SheetID, by account: Account) async throws
}

extension SheetActionCommand {
  func run() async throws {
    try await acting.run { platform, account in
      try await act(ActOnSheet(platform), on: SheetID(id), by: account)
      try printJSON(SheetOutput(try await ShowSheet(platform)(SheetID(id), for: account).sheet))
    }
  }
}

/// One command per transition of a sheet.
extension SheetCommands {
  struct Preview: SheetActionCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a draft to the units on it, who may object from now on.")

    @Argument(help: "The sheet's id.") var id: Int64
    @OptionGroup var acting: ProblemCommands.Acting

    func act(_ sheets: ActOnSheet, on id: SheetID, by account: Account) async throws {
      try await sheets.preview(id, by: account)
    }
  }

  struct Object: SheetActionCommand {
    static let configuration = CommandConfiguration(
      abstract: "Object to the numbers of the account's own unit.")

    @Argument(help: "The sheet's id.") var id: Int64
    @Option(help: "What is wrong, and why.") var text: String
    @OptionGroup var acting: ProblemCommands.Acting

    func act(_ sheets: ActOnSheet, on id: SheetID, by account: Account) async throws {
      try await sheets.object(text, to: id, by: account)
    }
  }

  struct Rule: SheetActionCommand {
    static let configuration = CommandConfiguration(abstract: "Rule on an objection, once.")

    @Argument(help: "The sheet's id.") var id: Int64
    @Option(help: "The objection's number.") var number: Int
    @Flag(help: "It is right; without this flag it is rejected.") var upheld = false
    @Option var reason: String
    @OptionGroup var acting: ProblemCommands.Acting

    func act(_ sheets: ActOnSheet, on id: SheetID, by account: Account) async throws {
      try await sheets.rule(number, of: id, upheld: upheld, reason: reason, by: account)
    }
  }

  struct Recompute: SheetActionCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compute the numbers anew from what is known now; it becomes a draft again.")

    @Argument(help: "The sheet's id.") var id: Int64
    @OptionGroup var acting: ProblemCommands.Acting

    func act(_ sheets: ActOnSheet, on id: SheetID, by account: Account) async throws {
      try await sheets.recompute(id, by: account)
    }
  }

  struct Publish: SheetActionCommand {
    static let configuration = CommandConfiguration(
      abstract: "Freeze a sheet whose days for objections are over.")

    @Argument(help: "The sheet's id.") var id: Int64
    @OptionGroup var acting: ProblemCommands.Acting

    func act(_ sheets: ActOnSheet, on id: SheetID, by account: Account) async throws {
      try await sheets.publish(id, by: account)
    }
  }
}
