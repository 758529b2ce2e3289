import ArgumentParser
import Domain
import Foundation
import HTTP
import Services
import Web

struct MapCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map", abstract: "The areas that maps are drawn of.", subcommands: [Import.self])

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take in outlines of units.",
      discussion: """
        A GeoJSON file (RFC 7946) of polygons in degrees (WGS 84 or CGCS2000). Each feature is of the unit \
        with its division code (adcode, code, gb, 区划代码) or, without one, of the only unit with its \
        name (name, 名称). All of the file or nothing; units it does not have keep theirs. Exits with 1 \
        when something is wrong.
        """)

    @Argument(help: "The file.") var file: String
    @Option(help: "Only units of this level are meant: county or township.")
    var level: Level?
    @Flag(help: "Only say what would happen.") var dryRun = false
    @Flag(help: "Print the report as JSON.") var json = false
    @Option(name: .customLong("as"), help: "The username of whoever answers for it.")
    var username: String?
    @OptionGroup var options: PlatformOptions

    enum Level: String, ExpressibleByArgument {
      case county, township

      var unit: UnitLevel { self == .county ? .county : .township }
    }

    func run() async throws {
      let console = try Console(options)
      try await console.run {
        guard let data = FileManager.default.contents(atPath: file) else {
          throw ValidationError("cannot read the file \(file)")
        }
        let outlines = try OutlineFile([UInt8](data))
        let platform = try await options.openPlatform()
        let account = try await FindAccount(platform)(optional: username)
        let report = try await ImportOutlines(platform)(
          outlines, level: level?.unit, dryRun: dryRun, by: account)
        if json {
          try printJSON(OutlineOutput(report, console))
        } else {
          console.show(report, dryRun: dryRun)
        }
        if !report.faults.isEmpty { throw ExitCode(1) }
      }
    }
  }
}

/// The report as JSON.
private struct OutlineOutput: Encodable {
  struct Line: Encodable {
    let feature: Int
    let unit: String
    let path: String
    let change: String
    let byCode: Bool
  }
  struct Fault: Encodable {
    let feature: Int
    let code: String
    let value: String
    let text: String
  }

  let saved: Bool
  let units: [Line]
  let diagnostics: [Fault]

  init(_ report: ImportOutlines.Report, _ console: Console) {
    saved = report.isSaved
    units = report.lines.map {
      Line(
        feature: $0.feature, unit: $0.unit.description, path: $0.path,
        change: $0.change.rawValue, byCode: $0.byCode)
    }
    diagnostics = report.faults.map {
      Fault(
        feature: $0.feature, code: $0.code.rawValue, value: $0.value, text: console.text($0))
    }
  }
}

extension Console {
  fileprivate func show(_ report: ImportOutlines.Report, dryRun: Bool) {
    // Where anything is wrong nothing is taken in.
    for line in report.lines where report.faults.isEmpty {
      let change = catalogue.text("outline.\(line.change.rawValue)")
      let byName = line.byCode ? "" : " (\(catalogue.text("outline.by_name")))"
      print("\(line.path): \(change)\(byName)")
    }
    for fault in report.faults { warn(text(fault)) }
    let added = report.lines.count { $0.change == .added }
    let changed = report.lines.count { $0.change == .changed }
    print(
      catalogue.text(
        report.isSaved
          ? "outline.saved"
          : report.faults.isEmpty && dryRun ? "outline.would_save" : "outline.not_saved",
        [
          "added": "\(added)", "changed": "\(changed)",
          "unchanged": "\(report.lines.count - added - changed)",
          "faults": "\(report.faults.count)",
        ]))
  }

  func text(_ fault: OutlineFault) -> String {
    let text = catalogue.text(
      "outline.fault.\(fault.code.rawValue)",
      [
        "value": fault.value, "size": "\(OutlineFile.maximumSize >> 20)",
        "n": "\(OutlineFile.maximumPositions)",
      ])
    return fault.feature == 0
      ? text : catalogue.text("outline.feature", ["n": "\(fault.feature)", "text": text])
  }
}
