import Domain
import HTTP
import Services
import Storage

/// The page of the 台账.
struct ProblemListView {
  let words: Wording
  let platform: Platform
  let query: ProblemQuery
  let account: Account

  func page(_ shown: ShowProblemList.Shown) -> View {
    let cells = ProblemCells(words, platform)
    let deeds = BulkDeed.actions.filter { account.problemActions.contains($0) }
    let page = shown.page
    let rows = ProblemRowMarkup(
      words: words, cells: cells, columns: query.columns, now: cells.now, ticks: !deeds.isEmpty,
      ticked: query.picksAll)
    var view: View = [
      "url": Route.problems.path, "url_all": Route.problems.path(query: ProblemQuery.everything),
      "filtered": query.isFiltered, "is_narrow": query.isNarrow,
      "is_empty": page.items.isEmpty, "headings": rows.headings(), "rows": rows.rows(page.items),
      "has_next": page.next != nil, "url_next": query.path(before: page.next),
      "has_previous": query.before != nil, "url_first": query.path(),
      "live": query.path(before: query.before),
      "faults": faults(shown).map { ["text": $0] as View },
      "has_faults": !faults(shown).isEmpty, "is_cut": shown.isCut,
      "cut": words("list.cut", ["n": String(ProblemListing.mostFound)]),
    ]
    view.merge(filters(cells)) { $1 }
    view.merge(views(shown.views)) { $1 }
    view.merge(bulk(page, deeds)) { $1 }
    return view
  }

  private func faults(_ shown: ShowProblemList.Shown) -> [String] {
    query.faults.map { words("list.bad_day", ["field": words("filter.\($0)")]) }
      + (shown.fault.map { [words("list.\($0.rawValue)")] } ?? [])
      + (query.refused.map { [words("views.\($0.rawValue)")] } ?? [])
  }

  private func filters(_ cells: ProblemCells) -> View {
    let filter = query.listing.filter
    func names(_ values: [String], _ prefix: String) -> [(value: String, name: String)] {
      values.map { ($0, words("\(prefix).\($0)")) }
    }
    // A category of the other track would find nothing.
    let offered = platform.categories.filter { filter.track == nil || $0.track == filter.track }
    let procedures = platform.procedures.all
    let tiers = procedures.filter { filter.track == nil || $0.track == filter.track }
      .flatMap(\.tiers)
    var view: View = [
      "tracks": Markup.options(
        procedures.map { ($0.track.rawValue, words.pick($0.zh, $0.en)) }, chosen: query["track"]),
      "states": Markup.options(
        names(ProblemState.allCases.map(\.rawValue), "state"), chosen: query["state"]),
      "lamps": Markup.options(
        names([Lamp.red, .yellow, .green, .grey].map(\.rawValue), "lamp"), chosen: query["lamp"]),
      "categories": Markup.options(
        distinct(offered.map { ($0.code, words.name(of: $0)) }), chosen: query["category"]),
      "difficulties": Markup.options(
        names(Difficulty.allCases.map(\.rawValue), "difficulty"), chosen: query["difficulty"]),
      "tiers": Markup.options(
        distinct(tiers.map { ($0.code, words.pick($0.zh, $0.en)) }), chosen: query["tier"]),
      "outcomes": Markup.options(
        names(Outcome.allCases.map(\.rawValue), "outcome"), chosen: query["outcome"]),
      "may_see_ratings": account.may(.seeRatings),
      "ratings": Markup.options(
        names(Rating.allCases.map(\.rawValue), "rating"), chosen: query["rating"]),
      "sorts": Markup.options(
        ProblemSort.allCases.map { ($0.rawValue, words("sort.\($0.rawValue)")) },
        chosen: query["sort"]),
      "unit": query["unit"], "place": query["place"], "number": query["number"],
      "text": query["text"],
      "chosen_columns": ListColumn.allCases.map {
        [
          "value": $0.rawValue, "name": cells.heading($0), "chosen": query.columns.contains($0),
        ] as View
      },
    ]
    for day in ProblemQuery.days { view[day] = query[day] }
    return view
  }

  private func distinct(
    _ choices: [(value: String, name: String)]
  ) -> [(value: String, name: String)] {
    var seen: Set<String> = []
    return choices.filter { seen.insert($0.value).inserted }
  }

  private func views(_ views: [SavedView]) -> View {
    let text = query.text
    let current = views.first { $0.query == text }
    return [
      "views": views.map { view -> View in
        [
          "name": view.name, "address": Route.problems.path + "?" + view.query,
          "current": view.id == current?.id, "foreign": view.account != account.id,
          "standard": view.isDefault,
        ]
      },
      "has_views": !views.isEmpty, "current_name": current?.name ?? "", "query": text,
      "own_view": current?.account == account.id ? current.map { String($0.id) } ?? false : false,
      "is_default": current?.isDefault == true && current?.account == account.id,
      "in_all": text.isEmpty, "may_share": account.role.isOffice,
      "may_export": account.may(.exportProblems),
      "name_limit": String(SaveView.longestName), "url_save_view": Route.savedViews.path,
      "url_drop_view": Route.dropView.path, "url_default_view": Route.defaultView.path,
      "url_export": Route.exportProblems.path,
    ]
  }

  private func bulk(_ page: ProblemPage, _ deeds: [ProblemAction]) -> View {
    [
      "has_bulk": !deeds.isEmpty && !page.items.isEmpty, "url_bulk": Route.bulk.path,
      "deeds": deeds.map {
        ["action": $0.rawValue, "name": words("action.\($0.rawValue)")] as View
      },
      "ids": page.items.map { String($0.id.value) }.joined(separator: ","),
      "back": query.path(before: query.before),
      "picks_all": query.picksAll,
      "url_pick": query.path(
        before: query.before, query.picksAll ? [] : [("pick", "all")]),
    ]
  }
}
