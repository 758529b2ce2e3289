import Domain
import HTTP
import Hummingbird
import Services
import Storage

/// Why an official has a target, and what each other one would cost at least.
struct PairingExplanationPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.pairingExplanation, use: show)
  }

  private func show(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    guard let target = PairingTarget(address: request.query("target")) else {
      throw RequestError.notFound
    }
    var view: View
    do {
      let found = try await ExplainPairing(site.platform)(target, for: account)
      view = PairingExplanationView(words: words, target: target).page(found)
    } catch PairingRefusal.conflicts {
      // What stands against it is told where plans are made.
      view = PairingExplanationView(words: words, target: target).none
      view["target"] = try await FindPair(site.platform).target(target)?.name ?? ""
    }
    view["url_list"] = Route.pairings.path(query: [("track", target.kind.track.rawValue)])
    view["url_target"] = target.url
    return site.page(
      "pairing-explanation", view, title: words("pairing.why"), request: request,
      context: context)
  }
}

/// The choices there were for a target, in the reader's words.
struct PairingExplanationView {
  let words: Wording
  let target: PairingTarget

  private var pairing: PairingWords { PairingWords(words.catalogue) }

  /// Of a track that has no pairing under the rules.
  var none: View {
    [
      "is_impossible": true, "target": "", "reasons": false, "possible": "", "choices": [View](),
      "is_empty": true,
    ]
  }

  func page(_ found: ExplainPairing.Explanation) -> View {
    [
      "is_impossible": false,
      "target": target.unit == nil ? found.target : PairingBlock.unit(found.target),
      "reasons": pairing.reasons(found.reasons).orFalse,
      "possible": words("pairing.possible", ["n": String(found.possible)]),
      "choices": found.choices.map(choice), "is_empty": found.choices.isEmpty,
    ]
  }

  private func choice(_ choice: ExplainPairing.Choice) -> View {
    let terms = PairingTerm.allCases.compactMap { term -> String? in
      guard let cost = choice.terms[term], cost != 0 else { return nil }
      return words("pairing.term_cost", ["term": pairing.term(term), "n": String(cost)])
    }
    let own: [(String, String)] = [
      ("official", choice.official.description), ("target", target.address),
    ]
    return [
      "name": choice.name.isEmpty ? words("pairing.unnamed") : choice.name,
      "url": Route.official(choice.official.description).path,
      "unit": PairingBlock.unit(choice.unitPath),
      "is_planned": choice.isPlanned, "holds": choice.holds,
      "terms": terms.isEmpty
        ? words("pairing.no_terms") : terms.joined(separator: words("punctuation.list")),
      "extra": choice.isPlanned
        ? "—"
        : choice.extra == 0
          ? words("pairing.extra_none") : words("pairing.extra", ["n": String(choice.extra)]),
      "url_fix": Route.newPairingMark.path(
        query: [("kind", PairingMark.Kind.fixed.rawValue)] + own),
      "url_exclude": Route.newPairingMark.path(
        query: [("kind", PairingMark.Kind.excluded.rawValue)] + own),
    ]
  }
}
