import Domain
import HTTP
import Services

/// A figure as a page shows it: each number with the address of the problems behind it.
struct FigureView {
  let words: FigureWords
  let platform: Platform
  private let account: Account

  /// - Parameter account: who looks: numbers have no address where the problems behind them are not theirs to see.
  init(_ words: Wording, _ platform: Platform, for account: Account) {
    self.account = account
    self.words = FigureWords(words: words, minimum: platform.definitions.minimum)
    self.platform = platform
  }

  /// On the dashboard.
  func tile(_ result: FigureResult) -> View {
    let definition = result.definition
    var view = numbers(result, result.total, group: nil)
    view.merge(
      [
        "name": words.text(definition.name),
        "url": FigureAddress.page(FigureAddress.pinned(result)),
        "code": definition.code,
      ]
    ) { $1 }
    return view
  }

  /// A figure's page: its definition, the whole, and its groups.
  func page(_ result: FigureResult, _ names: [String: Definition.Words]) -> View {
    let definition = result.definition
    var view = numbers(result, result.total, group: nil)
    let definitionView: View = [
      "name": words.text(definition.name), "code": definition.code,
      "definition_version": words.words("rules.version", ["n": String(definition.version)]),
      "numerator_text": definition.numerator.map { words.text($0.words) } ?? "",
      "has_numerator": definition.numerator != nil,
      "denominator_text": words.text(definition.denominator.words),
      "printed_text": words.text(definition.printed), "source": words.text(definition.source),
      "instants": words.instants(result.query), "period": words.period(result.query),
      "is_of_instant": definition.member == nil,
      "known_then": result.knownThen.map { knownThen($0, result) } ?? "",
    ]
    view.merge(definitionView) { $1 }
    let groupView: View = [
      "has_known_then": result.knownThen != nil,
      "url_definition": Route.definitions.path + "#" + definition.code,
      "groups": groups(result, names), "has_groups": !result.groups.isEmpty,
      "dimension": result.query.dimension.map { words.words("figures.by.\($0.rawValue)") } ?? "",
      "excluded_names": definition.exclusions.map { ["name": words.text($0.words)] as View },
      "beside_names": definition.beside.map { ["name": words.text($0.words)] as View },
      "is_rate": definition.measure == .percent, "is_time": definition.measure == .hours,
      "has_grades": definition.grades != nil,
      "minimum": words.words("figures.minimum", ["n": String(words.minimum)]),
    ]
    view.merge(groupView) { $1 }
    return view
  }

  private func groups(_ result: FigureResult, _ names: [String: Definition.Words]) -> [View] {
    ordered(result).map { group in
      var view = numbers(result, group.tally, group: group.key)
      view["name"] = words.name(group.key, result, names)
      return view
    }
  }

  /// Days in their order, others by the number.
  private func ordered(_ result: FigureResult) -> [FigureResult.Group] {
    switch result.query.dimension {
    case .day: result.groups.sorted { (Int($0.key) ?? 0) < (Int($1.key) ?? 0) }
    default:
      result.groups.sorted {
        ($0.tally.denominator, $1.key) > ($1.tally.denominator, $0.key)
      }
    }
  }

  private func knownThen(_ tally: Tally, _ result: FigureResult) -> String {
    let definition = result.definition
    return words.words(
      "figures.then",
      [
        "value": words.value(tally, definition), "n": words.words.count(tally.numerator),
        "of": words.words.count(tally.denominator),
        "later": words.words.count(result.total.denominator - tally.denominator),
      ])
  }

  /// The numbers of one group, each with its address.
  private func numbers(_ result: FigureResult, _ tally: Tally, group: String?) -> View {
    let definition = result.definition
    let hasList =
      definition.subject != .targets && ListFigureMembers.isOpen(definition, to: account)
    func number(_ count: Int, _ slice: Definition.Slice, share: String? = nil) -> View {
      let which = ListFigureMembers.Which(slice, group: group, share: share)
      return [
        "count": words.words.count(count), "is_none": count == 0,
        "address": count == 0 || !hasList ? "" : FigureAddress.list(result, which) ?? "",
        "is_linked": count > 0 && hasList,
      ]
    }
    func parts(_ parts: [Definition.Part], _ counts: [Int], _ slice: (Int) -> Definition.Slice)
      -> [View]
    {
      parts.indices.map { index in
        number(counts[index], slice(index)).merging(["label": words.text(parts[index].words)]) {
          $1
        }
      }
    }
    let waiting = tally.waiting.values.reduce(0, +)
    return [
      "value": words.value(tally, definition), "interval": words.interval(tally, definition),
      "has_interval": definition.measure == .percent && tally.denominator > 0,
      "grade": words.grade(tally, definition),
      "has_grade": !words.grade(tally, definition).isEmpty,
      "is_rate": definition.measure == .percent,
      "numerator": number(tally.numerator, .numerator),
      "denominator": number(tally.denominator, .denominator),
      "rest": number(tally.denominator - tally.numerator, .rest),
      "excluded": parts(definition.exclusions, tally.exclusions) { .exclusion($0) },
      "beside": parts(definition.beside, tally.beside) { .beside($0) },
      "shares": shares(result, tally, number),
      "has_shares": definition.divided != nil,
      "is_time": definition.measure == .hours, "p90": words.hours(tally.quantile(0.9)),
      "waiting": words.words.count(waiting),
    ]
  }

  private func shares(
    _ result: FigureResult, _ tally: Tally,
    _ number: (Int, Definition.Slice, String?) -> View
  ) -> [View] {
    guard let attribute = result.definition.divided else { return [] }
    return tally.shares.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map { share, count in
      let percent = tally.denominator == 0 ? nil : 100 * Double(count) / Double(tally.denominator)
      return number(count, .denominator, share).merging([
        "label": words.share(share, attribute, platform), "percent": words.words.percent(percent),
      ]) { $1 }
    }
  }
}
