import Domain
import HTTP
import Hummingbird
import Services

/// Judges, assigns or urges many problems: asks once, shows what will happen to each, then does it.
struct BulkPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.post(.bulk, use: step)
  }

  private func step(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try BulkForm(try await FormData(request, context))
    guard account.may(.act(form.action)) else { throw UseCaseError.forbidden }
    let page = BulkView(words: site.words(context), platform: site.platform, form: form)
    let view: View
    if form.picks.isEmpty {
      view = page.asking()
    } else if let deed = form.deed, form.fields["step"] == "do" {
      // The answer stays under the form's address: sent again, the versions have moved on and nothing
      // is done twice.
      view = page.finished(
        await RunBulk(site.platform)(deed, on: form.picks, by: account))
    } else if let deed = form.deed, form.fields["step"] == "preview" {
      view = page.previewing(
        try await PreviewBulk(site.platform)(deed, on: form.picks, by: account))
    } else {
      view = page.asking()
    }
    return site.page(
      "bulk", view, title: page.title, request: request, context: context,
      answersFor: .problems)
  }
}
