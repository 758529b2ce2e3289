import Domain
import HTTP
import Services
import Storage

/// A unit in the reader's words.
struct UnitView {
  let words: Wording

  /// A link to a unit on the day that is shown.
  private func url(_ id: UnitID, on day: Day?) -> String {
    Route.unit(id).path(query: [("on", day?.description ?? "")])
  }

  func line(_ unit: Unit, on day: Day?) -> View {
    [
      "name": unit.name, "url": url(unit.id, on: day),
      "level": words("level.\(unit.level.rawValue)"), "kind": words("kind.\(unit.kind.rawValue)"),
      "code": unit.divisionCode?.text ?? "",
    ]
  }

  func page(_ detail: ShowUnit.Detail, on day: Day?) -> View {
    let unit = detail.unit
    // First the places below it, then those who work at its level.
    let places = detail.children.filter { $0.kind == .region }
    let offices = detail.children.filter { $0.kind != .region }
    return [
      "name": detail.line.last?.name ?? unit.name,
      "line": detail.line.map { ["name": $0.name, "url": url($0.id, on: day)] as View },
      "level": words("level.\(unit.level.rawValue)"), "kind": words("kind.\(unit.kind.rawValue)"),
      "codes": detail.codes.map(code), "has_codes": !detail.codes.isEmpty,
      "valid_from": words.day(unit.validFrom),
      "valid_to": (unit.validTo.map { words.day($0) } ?? "").orFalse,
      "was_there": detail.wasThere,
      "former_names": formerNames(detail).orFalse,
      "successor": detail.successor.map { line($0, on: day) as Any } ?? false,
      "predecessors": detail.predecessors.map { gone -> View in
        var view = line(gone, on: day)
        view["until"] = gone.validTo.map { words.day($0) } ?? ""
        return view
      },
      "has_predecessors": !detail.predecessors.isEmpty,
      "places": places.map { line($0, on: day) }, "has_places": !places.isEmpty,
      "offices": offices.map { line($0, on: day) }, "has_offices": !offices.isEmpty,
      "is_village": unit.level == .village, "registers": false, "village_story": [View](),
    ]
  }

  private func code(_ code: UnitHistory.Code) -> View {
    [
      "code": code.code.text,
      "until": (code.to.map { words("units.code_until", ["day": words.day($0)]) } ?? "").orFalse,
    ]
  }

  private func formerNames(_ detail: ShowUnit.Detail) -> String {
    var names: [String] = []
    for case .renamed(let from, _) in detail.changes.flatMap(\.deeds)
    where from != detail.unit.name && !names.contains(from) {
      names.append(from)
    }
    return names.joined(separator: words("punctuation.list"))
  }

  func change(_ change: UnitChange, _ names: [UnitID: String], who: String) -> View {
    let nobody = words("story.nothing")
    func path(_ id: UnitID?) -> String { id.map { names[$0] ?? $0.description } ?? nobody }
    let texts = change.deeds.map { deed in
      switch deed {
      case .created(let from?): words("unit_story.split", ["from": path(from)])
      case .created(nil): words("unit_story.created")
      case .renamed(let from, let to): words("unit_story.renamed", ["from": from, "to": to])
      case .moved(let from, let to):
        words("unit_story.moved", ["from": path(from), "to": path(to)])
      case .recoded(let from, let to):
        words("unit_story.recoded", ["from": from ?? nobody, "to": to])
      case .merged(let into): words("unit_story.merged", ["into": path(into)])
      case .closed: words("unit_story.closed")
      }
    }
    return [
      "on": (change.on.map { words("units.since", ["day": words.day($0)]) } ?? "").orFalse,
      "texts": texts.map { ["text": $0] as View }, "time": words.time(change.at), "who": who,
    ]
  }

  func registers(
    _ registers: ShowUnit.Registers, of unit: Unit, path: String, inFull: Bool, mayUnmask: Bool
  ) -> View {
    let id = unit.id.description
    let profile = registers.profile
    let uses = registers.uses
    let officials = OfficialView(words: words)
    return [
      "village_kind": (profile.map { words("village_kind.\($0.kind.rawValue)") } ?? "").orFalse,
      "population": (profile?.population.map(String.init) ?? "").orFalse,
      "households": (profile?.households.map(String.init) ?? "").orFalse,
      "farmland": (profile?.farmland.map { words.farmland($0) } ?? "").orFalse,
      "income": (profile?.collectiveIncome.map { words("registers.yuan", ["n": String($0)]) } ?? "")
        .orFalse,
      "contact": registers.contact.map { words.contact($0) as Any } ?? false,
      "may_unmask": mayUnmask && !inFull && registers.contact != nil, "in_full": inFull,
      "url_in_full": Route.unitInFull(id).path,
      "officials": registers.officials.map(officials.line),
      "has_officials": !registers.officials.isEmpty,
      "officials_count": String(uses.officials), "enterprises_count": String(uses.enterprises),
      "problems_count": String(uses.openProblems),
      "url_unit_problems": Route.problems.path(query: [
        (unit.kind == .region ? "place" : "unit", path)
      ]),
      "url_officials": Route.officials.path(query: [("unit", id)]),
      "url_enterprises": Route.enterprises.path(query: [("unit", id)]),
      "url_villages": Route.villages.path(query: [("unit", id)]),
      "has_villages": unit.kind == .region && unit.level != .village,
      "is_region": unit.kind == .region,
      "problems": words.problems(registers.problems),
      "has_problems": !registers.problems.isEmpty,
    ]
  }
}
