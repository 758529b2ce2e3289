import Cryptography
import Documents
import Domain
import Foundation
import Storage
import Synchronization

/// The imports that people started in browsers, in this process: they go on when the page is closed, and
/// end with the process. Each is one transaction, so that one broken off leaves nothing half done.
package final class ImportJobs: Sendable {
  private struct State {
    var jobs: [String: ImportJob] = [:]
    /// One at a time: each may hold a whole workbook in memory and the writer's place.
    var last: Task<Void, Never>?
  }

  private let platform: Platform
  private let state = Mutex(State())
  private let folder: String

  /// Files hold personal data: they are kept no longer than this.
  private static let life: Int64 = 24 * 3600
  private static let perAccount = 5
  private static let total = 40

  package init(_ platform: Platform) {
    self.platform = platform
    folder = Self.makeFolder()
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  // MARK: What people ask for

  /// Starts with a dry run of a copy of the file.
  /// - Throws: `UseCaseError.forbidden`, `ImportJobRefusal`
  package func start(
    _ kind: ImportKind, copyOf path: String, named fileName: String, on day: Day?,
    by account: Account
  ) async throws -> ImportJob {
    guard Self.mayImport(kind, account) else { throw UseCaseError.forbidden }
    let id = SecretToken.random().text
    let copy = "\(folder)/\(Digest.sha256(Array(id.utf8)).hex)"
    let now = platform.now()
    let name = String(fileName.singleLine.trimmed.split(separator: "/").last ?? "").prefix(120)
    let job = ImportJob(
      id: id, kind: kind, fileName: String(name), startedAt: now, on: day, state: .waiting,
      account: account.id, path: copy)
    let gone = try state.withLock { state in
      var gone = state.jobs.values.filter { now - $0.startedAt > Self.life && !$0.isRunning }
      let own = state.jobs.values.filter { $0.account == account.id }
      if own.contains(where: \.isRunning) { throw ImportJobRefusal.running }
      let kept = own.sorted { $0.startedAt > $1.startedAt }.dropFirst(Self.perAccount - 1)
      gone += kept
      for old in gone { state.jobs[old.id] = nil }
      guard state.jobs.count < Self.total else { throw ImportJobRefusal.tooMany }
      state.jobs[id] = job
      return gone.map(\.path)
    }
    for path in gone { unlink(path) }
    do {
      try await FileThreads.run {
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        chmod(copy, 0o600)
      }
    } catch {
      state.withLock { $0.jobs[id] = nil }
      throw error
    }
    run(job, ImportMode(dryRun: true, on: day), by: account)
    return job
  }

  /// Takes over what was checked: all of it, or the good rows.
  /// - Throws: `UseCaseError.forbidden`, `ImportJobRefusal`
  package func takeOver(
    _ id: String, goodRowsOnly: Bool, by account: Account
  ) throws -> ImportJob {
    let job = try state.withLock { state in
      guard var job = state.jobs[id], job.account == account.id else { throw ImportJobRefusal.gone }
      guard Self.mayImport(job.kind, account) else { throw UseCaseError.forbidden }
      if job.isRunning { throw ImportJobRefusal.running }
      if case .saved = job.state { return job }
      (job.state, job.isForReal) = (.waiting, true)
      state.jobs[id] = job
      return job
    }
    guard job.isRunning else { return job }
    run(job, ImportMode(acceptGoodRows: goodRowsOnly, on: job.on), by: account)
    return job
  }

  /// - Returns: nil where there is none, it is another account's, or the process that had it is gone.
  package func job(_ id: String, of account: Account) -> ImportJob? {
    state.withLock { $0.jobs[id] }.flatMap { $0.account == account.id ? $0 : nil }
  }

  /// An account's own, the latest first.
  package func jobs(of account: Account) -> [ImportJob] {
    state.withLock { $0.jobs.values.filter { $0.account == account.id } }
      .sorted { $0.startedAt > $1.startedAt }
  }

  /// Writes the file as it was with the faulty cells marked, and the list of what is wrong.
  /// - Throws: `ImportJobRefusal.gone`, `TableWriteFault`
  package func writeDiagnostics(
    of id: String, for account: Account, to path: String, _ writer: WriteDiagnostics
  ) async throws {
    guard let job = job(id, of: account), let report = job.report else {
      throw ImportJobRefusal.gone
    }
    try await FileThreads.run {
      let table = try? TableFile.read(path: job.path, sheet: report.sheet)
      try writer(report, of: table, to: path)
    }
  }

  package static func mayImport(_ kind: ImportKind, _ account: Account) -> Bool {
    account.may(.importRegisters) && (kind != .reorganisations || account.may(.reorganise))
  }

  // MARK: Running

  private func run(_ job: ImportJob, _ mode: ImportMode, by account: Account) {
    state.withLock { state in
      let before = state.last
      state.last = Task { [weak self, platform] in
        await before?.value
        // Whoever closed the server has no page to tell.
        guard let self else { return }
        set(job.id, .running(done: 0, all: 0))
        do {
          let report = try await RunImport(platform)(
            job.kind, file: job.path, mode: mode, by: account
          ) { [weak self] done, all in
            self?.set(job.id, .running(done: done, all: all))
          }
          set(job.id, report.isSaved ? .saved(report) : .checked(report))
        } catch {
          set(job.id, .failed)
        }
      }
    }
  }

  private func set(_ id: String, _ new: ImportJob.State) {
    state.withLock { $0.jobs[id]?.state = new }
  }

  // MARK: Files

  /// A folder of this process's own; those of processes that are gone are removed.
  private static func makeFolder() -> String {
    let base = FileManager.default.temporaryDirectory.path
    let prefix = "lianbang-imports-"
    for name in (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? []
    where name.hasPrefix(prefix) {
      let number = name.dropFirst(prefix.count).prefix { $0 != "-" }
      guard let owner = pid_t(number), owner != getpid(), kill(owner, 0) != 0, errno == ESRCH else {
        continue
      }
      try? FileManager.default.removeItem(atPath: "\(base)/\(name)")
    }
    let own = "\(base)/\(prefix)\(getpid())-\(SecretToken.random().text.prefix(8))"
    try? FileManager.default.createDirectory(
      atPath: own, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    return own
  }
}
