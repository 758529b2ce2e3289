import ArgumentParser
import Domain
import Services
import Storage

struct StatsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "A figure, as of any instant, with all that belongs to it.",
    discussion: """
      Without a name all figures are listed. docs/figures.md tells how each is defined, and the page \
      /definitions shows it.
      """)

  @Argument(help: "The figure's code, such as resolution_rate.") var name: String?
  @Option(
    help: "An instant (2022-12-31T18:00), or a day, which means its end (default: now).")
  var asOf: String?
  @Option(
    help: """
      What was known when: then (at that instant; the default), now, or an instant. A problem that was \
      registered late counts where it was found only as of a later knowledge.
      """)
  var known = "then"
  @Option(help: "The period's first day.") var from: String?
  @Option(help: "Its last day.") var to: String?
  @Option(
    help: "county, township, village, unit, track, category, difficulty, tier, origin or day.")
  var by: FigureQuery.Dimension?
  @Option(help: "Only of this track.") var track: Track?
  @Option(help: "Only of this county, township or village.") var area: String?
  @Option(help: "Only what this unit leads.") var unit: String?
  @Flag(help: "As JSON.") var json = false
  @Flag(help: "Count once more from the ledger alone and compare; exits with 1 where it differs.")
  var check = false
  @OptionGroup var options: PlatformOptions

  func validate() throws { _ = try (instants(), period()) }

  private func instants() throws -> (asOf: Instant?, known: FigureRequest.Known?) {
    let known: FigureRequest.Known? =
      switch self.known {
      case "then": nil
      case "now": .now
      default: .on(try StatsCommand.instant(self.known, "--known"))
      }
    return (try asOf.map { try StatsCommand.instant($0, "--as-of") }, known)
  }

  /// The end of a day stands for the day.
  private static func instant(_ text: String, _ option: String) throws -> Instant {
    if let day = Day(text) { return Instant(startOf: day + 1) }
    guard let instant = Instant(text: text) else {
      throw ValidationError("\(option) \(text): expected 2022-12-31 or 2022-12-31T18:00")
    }
    return instant
  }

  private func period() throws -> FigureQuery.Period? {
    if from == nil, to == nil { return nil }
    guard let first = from.map({ Day($0) }) ?? Day("2000-01-01"),
      let last = to.map({ Day($0) }) ?? Day("2999-12-31"), first <= last
    else { throw ValidationError("--from and --to: expected days such as 2022-01-01, in order") }
    return .init(from: first, to: last)
  }

  func run() async throws {
    let (asOf, known) = try instants()
    let period = try period()
    try await Console(options).run {
      let platform = try await options.openPlatform()
      guard let name else { return try list(platform.definitions) }
      let find = FindUnit(platform)
      var request = FigureRequest(
        name, asOf: asOf, knownOn: known, period: period, track: track, by: by)
      if let area { request.area = try await find(area) }
      if let unit { request.handler = try await find(unit) }
      if check {
        let report = try await CheckFigure(platform)(request)
        try await show(report.fromTables, platform, agrees: report.agrees)
        if !report.agrees {
          if let ledger = report.fromLedger {
            try Console(options).warn("stats: the ledger says otherwise:")
            try printJSON(FigureOutput(ledger, [:], minimum: platform.definitions.minimum))
          }
          throw ExitCode(1)
        }
      } else {
        try await show(try await QueryFigure(platform)(request), platform, agrees: nil)
      }
    }
  }

  private func list(_ definitions: Definitions) throws {
    if json { return try printJSON(definitions) }
    for figure in definitions.figures {
      print("\(figure.code)  \(figure.name.zh)  \(figure.name.en)")
    }
  }

  private func show(_ result: FigureResult, _ platform: Platform, agrees: Bool?) async throws {
    var output = FigureOutput(
      result, try await NameGroups(platform)(result), minimum: platform.definitions.minimum)
    output.ledger_agrees = agrees
    if json { try printJSON(output) } else { output.print() }
  }
}

extension FigureQuery.Dimension: ExpressibleByArgument {}
