import Domain
import HTTP
import Services

/// The scores by peer group: each number with what it was counted from and how sure it is.
struct SheetTable {
  let words: Wording
  let content: SheetContent
  /// The units whose problems the reader may see; nil for all.
  let traceable: Set<UnitID>?

  private var components: [(ScoreFormula.Component, Definition)] {
    Array(zip(content.components, content.definitions))
  }

  var columns: [View] {
    components.map { component, definition in
      [
        "name": words.pick(definition.name.zh, definition.name.en),
        "weight": words("sheet.weight_of", ["n": String(component.weight)]),
        "months": component.months.map { words.counted("sheet.months", $0) }
          ?? words("sheet.all_months"),
        "limits": words(
          "sheet.limits", ["zero": String(component.zero), "full": String(component.full)]),
      ]
    }
  }

  var groups: [View] {
    content.groups.map { group in
      let named = content.formula.groups.first { $0.code == group.code }
      let ranked = group.lines.count { $0.points != nil }
      return [
        "code": group.code, "name": named.map { words.pick($0.zh, $0.en) } ?? group.code,
        "peers": words(
          "sheet.peers", ["n": String(ranked), "all": String(group.lines.count)]),
        "lines": group.lines.map(line), "columns": columns,
      ]
    }
  }

  /// Of all units together; there are no points for that.
  var totals: [View] { cells(content.totals, nil) }

  private func line(_ line: SheetContent.Line) -> View {
    [
      "unit": line.name, "is_scored": line.points != nil,
      "rank": line.rank.map { String($0) } ?? "—", "grade": line.grade ?? "",
      "points": line.points?.description ?? "",
      "spread": (line.weight < 100 ? words("sheet.spread", ["n": String(line.weight)]) : "")
        .orFalse,
      "unscored": words("sheet.too_little", ["n": String(line.weight)]),
      "cells": cells(line.counts, line.unit),
    ]
  }

  private func cells(_ counts: [SheetContent.Count], _ unit: UnitID?) -> [View] {
    zip(counts, components).map { count, figure in
      let (component, definition) = figure
      let isTraced = traceable.map { traceable in unit.map(traceable.contains) ?? false } ?? true
      func url(_ slice: Definition.Slice) -> Any {
        isTraced ? address(slice, component, definition, unit).orFalse : false
      }
      let missing = definition.exclusions.firstIndex { $0.code == component.missing }
      let unrated = missing.map { count.excluded[$0] }
      return [
        "percent": percent(count.numerator, of: count.denominator),
        "is_counted": count.denominator > 0,
        "numerator": String(count.numerator), "denominator": String(count.denominator),
        "url_numerator": url(.numerator), "url_denominator": url(.denominator),
        "interval": interval(count),
        "points": count.points.map { words("sheet.points_of", ["n": $0.description]) } ?? "",
        "is_few": count.points == nil, "has_missing": unrated != nil,
        "missing": String(unrated ?? 0),
        "url_missing": missing.map { url(.exclusion($0)) } ?? false,
        "covered": covered(count, unrated ?? 0),
      ]
    }
  }

  /// The list of problems behind a number, as of the sheet's instant and with its knowledge.
  private func address(
    _ slice: Definition.Slice, _ component: ScoreFormula.Component, _ definition: Definition,
    _ unit: UnitID?
  ) -> String {
    let query = component.query(content.kind, content.month, knownOn: content.knownOn)
    return FigureAddress.list(
      definition, query, .init(slice, group: unit.map { String($0.value) })) ?? ""
  }

  private func interval(_ count: SheetContent.Count) -> String {
    guard let low = count.low, let high = count.high else { return "" }
    func text(_ hundredths: Int) -> String { words.decimal(Double(hundredths) / 100, places: 1) }
    return "\(text(low))–\(text(high))"
  }

  /// What share has an answer at all.
  private func covered(_ count: SheetContent.Count, _ missing: Int) -> String {
    percent(count.denominator, of: count.denominator + missing)
  }

  private func percent(_ numerator: Int, of denominator: Int) -> String {
    words.percent(denominator == 0 ? nil : 100 * Double(numerator) / Double(denominator))
  }
}
