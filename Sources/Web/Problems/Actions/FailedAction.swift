import Domain
import HTTP
import HTTPTypes
import Services
import Storage

/// An action that did not happen, kept so that nothing typed is lost.
struct FailedAction {
  enum Cause {
    /// Names of fields that were left out or cannot be read.
    case incomplete([String])
    case refused([Problem.Refusal])
    case conflict([ProblemHistory.Step])
    /// Files that were not taken; nothing was said yet.
    case files([FileTaking.Refused])
  }

  let action: ProblemAction
  let form: FormData
  let cause: Cause

  init(_ action: ProblemAction, _ form: FormData, _ cause: Cause) {
    (self.action, self.form, self.cause) = (action, form, cause)
  }

  var leg: Int? { Int(form["leg"]) }

  var status: HTTPResponse.Status {
    switch cause {
    case .incomplete, .files: .unprocessableContent
    case .conflict: .conflict
    case .refused(let reasons):
      if reasons.contains(.wrongState) {
        .conflict
      } else if !Self.notForThem.isDisjoint(with: reasons) {
        .forbidden
      } else {
        .unprocessableContent
      }
    }
  }

  /// What another person might do.
  private static let notForThem: Set<Problem.Refusal> = [
    .notYourRole, .notYourLeg, .directorDecides, .handlerCannotVerify,
  ]

  func texts(_ words: Wording) -> [String] {
    switch cause {
    case .incomplete(let names):
      let labels = action.fields.filter { names.contains($0.name) }.map { words($0.label) }
      return labels.isEmpty
        ? [words("refusal.choice_missing")]
        : labels.map { words("refusal.field", ["field": $0]) }
    case .refused(let reasons): return reasons.map { words.refusal($0) }
    case .conflict: return [words("refusal.conflict")]
    case .files(let refused): return refused.map { words.refusal($0) }
    }
  }
}
