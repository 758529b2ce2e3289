import Domain

/// What is done to all problems of a batch at once.
package enum BatchStep: String, Sendable, CaseIterable {
  /// The one policy answer: each is claimed with it.
  case answer
  /// The check of the claims, by somebody who did not act.
  case verify
  /// One visit to all who asked, then 销号.
  case close

  /// The step as it is tried for the preview: with some words, as the real ones are not there yet.
  package var trial: ActOnBatch.Step {
    switch self {
    case .answer: .answer(.explained, text: "…", evidence: "…")
    case .verify: .each(.command(.verify(passed: true, text: "…")))
    case .close: .close(text: "…")
    }
  }
}
