import Domain
import HTTP
import Services
import Storage

/// A plan in the reader's words: what it costs and how near it is to the best, what it changes where, how
/// much each official has, and its pairs.
struct PairingPlanView {
  let words: Wording
  let site: Site

  private var pairing: PairingWords { PairingWords(words.catalogue) }

  func title(_ head: PairingPlanRows.Head) -> String {
    words(
      "pairing.plan_title.\(head.kind.rawValue)", ["track": site.name(of: head.track, words)])
  }

  func row(_ head: PairingPlanRows.Head) -> View {
    [
      "url": Route.pairingPlan(head.id.description).path, "title": title(head),
      "time": words.time(head.computedAt), "pairs": String(head.pairs),
      "changed": String(head.changed), "gap": gap(head), "status": status(head),
    ]
  }

  private func status(_ head: PairingPlanRows.Head) -> String {
    words(
      "pairing.status.\(head.status.rawValue)",
      ["day": head.begins.map { words.day($0) } ?? ""])
  }

  /// How much at most is lost against the best there could be.
  private func gap(_ head: PairingPlanRows.Head) -> String {
    let gap = head.cost - head.bound
    if head.kind == .repair {
      return gap > 0
        ? words("pairing.gap.repair", ["n": String(head.cost), "least": String(head.bound)])
        : words("pairing.gap.repair_least", ["n": String(head.cost)])
    }
    if gap <= 0 { return words("pairing.gap.none") }
    let thousandths = gap * 1000 / max(1, head.cost)
    return words(
      "pairing.gap.some",
      ["gap": String(gap), "percent": "\(thousandths / 10).\(thousandths % 10)"])
  }

  func page(_ detail: ShowPairingPlans.Detail) -> View {
    let head = detail.head
    let figures = detail.figures
    let counties = figures?.counties ?? []
    let sum = counties.reduce(into: (kept: 0, new: 0, replaced: 0, ended: 0)) {
      $0.kept += $1.kept
      $0.new += $1.new
      $0.replaced += $1.replaced
      $0.ended += $1.ended
    }
    let id = head.id.description
    return [
      "url_list": Route.pairingPlans.path, "url_overview": Route.pairings.path,
      "heading": title(head), "status": status(head),
      "is_draft": head.status == .draft, "is_discarded": head.status == .discarded,
      "is_plan": head.kind == .plan, "track": head.track.rawValue, "kind": head.kind.rawValue,
      "gap": gap(head), "facts": facts(head, detail.story),
      "digest": head.digest, "has_figures": figures != nil,
      "terms": terms(figures), "has_terms": head.kind == .plan && figures != nil,
      "counties": counties.map { county($0, detail) },
      "has_counties": counties.count > 1,
      "total": [
        "targets": String(counties.reduce(0) { $0 + $1.targets }), "kept": String(sum.kept),
        "new": String(sum.new), "replaced": String(sum.replaced), "ended": String(sum.ended),
      ] as View,
      "tiles": tiles(detail), "has_tiles": Set(counties.map(\.county)).count > 1,
      "loads": loads(figures), "burdens": burdens(figures),
      "will": words(
        "pairing.adopt_will",
        [
          "kept": String(sum.kept), "begun": String(sum.new + sum.replaced),
          "ended": String(sum.replaced + sum.ended),
        ]),
      "url_adopt": Route.pairingAdoption(id).path, "url_discard": Route.pairingDiscard(id).path,
      "url_compute": Route.pairingPlans.path, "url_marks": Route.pairingMarks.path,
    ]
  }

  private func facts(_ head: PairingPlanRows.Head, _ story: RegisterStory) -> [View] {
    let changes = StoryView(words: words, platform: site.platform, now: site.platform.now())
    var facts: [(String, String)] = [
      ("pairing.pairs", String(head.pairs)), ("pairing.changed", String(head.changed)),
    ]
    if head.kind == .plan {
      facts.append(("pairing.cost", String(head.cost)))
      facts.append(("pairing.bound", String(head.bound)))
    }
    facts.append(
      (
        "pairing.rules",
        "\(head.rules) \(words("pairing.version", ["n": String(head.rulesVersion)]))"
      )
    )
    for change in story.changes.reversed() {
      let key = change.verb == "added" ? "computed" : change.verb
      facts.append(
        (
          "pairing.deed.\(key)",
          "\(words.time(change.at)) · \(changes.who(change.actor, story.actors))"
        ))
    }
    return facts.map { ["label": words($0.0), "value": $0.1] }
  }

  private func terms(_ figures: PlanFigures?) -> [View] {
    let most = figures?.terms.values.max() ?? 0
    return PairingTerm.allCases.compactMap { term in
      guard let cost = figures?.terms[term.rawValue], cost > 0 else { return nil }
      return [
        "name": pairing.term(term), "number": String(cost),
        "measure": Measure.html(Int(cost), of: Int(most)),
      ]
    }
  }

  private func name(_ county: String, _ detail: ShowPairingPlans.Detail) -> String {
    UnitID(county).flatMap { detail.names[$0] } ?? words("pairing.no_county")
  }

  private func county(_ county: PlanFigures.County, _ detail: ShowPairingPlans.Detail) -> View {
    [
      "name": name(county.county, detail),
      "kind": PairingKind(rawValue: county.kind).map { pairing.kind($0) } ?? county.kind,
      "targets": String(county.targets), "kept": String(county.kept), "new": String(county.new),
      "replaced": String(county.replaced), "ended": String(county.ended),
    ]
  }

  /// A tile for each county with how much of it changes.
  private func tiles(_ detail: ShowPairingPlans.Detail) -> [View] {
    var order: [String] = []
    var sums: [String: (all: Int, changed: Int)] = [:]
    for county in detail.figures?.counties ?? [] {
      if sums[county.county] == nil { order.append(county.county) }
      sums[county.county, default: (0, 0)].all += county.targets
      sums[county.county, default: (0, 0)].changed += county.new + county.replaced
    }
    return order.map { county in
      let (all, changed) = sums[county] ?? (0, 0)
      return [
        "name": name(county, detail), "share": Measure.percent(changed, of: all),
        "measure": Measure.html(changed, of: all),
        "text": words("pairing.changed_of", ["n": String(changed), "all": String(all)]),
        "url": Route.pairingPlan(detail.head.id.description).path(query: [("county", county)])
          + "#pairs",
      ]
    }
  }

  /// How many officials have how many targets.
  private func loads(_ figures: PlanFigures?) -> [View] {
    let loads = figures?.loads ?? []
    return PairingKind.allCases.compactMap { kind in
      let own = loads.filter { $0.kind == kind.rawValue }
      let all = own.reduce(0) { $0 + $1.officials }
      guard all > 0 else { return nil }
      return [
        "kind": pairing.kind(kind),
        "bars": own.map { load in
          [
            "name": words("pairing.load", ["n": String(load.targets)]),
            "number": words("pairing.people", ["n": String(load.officials)]),
            "measure": Measure.html(load.officials, of: all),
          ] as View
        },
      ]
    }
  }

  private func burdens(_ figures: PlanFigures?) -> [View] {
    let burdens = figures?.burdens ?? []
    // Where there is no problem there is nothing to show.
    guard burdens.contains(where: { $0.problems > 0 }) else { return [] }
    let all = burdens.reduce(0) { $0 + $1.officials }
    return burdens.map { burden in
      [
        "name": words("pairing.burden", ["n": String(burden.problems)]),
        "number": words("pairing.people", ["n": String(burden.officials)]),
        "measure": Measure.html(burden.officials, of: all),
      ]
    }
  }

  // MARK: Its pairs

  func list(
    _ page: Page<ShowPairingPlans.Line, Int>, _ query: PlanQuery,
    _ detail: ShowPairingPlans.Detail
  ) -> View {
    let id = detail.head.id
    let counties = Array(Set((detail.figures?.counties ?? []).map(\.county))).sorted()
    return [
      "url": Route.pairingPlan(id.description).path,
      "lines": page.items.map { line($0, isDraft: detail.head.status == .draft) },
      "no_lines": page.items.isEmpty, "filtered": query.isFiltered,
      "changes": words.options(
        detail.head.kind == .plan ? PlanQuery.choices : PlanQuery.choicesOfRepair,
        named: "pairing.change", chosen: query.change),
      "county_options": counties.filter { !$0.isEmpty }.map {
        [
          "value": $0, "name": name($0, detail), "chosen": $0 == query.county?.description,
        ] as View
      },
      "url_clear": Route.pairingPlan(id.description).path + "#pairs",
      "has_previous": query.after > 0, "url_first": query.path(of: id, after: nil) + "#pairs",
      "has_next": page.next != nil, "url_next": query.path(of: id, after: page.next) + "#pairs",
    ]
  }

  private func line(_ line: ShowPairingPlans.Line, isDraft: Bool) -> View {
    let pair = line.pair
    let own: [(String, String)] = [
      ("official", pair.official.description), ("target", pair.target.address),
    ]
    func mark(_ kind: PairingMark.Kind) -> String {
      Route.newPairingMark.path(query: [("kind", kind.rawValue)] + own)
    }
    return [
      "target": pair.target.unit == nil ? line.target : PairingBlock.unit(line.target),
      "url_target": pair.target.url,
      "official": line.official.isEmpty ? words("pairing.unnamed") : line.official,
      "url_official": Route.official(pair.official.description).path,
      "unit": PairingBlock.unit(line.unit),
      "change": words("pairing.change.\(pair.change.rawValue)"),
      "is_kept": pair.change == .kept,
      "previous": (line.previous ?? "").orFalse,
      "reasons": pairing.reasons(pair.reasons),
      "may_mark": isDraft && pair.change != .ended,
      "url_why": Route.pairingExplanation.path(query: [("target", pair.target.address)]),
      "url_fix": mark(.fixed), "url_exclude": mark(.excluded),
    ]
  }
}
