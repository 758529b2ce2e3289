import Domain
import HTTP
import Services

extension BatchStep {
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
