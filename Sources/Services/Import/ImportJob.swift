import Domain
import Foundation
import Storage

/// One import that somebody started in a browser.
package struct ImportJob: Sendable {
  package enum State: Sendable {
    /// Others go first.
    case waiting
    /// A dry run, or the real one, is under way.
    case running(done: Int, all: Int)
    /// Nothing was saved: the report says what would be, or what is against it.
    case checked(ImportReport)
    case saved(ImportReport)
    /// It could not be done now; nothing was saved.
    case failed
  }

  /// Names it in addresses; nobody can guess it.
  package let id: String
  package let kind: ImportKind
  /// As the person called it.
  package let fileName: String
  package let startedAt: Instant
  /// From when on it is so; nil for today.
  package let on: Day?
  package var state: State
  /// Whether what runs, or ran last, was to be saved.
  package var isForReal = false
  let account: AccountID
  /// The copy that is read.
  let path: String

  package var report: ImportReport? {
    switch state {
    case .checked(let report), .saved(let report): report
    case .waiting, .running, .failed: nil
    }
  }

  /// How far it is, in one word.
  package enum Stage: String, Sendable, CaseIterable {
    case waiting, checking, faulty, checked, saving, saved, failed
  }

  package var stage: Stage {
    switch state {
    case .waiting: .waiting
    case .running: isForReal ? .saving : .checking
    case .checked(let report): report.hasErrors ? .faulty : .checked
    case .saved: .saved
    case .failed: .failed
    }
  }

  package var isRunning: Bool {
    switch state {
    case .waiting, .running: true
    case .checked, .saved, .failed: false
    }
  }
}

/// Why an import was not started.
package enum ImportJobRefusal: String, Error, Sendable, CaseIterable {
  /// One of the account's is running.
  case running
  /// Too many of everybody's are kept.
  case tooMany = "too_many"
  /// It was broken off or is too old: nothing of it is half done.
  case gone
}
