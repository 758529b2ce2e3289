import ArgumentParser
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
      locale.hasPrefix("zh") ? .zh : .en, resources: options.root() + "/Resources")
  }

  /// Runs a command's work and turns its errors into one plain line on standard error.
  func run(_ work: () async throws -> Void) async throws {
    do {
      try await work()
    } catch {
      guard let message = message(for: error) else { throw error }
      fail(message)
    }
  }

  /// What an error means to a person, or nil where it is not one of ours.
  func message(for error: any Error) -> String? {
    switch error {
    case let error as UseCaseError: text(error)
    case let error as StorageError: error.description
    case let error as MigrationError: text(error)
    case let fault as CSVTable.Fault: text(fault)
    case let fault as CampaignData.Fault: fault.description
    case let fault as Assets.Fault: fault.description
    case DatabaseFinding.missing(let name): catalogue.text("database.missing", ["name": name])
    case let taken as PortTaken: catalogue.text("serve.port_taken", ["port": "\(taken.port)"])
    case DatabaseFinding.outdated: catalogue.text("database.outdated")
    default: nil
    }
  }

  private func fail(_ message: String) -> Never {
    FileHandle.standardError.write(Data("lianbang: \(message)\n".utf8))
    exit(1)
  }

  private func text(_ error: UseCaseError) -> String {
    switch error {
    case .notFound: catalogue.text("problem.not_found")
    case .unknownAccount(let username):
      catalogue.text("account.unknown", ["username": username])
    case .forbidden: catalogue.text("error.forbidden.heading")
    case .refused(let refusal):
      catalogue.text("refusal.\(refusal.rawValue)", ["n": "\(Problem.maximumText)"])
    case .conflict: catalogue.text("refusal.conflict")
    case .registration(let faults):
      faults.faults.map { fault in
        catalogue.text(
          "fault.\(fault.code.rawValue)",
          ["field": catalogue.text("field.\(fault.field.rawValue)"), "n": "\(fault.field.limit)"])
      }.joined(separator: "\n")
    case .credentials(let fault):
      catalogue.text("credentials.\(fault.rawValue)", ["n": "\(Credentials.minimumPassword)"])
    case .signInFailed: catalogue.text("sign_in.failed")
    case .linkNotValid: catalogue.text("error.link.heading")
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

  private func text(_ fault: CSVTable.Fault) -> String {
    switch fault {
    case .empty: catalogue.text("csv.empty")
    case .notUTF8: catalogue.text("csv.not_utf8")
    case .openQuote(let record): catalogue.text("csv.open_quote", ["n": String(record)])
    case .controlCharacter(let record):
      catalogue.text("csv.control_character", ["n": String(record)])
    }
  }

  func text(_ diagnostic: Diagnostic) -> String {
    let place = catalogue.text(
      diagnostic.column == nil ? "import.row" : "import.cell",
      ["row": String(diagnostic.row), "column": diagnostic.column ?? ""])
    let severity = catalogue.text("import.\(diagnostic.severity.rawValue)")
    let text = catalogue.text("import.\(diagnostic.code.rawValue)", ["value": diagnostic.value])
    return "\(severity) \(place): \(text)"
  }
}
