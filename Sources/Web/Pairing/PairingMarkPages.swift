import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// Pairs fixed or excluded by hand: the list, a new one, and one that is lifted.
struct PairingMarkPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.pairingMarks, use: list)
    doors.get(.newPairingMark, use: new)
    doors.post(.pairingMarks, use: add)
    doors.post(.pairingMarkLift(":id"), use: lift)
  }

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let marks = try await MarkPairing(site.platform).list(for: account)
    let view: View = [
      "marks": marks.map { line -> View in
        [
          "official": line.official.isEmpty ? words("pairing.unnamed") : line.official,
          "url_official": Route.official(line.mark.official.description).path,
          "unit": PairingBlock.unit(line.unitPath),
          "target": line.mark.target.unit == nil
            ? line.target : PairingBlock.unit(line.target), "url_target": line.mark.target.url,
          "kind": words("pairing.mark.\(line.mark.kind.rawValue)"),
          "reason": words("pairing.mark_reason.\(line.mark.reason.rawValue)"),
          "note": (line.mark.note ?? "").orFalse,
          "url_lift": Route.pairingMarkLift(String(line.id)).path,
        ]
      }, "is_empty": marks.isEmpty, "url_new": Route.newPairingMark.path,
      "url_list": Route.pairings.path, "added": request.query("added") == "1",
    ]
    return site.page(
      "pairing-marks", view, title: words("pairing.marks"), request: request, context: context)
  }

  private func lift(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    _ = try await FormData(request, context)
    try await MarkPairing(site.platform).lift(context.id(), by: account)
    return Site.redirect(to: Route.pairingMarks.path)
  }

  /// From a plan or an explanation the pair is filled in.
  private func new(_ request: Request, _ context: AppContext) async throws -> Response {
    _ = try context.signedIn()
    var draft = PairingMarkDraft()
    draft.kind = request.query("kind")
    let find = FindPair(site.platform)
    if let id = OfficialID(request.query("official")) {
      draft.official.take(try await find.official(id)) { $0.description }
    }
    if let target = PairingTarget(address: request.query("target")) {
      draft.target.take(try await find.target(target)) { $0.address }
    }
    return page(draft, request, context)
  }

  private func add(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    var draft = PairingMarkDraft(try await FormData(request, context))
    let words = site.words(context)
    let find = FindPair(site.platform)
    // Who was chosen before stays chosen.
    if let id = OfficialID(draft.official.id) {
      draft.official.take(try await find.official(id)) { $0.description }
    } else if !draft.official.text.isEmpty {
      draft.official.offer(
        try await find.officials(draft.official.text, for: account)
      ) { $0.description }
    }
    if let target = PairingTarget(address: draft.target.id) {
      draft.target.take(try await find.target(target)) { $0.address }
    } else if !draft.target.text.isEmpty {
      draft.target.offer(try await find.targets(draft.target.text, for: account)) { $0.address }
    }
    guard let mark = draft.mark else {
      draft.check(words)
      return page(draft, request, context)
    }
    do {
      _ = try await MarkPairing(site.platform)(mark, by: account)
      return Site.redirect(to: Route.pairingMarks.path(query: [("added", "1")]))
    } catch let refusal as PairingRefusal {
      let field: String
      switch refusal {
      case .unknownOfficial: field = "official"
      case .unknownTarget: field = "target"
      default: field = "kind"
      }
      for text in PairingWords(words.catalogue).refusal(refusal) {
        draft.faults.append((field, text))
      }
      return page(draft, request, context)
    }
  }

  private func page(
    _ draft: PairingMarkDraft, _ request: Request, _ context: AppContext
  ) -> Response {
    let words = site.words(context)
    var view = draft.view(words)
    view["url"] = Route.pairingMarks.path
    view["url_list"] = Route.pairings.path
    let isRefused = !draft.faults.isEmpty
    return site.page(
      "pairing-mark-new", view, title: words("pairing.mark_new"), request: request,
      context: context, status: isRefused ? .unprocessableContent : .ok,
      answersFor: isRefused ? .newPairingMark : nil)
  }
}
