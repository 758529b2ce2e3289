import Domain
import HTTP
import Hummingbird
import Services

/// 我分包的企业、村: what an official is in charge of, whom to ask there, and what is open.
struct OwnPairPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.ownPairs, use: show)
  }

  private func show(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let charges = try await OwnPairings(site.platform).charges(of: account)
    let context = try await InboxPages.readPairings(site.platform, context)
    let view: View = [
      "charges": charges.map { charge($0, words) }, "is_empty": charges.isEmpty,
    ]
    return site.page(
      "pairing-own", view, title: words("pairing.own.title"), request: request, context: context)
  }

  private func charge(_ charge: OwnPairings.Charge, _ words: Wording) -> View {
    let names = charge.name.split(separator: "/").map(String.init)
    let track = charge.target.kind.track
    let problems =
      charge.target.enterprise == nil
      ? [("place", charge.name)] : [("track", track.rawValue), ("text", charge.name)]
    return [
      "name": names.last ?? "", "place": names.dropLast().joined(separator: " ").orFalse,
      "kind": PairingWords(words.catalogue).kind(charge.target.kind),
      "role": words("pairing.role.\(charge.target.kind.role.rawValue)"),
      "coming": charge.isComing,
      "since": words(
        charge.isComing ? "pairing.from_on" : "pairing.since", ["day": words.day(charge.since)]),
      "reasons": PairingWords(words.catalogue).reasons(charge.reasons).orFalse,
      "contact": charge.contact.map { contact -> Any in
        [
          "name": contact.name, "post": (contact.post ?? "").orFalse,
          "phone": (contact.phone?.text ?? "").orFalse,
          "url_phone": "tel:" + (contact.phone?.text ?? ""),
        ] as View
      } ?? false,
      "open": words.counted("pairing.open", charge.openProblems),
      "url_open": charge.openProblems > 0
        ? Route.problems.path(query: problems) as Any : false,
      "url_register": Route.newProblem.path(query: [
        ("track", track.rawValue), ("concerns", charge.name),
      ]),
    ]
  }
}
