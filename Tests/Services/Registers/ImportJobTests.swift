import Domain
import Foundation
import Services
import Storage
import TestSupport
import Testing

/// Imports that run in the background of a server.
@Suite struct ImportJobTests {
  private let good = "企业名称,县区\n甲机械厂,清河县\n乙面粉厂,清河县"
  private let mixed = "企业名称,县区\n甲机械厂,清河县\n乙面粉厂,没有的县"

  private func start(
    _ jobs: ImportJobs, _ text: String, _ account: Account, _ kind: ImportKind = .enterprises
  ) async throws -> ImportJob {
    let folder = ScratchFolder()
    defer { withExtendedLifetime(folder) {} }
    let path = folder("upload.csv")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let job = try await jobs.start(
      kind, copyOf: path, named: "C:/名单/企业.csv", on: nil, by: account)
    return job
  }

  private func finished(
    _ jobs: ImportJobs, _ id: String, _ account: Account
  ) async throws -> ImportJob {
    for _ in 0..<600 {
      let job = try #require(jobs.job(id, of: account))
      if !job.isRunning { return job }
      try await Task.sleep(for: .milliseconds(50))
    }
    return try #require(jobs.job(id, of: account))
  }

  private func count(_ platform: TestPlatform) async throws -> Int {
    try await platform.platform.database.read {
      Int(try $0.row("select count(*) from enterprises", []) { try $0.int(0) }!)
    }
  }

  /// First a dry run, which changes nothing; then all of it. The file that was uploaded may be gone.
  @Test(arguments: Engine.available)
  func checkedThenTakenOver(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.account(.office)
      let jobs = ImportJobs(platform.platform)
      let job = try await start(jobs, good, office)
      #expect(job.fileName == "企业.csv")
      let checked = try await finished(jobs, job.id, office)
      guard case .checked(let report) = checked.state else {
        Issue.record("\(checked.state)")
        return
      }
      #expect(report.added == 2 && !report.isSaved)
      #expect(try await count(platform) == 0)
      _ = try jobs.takeOver(job.id, goodRowsOnly: false, by: office)
      let saved = try await finished(jobs, job.id, office)
      #expect(saved.report?.isSaved == true)
      #expect(try await count(platform) == 2)
      // Once more does nothing more.
      #expect(try jobs.takeOver(job.id, goodRowsOnly: false, by: office).report?.isSaved == true)
      #expect(jobs.jobs(of: office).map(\.id) == [job.id])
    }
  }

  @Test(arguments: Engine.available)
  func allOrTheGoodRows(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.account(.office)
      let jobs = ImportJobs(platform.platform)
      let job = try await start(jobs, mixed, office)
      _ = try await finished(jobs, job.id, office)
      _ = try jobs.takeOver(job.id, goodRowsOnly: false, by: office)
      #expect(try await finished(jobs, job.id, office).report?.isSaved == false)
      #expect(try await count(platform) == 0)
      _ = try jobs.takeOver(job.id, goodRowsOnly: true, by: office)
      #expect(try await finished(jobs, job.id, office).report?.isSaved == true)
      #expect(try await count(platform) == 1)
    }
  }

  /// An import is its account's own; what the right does not cover is not started.
  @Test func nobodyElsesImport() async throws {
    try await Engine.sqlite.withSample { platform in
      let office = try await platform.account(.office)
      let other = try await platform.account(.office)
      let county = try await platform.account(.countyOffice, unit: "示例市/清河县")
      let handler = try await platform.account(.handler, unit: "清河县水利局")
      let jobs = ImportJobs(platform.platform)
      let job = try await start(jobs, good, office)
      _ = try await finished(jobs, job.id, office)
      #expect(jobs.job(job.id, of: other) == nil && jobs.jobs(of: other).isEmpty)
      #expect(throws: ImportJobRefusal.gone) {
        try jobs.takeOver(job.id, goodRowsOnly: false, by: other)
      }
      await #expect(throws: UseCaseError.self) { try await start(jobs, good, handler) }
      await #expect(throws: UseCaseError.self) {
        try await start(jobs, good, county, .reorganisations)
      }
      // The county's office imports into its county and nowhere else.
      try await platform.importRows(.divisions, "code,name\n990122000000,白塔县")
      let beyond = try await start(jobs, "企业名称,县区\n丙厂,白塔县", county)
      #expect(try await finished(jobs, beyond.id, county).report?.codes == ["2 outside_scope"])
    }
  }

  /// A process that is gone took its imports with it: another knows nothing of them, and nothing is half
  /// done.
  @Test func afterARestart() async throws {
    try await Engine.sqlite.withSample { platform in
      let office = try await platform.account(.office)
      let job = try await start(ImportJobs(platform.platform), good, office)
      let jobs = ImportJobs(platform.platform)
      #expect(jobs.job(job.id, of: office) == nil)
      #expect(try await count(platform) == 0)
    }
  }
}
