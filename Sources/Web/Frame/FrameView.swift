import Cryptography
import Domain
import HTTP
import Hummingbird
import Services

extension Site {
  /// What `head` and `foot` are filled with, and what pages of any sort may show.
  func frame(title: String, address: String, path: String, _ context: AppContext) -> View {
    let words = words(context)
    var view: View = [
      "layout_title": title, "language": context.language.tag,
      "languages": languages(address, context), "form_token": context.session.formToken,
      "asset_css": assets["app.css"], "asset_js": assets["app.js"],
      "asset_htmx": assets["htmx.min.js"], "asset_icon": assets["icon.svg"],
      "url_home": Route.home.path, "url_help": Route.help.path,
      "url_definitions": Route.definitions.path, "version": Version.text,
      "printed": printed(words, context.account), "signed_in": false,
      "url_sign_out": Route.signOut.path, "account_key": false, "may_register": false,
      "url_new_problem": Route.newProblem.path, "url_suggestions": Route.unitSuggestions.path,
    ]
    guard let account = context.account else { return view }
    view["signed_in"] = true
    view["account_name"] = account.name
    view["account_key"] = account.id.description
    view["may_register"] = account.may(.registerProblems)
    view["url_account"] = Route.account.path
    view["url_inbox"] = Route.inbox.path
    view["in_inbox"] = path.hasPrefix(Route.inbox.path)
    view["url_live"] = Route.live.path
    view["unread"] = InboxBadge.text(context.unread).orFalse
    view["url_search"] = account.may(.seeProblems) ? Route.search.path : false
    let bar = navigation(account.role, path, context.language)
    view["nav_first"] = bar.first
    view["nav_groups"] = bar.groups
    view["nav_more"] = bar.hasMore
    return view
  }

  /// When and by whom a page was printed: stands on paper only.
  private func printed(_ words: Wording, _ account: Account?) -> String {
    let time = words.time(platform.now())
    return account.map { words("layout.printed_by", ["time": time, "name": $0.name]) }
      ?? words("layout.printed", ["time": time])
  }

  /// Links to the same page in each language.
  func languages(_ address: String, _ context: AppContext) -> [View] {
    Language.allCases.map { language in
      [
        "name": views.catalogue(language).text("language.name"), "tag": language.tag,
        "address": Site.address(address, in: language), "current": language == context.language,
      ]
    }
  }
}
