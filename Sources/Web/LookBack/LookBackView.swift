import Cryptography
import Domain
import HTTP
import Services
import Storage

/// The samples, one of them, and what a draw would do.
struct LookBackView {
  let words: Wording
  let platform: Platform

  private func period(_ scope: LookBack.Scope) -> String {
    words("look_back.period_text", ["from": words.day(scope.from), "to": words.day(scope.to)])
  }

  private func narrowing(_ scope: LookBack.Scope, _ unitName: String?) -> String {
    let track = scope.track.flatMap { platform.procedures[$0] }.map { words.pick($0.zh, $0.en) }
    let parts = [track, unitName].compactMap(\.self)
    return parts.isEmpty
      ? words("look_back.everything") : parts.joined(separator: words("punctuation.list"))
  }

  func row(_ line: ShowLookBack.Line) -> View {
    let (sample, progress) = (line.lookBack, line.progress)
    return [
      "url": Route.lookBack(sample.id.description).path, "period": period(sample.scope),
      "scope": narrowing(sample.scope, line.unitName), "population": String(sample.population),
      "drawn": String(progress.drawn),
      "checked": words(
        "look_back.checked_of",
        ["n": String(progress.checked), "all": String(progress.drawn)]),
      "failed_count": String(progress.failed), "day": words.day(sample.drawnAt.day),
    ]
  }

  func page(_ detail: ShowLookBack.Detail, _ findings: [VerifyLookBack.Finding]?) -> View {
    let sample = detail.lookBack
    let id = sample.id.description
    let failed = detail.items.count { $0.passed == false }
    let checked = detail.items.count { $0.passed != nil }
    let facts: [(String, String)] = [
      ("look_back.scope", narrowing(sample.scope, detail.unitName)),
      ("look_back.population", String(sample.population)),
      ("look_back.share", sample.share.description),
      ("look_back.drawn", String(detail.items.count)),
      ("look_back.checked", String(checked)), ("look_back.failed", String(failed)),
      (
        "look_back.drawn_at",
        words.time(sample.drawnAt) + " · " + (detail.drawnByName ?? words("actor.system"))
      ),
    ]
    return [
      "heading": period(sample.scope), "url_list": Route.lookBacks.path,
      "facts": facts.map { ["label": words($0.0), "value": $0.1] as View },
      "items": detail.items.map { item($0, detail) },
      "url_proof": Route.lookBackProof(id).path, "is_verified": findings != nil,
      "holds": findings?.isEmpty == true,
      "findings": findings?.map {
        ["text": words("look_back.finding.\($0.rawValue)")] as View
      } ?? [],
      "root": Hexadecimal.encode(sample.root), "size": String(sample.size),
      "digest": Hexadecimal.encode(sample.populationDigest),
      "commands": commands(sample, id),
    ]
  }

  private func item(_ item: LookBack.Item, _ detail: ShowLookBack.Detail) -> View {
    let problem = detail.problems[item.problem]
    let result =
      switch item.passed {
      case nil: words("look_back.waiting")
      case true?: words("finding.look_back.yes")
      case false?: words("finding.look_back.no")
      }
    return [
      "rank": String(item.rank), "number": words.number(item.number),
      "title": problem?.title ?? "", "unit": problem?.unitName ?? "—",
      "url": Route.problem(item.problem).path(query: [
        ("action", item.passed == nil ? ProblemAction.lookBack.rawValue : "")
      ]),
      "state": problem.map { words("state.\($0.state.rawValue)") } ?? "", "result": result,
      "day": item.checkedAt.map { words.day($0.day) } ?? "",
    ]
  }

  /// How a stranger repeats the draw (docs/look-back.md).
  private func commands(_ sample: LookBack, _ id: String) -> String {
    let share =
      switch sample.share {
      case .count(let count): "--count \(count)"
      case .percent(let percent): "--percent \(percent)"
      }
    return """
      lianbang look-back verify \(id)
      lianbang look-back show \(id) --population > numbers.txt
      scripts/draw-look-back.py --root \(Hexadecimal.encode(sample.root)) \(share) < numbers.txt
      """
  }

  /// The form of a draw; with a preview also what it would do.
  func drawing(
    _ asked: DrawRequest, defaultMonth: String, _ preview: DrawLookBack.Preview?,
    _ faults: [String]
  ) -> View {
    let refusal = preview?.refusal.map { words("look_back.refusal.\($0.rawValue)") } ?? ""
    return [
      "url": Route.newLookBack.path, "url_draw": Route.lookBacks.path,
      "url_list": Route.lookBacks.path,
      "from": asked.isAsked ? asked.from : defaultMonth,
      "to": asked.isAsked ? asked.to : defaultMonth,
      "share": asked.share.isEmpty ? "10%" : asked.share, "unit": asked.unit,
      "track": asked.track,
      "tracks": words.options(platform.procedures, chosen: asked.track),
      "has_faults": !faults.isEmpty, "faults": faults.map { ["text": $0] as View },
      "has_preview": preview != nil, "refusal": refusal.orFalse,
      "preview": preview.map {
        words(
          "look_back.preview", ["population": String($0.population), "n": String($0.sample)])
      } ?? "",
    ]
  }
}
