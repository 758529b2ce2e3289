import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services

/// An enterprise's own contact: whom rating links and calls go to.
struct ContactPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.ownContacts) { request, context in
      let contact = try await KeepContacts(site.platform).contact(for: context.signedIn())
      let values = [
        "name": contact?.name ?? "", "post": contact?.post ?? "",
        "phone": contact?.phone?.text ?? "",
      ]
      return page(values, [], request, context)
    }
    doors.post(.ownContacts, use: keep)
  }

  private func keep(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    do {
      try await KeepContacts(site.platform)(
        name: form["name"], post: form["post"], phone: form["phone"], by: account)
      return Site.redirect(to: Route.ownContacts.path(query: [("saved", "1")]))
    } catch let refused as KeepContacts.Refused {
      let values = ["name": form["name"], "post": form["post"], "phone": form["phone"]]
      return page(values, refused.faults, request, context)
    }
  }

  private func page(
    _ values: [String: String], _ faults: [ContactFault], _ request: Request,
    _ context: AppContext
  ) -> Response {
    let words = site.words(context)
    let texts = faults.map { fault -> (field: String, text: String) in
      (
        fault.field,
        words("contact.fault.\(fault.rawValue)", ["n": String(Problem.maximumTitle)])
      )
    }
    var view: View = [
      "url": Route.ownContacts.path, "url_list": Route.own.path,
      "name": values["name"] ?? "", "post": values["post"] ?? "", "phone": values["phone"] ?? "",
      "has_faults": !faults.isEmpty, "saved": request.query("saved") == "1",
      "faults": texts.map { ["field": $0.field, "text": $0.text] as View },
    ]
    for field in ["name", "phone"] {
      view["\(field)_fault"] = (texts.first { $0.field == field }?.text ?? "").orFalse
    }
    return site.page(
      "own-contacts", view, title: words("contact.title"), request: request, context: context,
      status: faults.isEmpty ? .ok : .unprocessableContent,
      answersFor: faults.isEmpty ? nil : .ownContacts)
  }
}
