import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// Enterprises whose names are nearly the same: a person looks, and merges those that are one.
struct DuplicatePages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.duplicates, use: list)
    doors.get(.enterpriseMerge, use: preview)
    doors.post(.enterpriseMerge, use: merge)
  }

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let answer = try await ReviewDuplicates(site.platform)(
      limit: ReviewDuplicates.shown, by: account)
    let view: View = [
      "pairs": answer.pairs.map { pair -> View in
        [
          "reason": words(
            pair.isSameName ? "enterprise.same_name" : "enterprise.one_edit"),
          "sides": [(pair.first, pair.second), (pair.second, pair.first)].map {
            one, other -> View in
            [
              "name": one.enterprise.name, "code": (one.enterprise.code ?? "").orFalse,
              "url": Route.enterprise(one.id.description).path,
              // What is kept is this one: the other goes.
              "url_merge": Route.enterpriseMerge.path(query: [
                ("gone", other.id.description), ("kept", one.id.description),
              ]),
            ]
          },
        ]
      },
      "is_empty": answer.pairs.isEmpty, "is_cut": answer.wasCut,
      "cut": words("duplicates.cut", ["n": String(answer.pairs.count)]),
      "url_list": Route.enterprises.path,
    ]
    return site.page(
      "duplicates", view, title: words("duplicates.title"), request: request, context: context)
  }

  private func preview(_ request: Request, _ context: AppContext) async throws -> Response {
    guard let gone = EnterpriseID(request.query("gone")),
      let kept = EnterpriseID(request.query("kept"))
    else { throw RequestError.badQuery }
    return try await page(gone, kept, refused: nil, request, context)
  }

  private func merge(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    guard let gone = EnterpriseID(form["gone"]), let kept = EnterpriseID(form["kept"]) else {
      throw RequestError.badForm
    }
    do {
      try await MergeEnterprises(site.platform)(gone, into: kept, by: account)
      return Site.redirect(to: Route.enterprise(kept.description).path)
    } catch let refusal as Enterprise.MergeRefusal {
      return try await page(gone, kept, refused: refusal, request, context)
    }
  }

  /// What merging would do, before it is done.
  private func page(
    _ gone: EnterpriseID, _ kept: EnterpriseID, refused: Enterprise.MergeRefusal?,
    _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let show = ShowEnterprise(site.platform)
    guard account.may(.importRegisters) else { throw UseCaseError.forbidden }
    let details = (try await show(gone, for: account), try await show(kept, for: account))
    var refusal = refused
    if refusal == nil {
      do {
        _ = try await MergeEnterprises(site.platform).preview(gone, into: kept, by: account)
      } catch let reason as Enterprise.MergeRefusal {
        refusal = reason
      }
    }
    let one = EnterpriseView(words: words, platform: site.platform)
    let view: View = [
      "sides": [(details.0, false), (details.1, true)].map { detail, isKept -> View in
        var side = one.line(detail.id, detail.enterprise, unitPath: detail.unitPath)
        side["is_kept"] = isKept
        side["contact"] = detail.contact.map { words.contact($0) as Any } ?? false
        side["listings"] = detail.listings.map {
          one.listing($0, today: site.platform.now().day)
        }
        return side
      },
      "refusal": (refusal.map { words("enterprise.refusal.\($0.rawValue)") } ?? "").orFalse,
      "gone": gone.description, "kept": kept.description,
      "url": Route.enterpriseMerge.path, "url_duplicates": Route.duplicates.path,
      "url_swapped": Route.enterpriseMerge.path(query: [
        ("gone", kept.description), ("kept", gone.description),
      ]),
    ]
    return site.page(
      "enterprise-merge", view, title: words("duplicates.merge_title"), request: request,
      context: context, status: refused == nil ? .ok : .conflict, answersFor: .duplicates)
  }
}
