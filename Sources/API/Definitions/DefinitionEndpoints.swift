import Domain
import HTTP
import Services

/// 口径: how figures are computed, and what lamps, states, layers and ratings mean.
enum DefinitionEndpoints {
  static let list: [Endpoint] = [show, categories]

  private static let show = Endpoint.get(
    "/definitions", "showDefinitions", nil, DefinitionShapes.all
  ) { call in
    Found(.init(definitions: call.platform.definitions, texts: call.texts))
  }

  /// What a judgement may say a problem is about.
  private static let categories = Endpoint.list(
    "/categories", "listCategories", nil, isPaged: false,
    Shape<Services.Category>(
      "Category",
      [
        .init("track") { $0.track.rawValue },
        .init("code") { $0.code },
        .init("zh") { $0.zh },
        .init("en") { $0.en },
      ])
  ) { call in Listed(call.platform.categories) }
}

enum DefinitionShapes {
  struct All: Sendable {
    let definitions: Definitions
    let texts: Catalogue

    fileprivate func terms(_ kind: String, _ values: [String]) -> [Term] {
      values.map { value in
        Term(
          kind: kind, value: value, name: texts.text("\(kind).\(value)"),
          text: texts.text("definitions.\(kind).\(value)"))
      }
    }
  }

  fileprivate struct Term: Sendable {
    let kind: String
    let value: String
    let name: String
    let text: String
  }

  private static let term = Shape<Term>(
    "DefinedTerm",
    [
      .init("kind") { $0.kind },
      .init("value") { $0.value },
      .init("name") { $0.name },
      .init("text") { $0.text },
    ])

  static let all = Shape<All>(
    "Definitions",
    [
      .init("version") { $0.definitions.version },
      .init("figures", list: FigureShapes.definition) { $0.definitions.figures },
      .init("terms", list: term) { all in
        all.terms("lamp", [Lamp.green, .yellow, .red, .grey].map(\.rawValue))
          + all.terms("state", ProblemState.allCases.map(\.rawValue))
          + all.terms("difficulty", Difficulty.allCases.map(\.rawValue))
          + all.terms("rating", Rating.allCases.map(\.rawValue) + [ActionReader.noRating])
          + all.terms("outcome", Outcome.allCases.map(\.rawValue))
      },
    ])
}
