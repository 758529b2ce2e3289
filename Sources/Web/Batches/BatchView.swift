import Domain
import HTTP
import Services
import Storage

/// The list of batches, one batch, and what a step would do to each of its problems.
struct BatchView {
  let words: Wording
  let platform: Platform

  /// Problems that did not join, or leave.
  struct Failure {
    let form: FormData
    let lines: [ChangeBatch.Line]
    let leaves: Bool
  }

  func row(_ line: ListBatches.Line) -> View {
    let batch = line.batch
    return [
      "url": Route.batch(batch.id.description).path, "title": batch.opened.title,
      "cause": batch.opened.cause, "track": track(batch), "state": state(batch),
      "count": count(line.count), "day": words.day(batch.openedAt.day),
    ]
  }

  private func count(_ count: BatchRows.Count) -> String {
    words("batches.count", ["ended": String(count.ended), "n": String(count.all)])
  }

  private func track(_ batch: BatchRows.Stored) -> String {
    platform.procedures[batch.opened.track].map { words.pick($0.zh, $0.en) }
      ?? batch.opened.track.rawValue
  }

  private func state(_ batch: BatchRows.Stored) -> String {
    if batch.closedAt != nil { return words("batches.state.closed") }
    return words(batch.answered == nil ? "batches.state.open" : "batches.state.answered")
  }

  func page(_ detail: ShowBatch.Detail, _ failure: Failure?) -> View {
    let batch = detail.batch
    let isOpen = batch.closedAt == nil
    var facts: [(String, String)] = [
      ("field.track", track(batch)), ("batches.problems", count(detail.count)),
      ("batches.opened_at", words.time(batch.openedAt)), ("field.batch", batch.id.description),
    ]
    if let at = batch.answeredAt { facts.append(("batches.answered_at", words.time(at))) }
    if let at = batch.closedAt { facts.append(("batches.closed_at", words.time(at))) }
    return [
      "title": batch.opened.title, "cause": batch.opened.cause, "state": state(batch),
      "url_list": Route.batches.path,
      "facts": facts.map { ["label": words($0.0), "value": $0.1] as View },
      "is_answered": batch.answered != nil,
      "outcome": batch.answered.map { words("outcome.\($0.outcome.rawValue)") } ?? "",
      "answer": batch.answered?.answer ?? "", "is_open": isOpen,
      "problems": detail.problems.map { problem($0, isOpen: isOpen) },
      "is_empty": detail.problems.isEmpty,
      "has_more": detail.count.all > detail.problems.count,
      "more": words("batches.more", ["n": String(ShowBatch.limit)]),
      "url_change": Route.batchProblems(batch.id.description).path,
      "steps": isOpen && !detail.problems.isEmpty ? steps(batch) : [],
      "failed": failure != nil, "failed_field": failure?.leaves == true ? "leave" : "numbers",
      "join_open": detail.problems.isEmpty || failure?.leaves == false,
      "leave_open": failure?.leaves == true, "failures": failure.map(failures) ?? [],
      "typed": failure.map { $0.leaves ? "" : numbers($0) } ?? "",
      "reason": failure.map { $0.leaves ? $0.form["text"] : "" } ?? "",
      "limit": String(Problem.maximumText),
    ]
  }

  /// Of what was typed only what did not work: the rest is in.
  private func numbers(_ failure: Failure) -> String {
    failure.lines.isEmpty
      ? failure.form["numbers"]
      : failure.lines.map { words.number($0.number) }.joined(separator: " ")
  }

  private func failures(_ failure: Failure) -> [View] {
    if failure.lines.isEmpty {
      return [["text": words(failure.leaves ? "batches.nothing_picked" : "batches.no_numbers")]]
    }
    return failure.lines.map { line in
      let reasons = line.reasons.map { words.refusal($0) }.joined()
      return ["text": words.number(line.number) + words("punctuation.colon") + reasons]
    }
  }

  private func problem(_ problem: ProblemSummary, isOpen: Bool) -> View {
    let number = words.number(problem.number)
    return [
      "number": number, "url": Route.problem(problem.id).path, "title": problem.title,
      "concerns": problem.concerns, "unit": problem.unitName ?? "—",
      "state": words("state.\(problem.state.rawValue)"), "pick": "pick-\(problem.number)",
      "pick_label": words("orders.pick", ["name": number]),
      "may_pick": isOpen && ProblemAction.leaveBatch.states.contains(problem.state),
    ]
  }

  /// The steps for all; the next one first.
  private func steps(_ batch: BatchRows.Stored) -> [View] {
    let offered = BatchStep.allCases.filter { $0 != .answer || batch.answered == nil }
    return offered.map { step in
      [
        "url": Route.batchStep(batch.id.description, step.rawValue).path,
        "name": words("batches.step.\(step.rawValue)"),
        "hint": words("batches.will.\(step.rawValue)"), "primary": step == offered.first,
      ]
    }
  }

  func preview(
    _ step: BatchStep, _ detail: ShowBatch.Detail, _ results: [ActOnBatch.Result],
    form: FormData?, faults: [String], done: Int?
  ) -> View {
    let batch = detail.batch
    let titles = Dictionary(detail.problems.map { ($0.id, $0.title) }) { $1 }
    let able = results.count { $0.reasons.isEmpty }
    let isAnswered = step == .answer && batch.answered != nil
    var act = ActForm(
      id: "step", name: words("batches.step.\(step.rawValue)"),
      will: words("batches.will.\(step.rawValue)"),
      url: Route.batchStep(batch.id.description, step.rawValue).path)
    act.fields = step.fields(words, platform.procedures[batch.opened.track])
    (act.posted, act.faults, act.isPrimary) = (form, faults, true)
    if batch.closedAt != nil || isAnswered { act.reasons = [words("batches.over")] }
    if act.reasons.isEmpty, able == 0 { act.reasons = [words("batches.none_able")] }
    return [
      "heading": words("batches.step.\(step.rawValue)"), "title": batch.opened.title,
      "url_list": Route.batches.path, "url_batch": Route.batch(batch.id.description).path,
      "summary": words(
        "batches.preview", ["able": String(able), "left": String(results.count - able)]),
      "was_done": (done.map { words("batches.done", ["n": String($0)]) } ?? "").orFalse,
      "act": [act.view],
      "results": results.map { result -> View in
        [
          "number": words.number(result.number), "url": Route.problem(result.problem).path,
          "title": titles[result.problem] ?? "",
          "state": words("state.\(result.state.rawValue)"), "able": result.reasons.isEmpty,
          "becomes": words("batches.becomes.\(step.rawValue)"),
          "reasons": result.reasons.map { ["text": words.refusal($0)] as View },
        ]
      },
    ]
  }
}
