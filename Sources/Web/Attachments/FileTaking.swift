import Domain
import HTTP
import Services

/// The files of a form, put to a problem.
struct FileTaking {
  let site: Site

  /// A file that was not taken, and why.
  struct Refused {
    let name: String
    let refusal: AttachmentRefusal
  }

  /// Adds each that can be taken.
  /// - Throws: `UseCaseError.notFound`
  @_optimize(none)
  func add(
    _ files: [UploadedFile], to problem: ProblemID, by account: Account
  ) async throws -> [Refused] {
    var refused: [Refused] = []
    for file in files {
      let bytes = try await file.bytes()
      if let refusal = try await add(bytes, file.name, to: problem, by: account) {
        refused.append(Refused(name: file.name, refusal: refusal))
      }
    }
    return refused
  }

  /// By itself and not optimised: within the loop the optimiser of Swift 6.3 frees the task's memory in
  /// the wrong order, and the process ends.
  @inline(never) @_optimize(none)
  private func add(
    _ bytes: [UInt8], _ name: String, to problem: ProblemID, by account: Account
  ) async throws -> AttachmentRefusal? {
    do {
      _ = try await AddAttachment(site.platform, site.store)(
        bytes, name: name, to: problem, by: account)
      return nil
    } catch let refusal as AttachmentRefusal {
      return refusal
    }
  }

  /// Those that would not be taken, before there is a problem.
  func check(_ files: [UploadedFile]) async throws -> [Refused] {
    var refused: [Refused] = []
    for file in files {
      let bytes = try await file.bytes()
      if let refusal = try await CheckFile.refusal(bytes) {
        refused.append(Refused(name: file.name, refusal: refusal))
      }
    }
    return refused
  }
}

extension Wording {
  func refusal(_ refusal: AttachmentRefusal) -> String {
    self(
      "attachment.refusal.\(refusal.rawValue)",
      [
        "files": "\(Attachment.maximumPerProblem)", "n": "\(Attachment.maximumReason)",
        "size": "\(Attachment.maximumSize >> 20)",
      ])
  }

  /// `照片.svg：不接收网页…`
  func refusal(_ refused: FileTaking.Refused) -> String {
    refused.name.singleLine + self("punctuation.colon") + refusal(refused.refusal)
  }

  /// `1.4 MB`
  func size(_ bytes: Int) -> String {
    if bytes < 1000 { return "\(bytes) B" }
    if bytes < 1_000_000 { return "\((bytes + 500) / 1000) KB" }
    let tenths = (bytes + 50_000) / 100_000
    return "\(tenths / 10).\(tenths % 10) MB"
  }
}
