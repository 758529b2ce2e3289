import Domain
import HTTP
import Services

/// What is done to all problems of a batch at once.
enum BatchStep: String, CaseIterable {
  /// The one policy answer: each is claimed with it.
  case answer
  /// The check of the claims, by somebody who did not act.
  case verify
  /// One visit to all who asked, then 销号.
  case close

  /// The step as it is tried for the preview: with some words, as the real ones are not there yet.
  var trial: ActOnBatch.Step {
    switch self {
    case .answer: .answer(.explained, text: "…", evidence: "…")
    case .verify: .each(.command(.verify(passed: true, text: "…")))
    case .close: .close(text: "…")
    }
  }

  /// - Returns: nil where a choice was left out.
  func asked(_ form: FormData) -> ActOnBatch.Step? {
    let text = form["text"]
    switch self {
    case .answer:
      guard let outcome = Outcome(rawValue: form["outcome"]) else { return nil }
      return .answer(outcome, text: text, evidence: form["evidence"])
    case .verify:
      guard ["yes", "no"].contains(form["yes"]) else { return nil }
      return .each(.command(.verify(passed: form["yes"] == "yes", text: text)))
    case .close: return .close(text: text)
    }
  }

  func fields(_ words: Wording, _ procedure: Procedure?) -> [ActForm.Field] {
    let text = ActForm.Field.text("text", label: words("batches.text.\(rawValue)"))
    switch self {
    case .answer:
      let outcomes = procedure?.outcomes ?? []
      return [
        .select(
          "outcome", label: words("field.outcome"),
          outcomes.map { ($0.rawValue, words("outcome.\($0.rawValue)")) }), text,
        .text("evidence", label: words("field.evidence"), hint: words("claim.evidence_hint")),
      ]
    case .verify:
      return [
        .radio(
          "yes", label: words("field.finding"),
          ["yes", "no"].map { ($0, words("finding.verify.\($0)")) }), text,
      ]
    case .close: return [text]
    }
  }
}
