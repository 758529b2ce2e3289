import Cryptography
import Domain
import Foundation
import HTTP
import Ledger
import Outgoing
import Services
import Storage
import Web

/// What `doctor` looks at: each check says what it found, or throws what is wrong.
struct Examination {
  let config: Config
  let opening: Opening
  let catalogue: Catalogue

  struct Finding: Error, CustomStringConvertible {
    let description: String
  }

  var checks: [(name: String, check: () async throws -> String)] {
    [
      ("resources", resources), ("browser files", browserFiles), ("clock", clock),
      ("time zone", timeZone), ("disk", disk), ("key", key), ("database", database),
      ("ledger", ledger), ("rules", rules), ("messages", messages), ("exchange", exchange),
    ]
  }

  /// Whether mail and SMS are set up, whether their servers did their work when last asked, and whether the mail
  /// server lets us in now. An SMS gateway cannot be asked without a message.
  private func messages() async throws -> String {
    let gateways = config.messages.gateways(url: config.url)
    let platform = try await opening.openPlatform()
    let troubles = try await ListMessages(platform).troubles(for: nil)
    await platform.database.close()
    guard let trouble = troubles.first else {
      if let mail = gateways.mail { try await greet(mail.server) }
      let names = MessageChannel.personal.map {
        "\($0.rawValue) \(gateways.has($0) ? "set up" : "not set up")"
      }
      return names.joined(separator: ", ")
    }
    throw finding(
      "doctor.messages",
      [
        "channel": catalogue.text("message.channel.\(trouble.channel.rawValue)"),
        "fault": trouble.fault, "time": trouble.since.description,
      ])
  }

  private func greet(_ server: MailServer) async throws {
    let outgoing = Outgoing(rules: config.addressRules)
    defer { outgoing.stop() }
    do throws(OutgoingFault) {
      try await outgoing.greet(server)
    } catch {
      var fault = error.code
      if case .broken(let text) = error { fault += " (\(text))" }
      throw finding(
        "doctor.messages",
        [
          "channel": catalogue.text("message.channel.mail"), "fault": fault,
          "time": Instant.now.description,
        ])
    }
  }

  /// Whether links to other instances carry what they should, and what came is proven.
  private func exchange() async throws -> String {
    let platform = try await opening.openPlatform()
    let (links, now) = (try await ShowLinks(platform).details(), platform.now())
    await platform.database.close()
    let alarming = links.filter { $0.isAlarming(at: now) }.map(\.status.link.name)
    guard alarming.isEmpty else {
      throw finding(
        "doctor.exchange",
        ["names": alarming.joined(separator: catalogue.text("punctuation.list"))])
    }
    let open = links.filter { $0.status.link.state == .open }
    let waiting = open.reduce(0) { $0 + $1.status.unconfirmed }
    return "\(open.count) links, \(waiting) messages not confirmed"
  }

  private func resources() async throws -> String {
    let root = try opening.root()
    let data = try CampaignData(resources: root + "/Resources")
    _ = try Views(resources: root + "/Resources")
    let year = Instant.now.day.year
    guard data.calendar.years[year] != nil else {
      throw finding("doctor.no_year", ["year": "\(year)"])
    }
    return "\(root); \(data.categories.count) categories; working days of \(year) known"
  }

  private func browserFiles() async throws -> String {
    _ = try Assets(root: try opening.root() + "/Public", names: Site.assetNames)
    return "\(Site.assetNames.count) files"
  }

  /// Deadlines hang on it. A database on another machine has a clock of its own to compare with.
  private func clock() async throws -> String {
    let now = Instant.now
    guard now.day.year >= 2026 else {
      throw finding("doctor.clock", ["time": now.description])
    }
    guard case .postgres = config.database else { return now.description }
    let database = try opening.openDatabase()
    let theirs = try await database.read { connection in
      try connection.row("select (extract(epoch from clock_timestamp()) * 1000)::bigint") {
        try $0.instant(0)
      }!
    }
    await database.close()
    let gap = abs(theirs.milliseconds - Instant.now.milliseconds)
    guard gap < 5000 else { throw finding("doctor.clock_gap", ["n": "\(gap / 1000)"]) }
    return "\(now), \(gap) ms beside the database's"
  }

  /// The platform computes in UTC+8 without tables; other programs on the machine, cron and logs, use
  /// them.
  private func timeZone() async throws -> String {
    guard let zone = TimeZone(identifier: "Asia/Shanghai"),
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: 1_780_000_000)) == 8 * 3600
    else { throw finding("doctor.no_zone") }
    return "Asia/Shanghai is UTC+8"
  }

  private func disk() async throws -> String {
    let path: String
    switch config.database {
    case .sqlite(let file):
      path = URL(fileURLWithPath: file).deletingLastPathComponent().path
    case .postgres: path = "."
    }
    guard let free = DurableFile.freeBytes(at: path) else {
      throw finding("file.not_writable", ["name": path])
    }
    let gigabytes = Double(free) / 1e9
    guard gigabytes >= 1 else {
      throw finding("doctor.disk", ["name": path, "n": "\(Int(gigabytes * 1000))"])
    }
    return "\(Int(gigabytes)) GB free at \(path)"
  }

  private func key() async throws -> String {
    let key = try opening.ring().current()
    let place = config.masterKeys.isEmpty ? config.keyPath : Setting.masterKey.environmentName
    return "\(key.id) from \(place)"
  }

  private func database() async throws -> String {
    let platform = try await opening.openPlatform()
    defer { Task { await platform.database.close() } }
    guard platform.vault.hasKey else { throw KeyRing.Fault.none }
    return
      "\(platform.database.dialect.rawValue), schema up to date, \(platform.vault.suite.rawValue), "
      + platform.vault.origin
  }

  private func ledger() async throws -> String {
    let platform = try await opening.openPlatform()
    let report = try await VerifyLedger(platform)()
    if let fault = report.fault {
      let output = FaultOutput(fault, stream: report.stream)
      throw finding("ledger.\(output.code)", output.arguments)
    }
    let replay = try await ReplayLedger(platform)()
    let isRehearsal = try await platform.database.read { try RehearsalMark.isSet(in: $0) }
    await platform.database.close()
    guard replay.differences.isEmpty else {
      throw finding(
        "replay.differs",
        [
          "streams": "\(replay.streams)", "entries": "\(replay.entries)",
          "n": "\(replay.differences.count)",
        ])
    }
    return "\(report.size) entries and \(report.pending) pending verified, tables agree"
      + (isRehearsal ? "; " + catalogue.text("ledger.rehearsal") : "")
  }

  /// A rung that cannot fire, or timers that nobody works off.
  private func rules() async throws -> String {
    let platform = try await opening.openPlatform()
    let result = try await CheckRules(platform)()
    await platform.database.close()
    guard result.holds else { throw finding("doctor.rules") }
    return "\(result.proofs.count) procedures; \(result.backlog) timers due now"
  }

  private func finding(_ key: String, _ arguments: [String: String] = [:]) -> Finding {
    Finding(description: catalogue.text(key, arguments))
  }
}
