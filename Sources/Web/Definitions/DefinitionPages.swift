import Domain
import HTTP
import Hummingbird
import Services

/// 口径: how figures are computed, and what lamps, states, layers and ratings mean.
struct DefinitionPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.definitions, use: show)
  }

  private func show(_ request: Request, _ context: AppContext) async throws -> Response {
    let words = site.words(context)
    func term(_ prefix: String, _ value: String) -> View {
      ["term": words("\(prefix).\(value)"), "text": words("definitions.\(prefix).\(value)")]
    }
    let view: View = [
      "edition": words(
        "definitions.version", ["n": String(site.platform.definitions.version)]),
      "figures": site.platform.definitions.figures.map { figure($0, words) },
      "lamps": [Lamp.green, .yellow, .red, .grey].map { lamp -> View in
        ["lamp": words.lamp(lamp)].merging(term("lamp", lamp.rawValue)) { $1 }
      },
      "states": ProblemState.allCases.map { term("state", $0.rawValue) },
      "difficulties": Difficulty.allCases.map { term("difficulty", $0.rawValue) },
      "ratings": (Rating.allCases.map(\.rawValue) + [ActionReader.noRating]).map {
        term("rating", $0)
      },
      "outcomes": Outcome.allCases.map { term("outcome", $0.rawValue) },
      "tracks": site.platform.procedures.all.map { procedure -> View in
        [
          "track": words.pick(procedure.zh, procedure.en),
          "tiers": procedure.tiers.map { tier -> View in
            [
              "term": words.pick(tier.zh, tier.en),
              "text": tier.budget.map { words("rules.tier", ["budget": words.text($0)]) }
                ?? words("rules.top_tier"),
            ]
          },
        ]
      },
      "url_rules": Route.rules.path,
    ]
    return site.page(
      "definitions", view, title: words("definitions.title"), request: request, context: context)
  }

  private func figure(_ figure: Definition, _ words: Wording) -> View {
    func text(_ both: Definition.Words) -> String { words.pick(both.zh, both.en) }
    return [
      "id": figure.code, "name": text(figure.name),
      "version": words("rules.version", ["n": String(figure.version)]),
      "measure": words("definitions.unit.\(figure.measure.rawValue)"),
      "numerator": figure.numerator.map { text($0.words) } ?? "",
      "has_numerator": figure.numerator != nil, "denominator": text(figure.denominator.words),
      "exclusions": figure.exclusions.map { ["text": text($0.words)] as View },
      "none_excluded": figure.exclusions.isEmpty, "printed": text(figure.printed),
      "source": text(figure.source),
    ]
  }
}
