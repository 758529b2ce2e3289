import ArgumentParser
import Domain
import Foundation
import HTTP
import Ledger
import Services
import Storage
import Web

struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look whether everything the platform needs is there; exits with 1 if not.")

  @OptionGroup var options: PlatformOptions

  func run() async throws {
    let console = try Console(options)
    var isWell = true
    func check(_ name: String, _ work: () async throws -> String) async {
      do {
        print("✓ \(name): \(try await work())")
      } catch {
        isWell = false
        print("✗ \(name): \(console.message(for: error) ?? "\(error)")")
      }
    }
    let root = try options.root()
    await check("resources") {
      let data = try CampaignData(resources: root + "/Resources")
      _ = try Views(resources: root + "/Resources")
      let year = Instant.now.day.year
      let isConfirmed = data.calendar.confirmedYears.contains(year)
      guard isConfirmed else {
        throw Finding(console.catalogue.text("doctor.no_year", ["year": "\(year)"]))
      }
      return "\(root); \(data.categories.count) categories; working days of \(year) known"
    }
    await check("browser files") {
      _ = try Assets(root: root + "/Public", names: Site.assetNames)
      return "\(Site.assetNames.count) files"
    }
    await check("database") {
      let platform = try await options.openPlatform()
      let report = try await VerifyLedger(platform)()
      if let fault = report.fault { throw Finding("ledger: \(fault)") }
      return
        "\(platform.database.dialect.rawValue), schema up to date, ledger verified: \(report.size) entries, \(report.pending) pending"
    }
    if !isWell { throw ExitCode(1) }
  }

  private struct Finding: Error, CustomStringConvertible {
    let description: String
    init(_ text: String) { description = text }
  }
}
