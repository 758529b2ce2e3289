import ArgumentParser
import Cryptography
import Documents
import Domain
import Foundation
import HTTP
import Services
import Storage
import Web

/// What the command line says to people, in the language of their terminal.
struct Console {
  let catalogue: Catalogue

  init(_ options: PlatformOptions) throws {
    let environment = ProcessInfo.processInfo.environment
    let locale = environment["LC_ALL"] ?? environment["LC_MESSAGES"] ?? environment["LANG"] ?? ""
    catalogue = try Catalogue(
      locale.hasPrefix("zh") ? .zh : .en, resources: try Self.root(options) + "/Resources")
  }

  /// Texts are needed before anything else can be said, also that the configuration is wrong.
  private static func root(_ options: PlatformOptions) throws -> String {
    do {
      return try Opening(options.resolved()).root()
    } catch is ConfigFaults {
      return try Opening(Config(options: [:], file: nil, environment: [:])).root()
    }
  }

  /// Runs a command's work and turns its errors into one plain line on standard error.
  func run(_ work: () async throws -> Void) async throws {
    do {
      try await work()
      // So that a SQLite database lies in one file again.
      await OpenDatabases.close()
    } catch {
      await OpenDatabases.close()
      guard let message = message(for: error) else { throw error }
      fail(message)
    }
  }

  /// What an error means to a person, or nil where it is not one of ours.
  func message(for error: any Error) -> String? {
    switch error {
    case let error as UseCaseError: text(error)
    case let faults as ConfigFaults: faults.description
    case let fault as KeyRing.Fault: text(fault)
    case is SealingKey.Fault: catalogue.text("key.cannot_open")
    case let fault as KeyFile.Fault: text(fault)
    case let fault as Vault.Fault: text(fault)
    case let fault as BackUp.Fault: text(fault)
    case let fault as RestoreBackup.Fault: text(fault)
    case let left as EraseAccount.RemainsLeft:
      catalogue.text("account.remains", ["id": "\(left.account.value)"])
    case RestoreFault.notEmpty(let what): catalogue.text("restore.not_empty", ["name": what])
    case let fault as ProveLedger.Fault: text(fault)
    case let refusal as TokenRefusal: catalogue.text("token.refusal.\(refusal.rawValue)")
    case is Sequencer.Tampered: catalogue.text("ledger.tampered")
    case let error as StorageError: text(error)
    case let error as MigrationError: text(error)
    case let fault as TableWriteFault: text(fault)
    case let refused as ReorganiseUnits.Refused:
      refused.refusals.map { catalogue.text("unit.refusal.\($0.rawValue)") }
        .joined(separator: "\n")
    case let refusal as Enterprise.MergeRefusal:
      catalogue.text("enterprise.refusal.\(refusal.rawValue)")
    case let refusal as AttachmentRefusal:
      catalogue.text(
        "attachment.refusal.\(refusal.rawValue)",
        [
          "files": "\(Attachment.maximumPerProblem)", "n": "\(Attachment.maximumReason)",
          "size": "\(Attachment.maximumSize >> 20)",
        ])
    case let refusal as FillDemo.Refusal: text(refusal)
    case let fault as DemoFault: fault.description
    case let refusal as LookBackRefusal:
      catalogue.text("look_back.refusal.\(refusal.rawValue)")
    case let refused as CommentSheet.Refused:
      refused.refusals.map {
        catalogue.text("sheet.refusal.\($0.rawValue)", ["n": "\(Problem.maximumText)"])
      }.joined(separator: "\n")
    case let refusal as ReportRefusal:
      catalogue.text(
        "report.refusal.\(refusal.rawValue)", ["n": "\(ReportContent.maximumText)"])
    case let fault as CampaignData.Fault: fault.description
    case let fault as CalendarFault: text(fault)
    case let fault as OutlineFault: text(fault)
    case let fault as PairFileFault: text(fault)
    case let refusal as PairingRefusal:
      pairing.refusal(refusal).joined(separator: "\n")
    case let fault as OfferLink.Fault:
      catalogue.text("exchange.fault.\(fault.rawValue)")
    case let fault as JoinLink.Fault:
      catalogue.text(fault.textKey, fault.arguments)
    case let fault as Assets.Fault: fault.description
    case DatabaseFinding.missing(let name): catalogue.text("database.missing", ["name": name])
    case let taken as PortTaken: catalogue.text("serve.port_taken", ["port": "\(taken.port)"])
    case DatabaseFinding.outdated: catalogue.text("database.outdated")
    default: nil
    }
  }

  /// Says something beside the output.
  func warn(_ message: String) {
    FileHandle.standardError.write(Data("lianbang: \(message)\n".utf8))
  }

  private func fail(_ message: String) -> Never {
    warn(message)
    exit(1)
  }

  private func text(_ error: UseCaseError) -> String {
    switch error {
    case .notFound: catalogue.text("problem.not_found")
    case .unknownUnit(let name): catalogue.text("unit.unknown", ["name": name])
    case .unknownAccount(let username):
      catalogue.text("account.unknown", ["username": username])
    case .forbidden: catalogue.text("error.forbidden.heading")
    case .refused(let refusals):
      refusals.map {
        catalogue.text("refusal.\($0.rawValue)", ["n": "\(Problem.maximumText)"])
      }.joined(separator: "\n")
    case .unknownTrack(let track): catalogue.text("track.unknown", ["name": track.rawValue])
    case .orderRefused(let refusals):
      refusals.map {
        catalogue.text("order.refusal.\($0.rawValue)", ["n": "\(Problem.maximumText)"])
      }.joined(separator: "\n")
    case .conflict(let steps):
      ([catalogue.text("refusal.conflict_since")]
        + steps.map {
          "  \($0.version)  \($0.at)  \($0.actor)  \(ProblemEventCodec.kind(of: $0.event))"
        })
        .joined(separator: "\n")
    case .registration(let faults):
      faults.faults.map { fault in
        catalogue.text(
          "fault.\(fault.code.rawValue)",
          ["field": catalogue.text("field.\(fault.field.rawValue)"), "n": "\(fault.field.limit)"])
      }.joined(separator: "\n")
    case .credentials(let fault):
      catalogue.text(
        "credentials.\(fault.rawValue)",
        ["n": "\(PasswordRules().minimumLength)", "kinds": "\(PasswordRules().kinds)"])
    case .signInFailed: catalogue.text("sign_in.failed")
    case .tooManyTries(let until):
      catalogue.text("sign_in.too_many", ["span": until.description])
    case .wrongCode: catalogue.text("code.wrong")
    case .accountRefused(let reason): catalogue.text("account.refusal.\(reason.rawValue)")
    case .linkNotValid: catalogue.text("error.link.heading")
    }
  }

  private func text(_ error: StorageError) -> String {
    switch error {
    case .unavailable(let why): catalogue.text("database.unavailable", ["name": why])
    case .diskFull(let what): catalogue.text("database.full", ["name": what])
    case .notWritable(let what): catalogue.text("file.not_writable", ["name": what])
    case .damaged(let what): catalogue.text("database.damaged", ["name": what])
    case .contention, .timeout: catalogue.text("error.busy.advice")
    case .notUnique, .foreignKey, .check, .unreadable, .statement: error.description
    }
  }

  private func text(_ fault: KeyRing.Fault) -> String {
    switch fault {
    case .none: catalogue.text("key.none")
    case .unknown(let id): catalogue.text("key.unknown", ["id": id])
    }
  }

  private func text(_ fault: KeyFile.Fault) -> String {
    switch fault {
    case .open(let path): catalogue.text("key.open", ["name": path])
    case .unreadable(let path): catalogue.text("key.unreadable", ["name": path])
    case .notWritable(let path): catalogue.text("file.not_writable", ["name": path])
    }
  }

  private func text(_ fault: Vault.Fault) -> String {
    switch fault {
    case .otherSuite(let suite): catalogue.text("key.other_suite", ["name": suite.rawValue])
    case .foreignKeys: catalogue.text("key.foreign")
    case .instanceMissing: catalogue.text("key.instance_missing")
    case .noInstance: catalogue.text("database.outdated")
    }
  }

  private func text(_ fault: BackUp.Fault) -> String {
    switch fault {
    case .notWritable(let path): catalogue.text("file.not_writable", ["name": path])
    case .otherInstance(let path): catalogue.text("backup.other_instance", ["name": path])
    case .keysDiffer(let difference):
      catalogue.text(
        "backup.keys_differ", ["table": difference.table, "row": difference.row])
    }
  }

  private func text(_ fault: RestoreBackup.Fault) -> String {
    switch fault {
    case .unreadable(let path): catalogue.text("restore.unreadable", ["name": path])
    case .changed(let path): catalogue.text("restore.changed", ["name": path])
    case .otherEngine(let name): catalogue.text("restore.other_engine", ["name": name])
    case .keysMissing: catalogue.text("restore.keys_missing")
    case .ledger(let fault):
      catalogue.text("restore.ledger") + " "
        + catalogue.text("ledger.\(FaultOutput(fault).code)", FaultOutput(fault).arguments)
    case .tables(let difference):
      catalogue.text(
        "restore.tables", ["table": difference.table, "row": difference.row])
    }
  }

  private func text(_ fault: ProveLedger.Fault) -> String {
    switch fault {
    case .beyond(let size): catalogue.text("prove.beyond", ["n": "\(size)"])
    case .damaged: catalogue.text("prove.damaged")
    }
  }

  private func text(_ error: MigrationError) -> String {
    switch error {
    case .changed(let number, let name):
      catalogue.text("migration.changed", ["n": String(number), "name": name])
    case .unknown(let number, let name):
      catalogue.text("migration.unknown", ["n": String(number), "name": name])
    }
  }

  private func text(_ fault: TableWriteFault) -> String {
    switch fault {
    case .file(let name): catalogue.text("file.not_writable", ["name": name])
    case .longText(let row, _, let limit):
      catalogue.text("export.long_text", ["row": "\(row)", "n": "\(limit)"])
    case .sheetName, .noSheet, .tooManyColumns, .notANumber, .finished: "\(fault)"
    }
  }
}
