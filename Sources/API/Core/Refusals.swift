import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// What the errors of use cases are to a program. A test walks through all of them.
package enum Refusals {
  /// - Returns: nil for what nobody foresaw.
  package static func known(_ error: any Error, _ platform: Platform) -> APIError? {
    switch error {
    case let error as APIError: error
    case let error as UseCaseError: useCase(error)
    case let error as RequestError: request(error)
    case let error as JSON.Fault:
      APIError(
        .badRequest, "bad_json.\(error.code.rawValue)", arguments: ["n": String(error.offset)])
    case let error as StorageError where error.isTemporary:
      APIError(.serviceUnavailable, "busy", retryAfter: 2)
    case let error as ProblemListing.Fault: .refused([error], texts: "list")
    case let error as HTTPError where error.status == .notFound: APIError(.notFound, "not_found")
    case let error as HTTPError where error.status.kind == .clientError:
      APIError(.badRequest, "bad_request")
    default: feature(error, platform)
    }
  }

  private static func useCase(_ error: UseCaseError) -> APIError? {
    switch error {
    case .notFound, .linkNotValid: APIError(.notFound, "not_found")
    case .forbidden, .signInFailed: APIError(.forbidden, "forbidden")
    case .unknownUnit(let name):
      APIError(.unprocessableContent, "unknown_unit", arguments: ["name": name])
    case .unknownAccount(let name):
      APIError(.unprocessableContent, "unknown_account", arguments: ["name": name])
    case .unknownTrack(let track):
      APIError(.unprocessableContent, "unknown_track", arguments: ["name": track.rawValue])
    case .refused(let reasons):
      .refused(reasons, texts: "refusal", arguments: ["n": String(Problem.maximumText)])
    case .orderRefused(let reasons):
      .refused(
        reasons, texts: "order.refusal",
        arguments: ["n": String(Problem.maximumText)])
    case .accountRefused(let reason): .refused([reason], texts: "account.refusal")
    case .conflict(let steps):
      APIError(
        .conflict, "changed",
        changes: steps.map {
          .init(version: $0.version, at: $0.at, kind: ProblemEventCodec.kind(of: $0.event))
        })
    case .registration(let faults):
      APIError(
        .unprocessableContent, "refused",
        reasons: faults.faults.map {
          .init(
            "\($0.field.rawValue).\($0.code.rawValue)", key: "fault.\($0.code.rawValue)",
            arguments: ["field": $0.field.rawValue, "n": String($0.field.limit)])
        })
    case .credentials(let fault): .refused([fault], texts: "credentials")
    case .wrongCode: APIError(.unprocessableContent, "wrong_code")
    case .tooManyTries(let until):
      APIError(.tooManyRequests, "too_many_tries", arguments: ["until": until.description])
    }
  }

  private static func request(_ error: RequestError) -> APIError {
    switch error {
    case .notFound: APIError(.notFound, "not_found")
    case .notSignedIn, .wrongFormToken: APIError(.unauthorized, "no_token")
    case .bodyTooLarge: APIError(.contentTooLarge, "too_large")
    case .notAForm: APIError(.unsupportedMediaType, "media_type")
    case .badForm: APIError(.badRequest, "bad_request")
    case .tooSlow: APIError(.requestTimeout, "too_slow")
    case .badQuery: APIError(.badRequest, "bad_query")
    }
  }

  /// Refusals of one feature each: words of one kind, with the texts that its pages show.
  private static func feature(_ error: any Error, _ platform: Platform) -> APIError? {
    switch error {
    case let error as TokenRefusal: .refused([error], texts: "token.refusal")
    case let error as WebhookRefusals: .refused(error.reasons, texts: "webhook.refusal")
    case let error as Robot.Fault: .refused([error], texts: "messages.fault")
    case let error as SavedViewRefusal: .refused([error], texts: "views")
    case AttachmentRefusal.unknown, LookBackRefusal.unknown: APIError(.notFound, "not_found")
    case AttachmentRefusal.notYours: APIError(.forbidden, "forbidden")
    case let error as AttachmentRefusal:
      .refused(
        [error], texts: "attachment.refusal",
        arguments: [
          "files": "\(Attachment.maximumPerProblem)", "n": "\(Attachment.maximumReason)",
          "size": "\(Attachment.maximumSize >> 20)",
        ])
    case let error as LookBackRefusal: .refused([error], texts: "look_back.refusal")
    case let error as CommentSheet.Refused:
      .refused(
        error.refusals, texts: "sheet.refusal", arguments: ["n": String(Problem.maximumText)])
    case let error as ReportRefusal:
      .refused(
        [error], texts: "report.refusal", arguments: ["n": String(ReportContent.maximumText)])
    case let error as OfferLink.Fault: .refused([error], texts: "exchange.fault")
    case let error as JoinLink.Fault:
      APIError(
        .unprocessableContent, "refused",
        reasons: [
          .init(
            error.textKey.split(separator: ".").last.map(String.init) ?? "", key: error.textKey,
            arguments: error.arguments)
        ])
    case let error as Visit.Refused: visit(error, platform.visitRules)
    case let error as KeepContacts.Refused:
      .refused(
        error.faults, texts: "contact.fault", arguments: ["n": String(Problem.maximumTitle)])
    case let error as ReorganiseUnits.Refused: .refused(error.refusals, texts: "unit.refusal")
    case let error as ImportJobRefusal: .refused([error], texts: "imports.refusal")
    case let error as Enterprise.MergeRefusal: .refused([error], texts: "enterprise.refusal")
    case let error as PairingRefusal: pairing(error)
    case let error as CalendarFault:
      APIError(
        .unprocessableContent, "refused",
        reasons: [
          .init(error.code, key: "calendar.fault.\(error.code)", arguments: error.arguments)
        ])
    default: nil
    }
  }

  private static func visit(_ error: Visit.Refused, _ rules: VisitRules) -> APIError {
    .refused(
      error.reasons, texts: "visit.refusal",
      arguments: [
        "n": String(Visit.maximumText), "ceiling": String(rules.ceiling.number),
        "days": String(rules.horizon.number), "moves": String(rules.inspectionMoves.number),
      ])
  }

  private static func pairing(_ error: PairingRefusal) -> APIError {
    let code =
      switch error {
      case .conflicts: "conflicts"
      case .settled: "settled"
      case .stale: "stale"
      case .superseded: "superseded"
      case .beforeComing: "before_coming"
      case .past: "past"
      case .tooFar: "too_far"
      case .unknownOfficial: "unknown_official"
      case .unknownTarget: "unknown_target"
      case .marked: "marked"
      case .rules: "rules"
      }
    return APIError(
      .unprocessableContent, "refused", reasons: [.init(code, key: "api.pairing.\(code)")])
  }
}
