import ArgumentParser
import Domain
import Foundation
import HTTP
import Services
import Storage
import Web

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Fill an empty database with a made-up city and years of its campaign.",
    discussion: "docs/demo.md says what is in it, what is invented and which figures come out.")

  @Option(help: "small (the default): seconds. full: Xuchang at published size.")
  var size: DemoPlan.Size?

  @Option(help: "Another number, another city.")
  var seed: UInt64 = 1

  @Option(help: "The story ends before this day, YYYY-MM-DD (default: today).")
  var until: DayArgument?

  @Option(
    help: "In place of the story so many problems of two years, for benches; full size by default.")
  var problems: Int?

  @OptionGroup var options: PlatformOptions

  func validate() throws {
    if let problems, problems < 1 { throw ValidationError("--problems: at least 1") }
  }

  func run() async throws {
    let console = try Console(options)
    try await console.run {
      let opening = Opening(try options.resolved())
      let platform = try await opening.makePlatform()
      let wish = FillDemo.Wish(
        size: size ?? (problems == nil ? .small : .full), seed: seed,
        until: until?.day ?? platform.now().day, problems: problems)
      let clock = ContinuousClock()
      let began = clock.now
      try await FillDemo(platform)(
        wish, resources: opening.root() + "/Resources", progress: console.progress())
      let seconds = Double((clock.now - began).components.seconds)
      console.warn(console.catalogue.text("demo.filled", ["n": "\(Int(seconds))"]))
      if problems == nil { try await report(platform, wish, console) }
    }
  }

  /// Exits with 1 where the events do not add up to the plan.
  private func report(
    _ platform: Platform, _ wish: FillDemo.Wish, _ console: Console
  ) async throws {
    let figures = try await CheckDemo(platform)(wish.size, until: wish.until)
    for figure in figures {
      let text = console.catalogue.text("demo.figure.\(figure.code.rawValue)")
      let mark = figure.holds ? "✓" : "✗ \(figure.wanted)"
      print("\(text)\t\(figure.found)\t\(mark)")
    }
    if figures.contains(where: { !$0.holds }) { throw ExitCode(1) }
  }
}

extension DemoPlan.Size: ExpressibleByArgument {}

extension Console {
  /// Says which year a demo city has come to, where somebody watches.
  func progress() -> @Sendable (Day) -> Void {
    let catalogue = catalogue
    return { day in
      guard isatty(STDERR_FILENO) == 1 else { return }
      let text = catalogue.text("demo.playing", ["day": "\(day)"])
      FileHandle.standardError.write(Data("\r\(text)".utf8))
    }
  }

  func text(_ refusal: FillDemo.Refusal) -> String {
    switch refusal {
    case .notEmpty: catalogue.text("demo.not_empty")
    case .unfinished: catalogue.text("demo.unfinished")
    case .until(let day): catalogue.text("demo.until", ["day": "\(day)"])
    }
  }
}
