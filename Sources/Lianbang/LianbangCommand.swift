import ArgumentParser
import Services

/// The command line: everything the platform does for people who have a terminal.
package struct LianbangCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "lianbang",
    abstract:
      "联帮: problems collected, assigned, checked and struck off, with figures to be traced.",
    version: Version.text,
    subcommands: [
      Serve.self, DemoCommand.self, Migrate.self, Import.self, Export.self, Template.self,
      Search.self,
      UnitCommands.self, DivisionCommands.self, EnterpriseCommands.self, OfficialCommands.self,
      ContactCommands.self, ProblemCommands.self, BatchCommands.self, OrderCommands.self,
      AttachmentCommands.self, LookBackCommands.self, ClockCommands.self, CalendarCommands.self,
      RulesCommands.self, PairCommands.self, MapCommands.self, TimerCommands.self,
      MessageCommands.self, ExchangeCommands.self,
      StatsCommand.self, SheetCommands.self, ReportsCommand.self, AccountCommands.self,
      LedgerCommands.self, KeysCommands.self, Backup.self, Restore.self, Doctor.self,
    ])

  package init() {}
}
