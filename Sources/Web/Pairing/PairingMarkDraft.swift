import Domain
import HTTP
import Services

/// A pair that is to be fixed or excluded, as it was typed.
struct PairingMarkDraft {
  /// One side of the pair: what was typed, and which one of those so called was meant.
  struct Side {
    var text = ""
    /// Empty until it is known who is meant.
    var id = ""
    var offered: [(id: String, name: String, place: String)] = []

    init() {}

    /// What was chosen counts only for the name it was offered for.
    init(_ form: FormData, _ name: String) {
      text = form[name].trimmed
      id = form["\(name)_was"] == text ? form["\(name)_id"] : ""
    }

    mutating func take<ID>(_ found: FindPair.Candidate<ID>?, _ address: (ID) -> String) {
      guard let found else { return }
      (text, id) = (found.name, address(found.id))
      offered = [(id, found.name, found.place)]
    }

    /// The only one of the name, or of the number, is the one; several are asked about.
    mutating func offer<ID>(
      _ found: [FindPair.Candidate<ID>], _ address: (ID) -> String
    ) {
      offered = found.map { (address($0.id), $0.name, $0.place) }
      if found.count == 1, [found[0].name, found[0].place, offered[0].id].contains(text) {
        id = offered[0].id
      }
    }
  }

  var kind = ""
  var official = Side()
  var target = Side()
  var reason = ""
  var note = ""
  var faults: [(field: String, text: String)] = []

  init() {}

  init(_ form: FormData) {
    kind = form["kind"]
    official = Side(form, "official")
    target = Side(form, "target")
    reason = form["reason"]
    note = form["note"].trimmed
  }

  /// Nil where something is missing.
  var mark: PairingMark? {
    guard let kind = PairingMark.Kind(rawValue: kind), let official = OfficialID(official.id),
      let target = PairingTarget(address: target.id),
      let reason = PairingMark.Reason(rawValue: reason)
    else { return nil }
    return PairingMark(
      kind: kind, official: official, target: target, reason: reason,
      note: note.isEmpty ? nil : note)
  }

  /// Says what is missing.
  mutating func check(_ words: Wording) {
    if PairingMark.Kind(rawValue: kind) == nil {
      faults.append(("kind", words("pairing.mark_fault.kind")))
    }
    if OfficialID(official.id) == nil { faults.append(fault(of: official, "official", words)) }
    if PairingTarget(address: target.id) == nil {
      faults.append(fault(of: target, "target", words))
    }
    if PairingMark.Reason(rawValue: reason) == nil {
      faults.append(("reason", words("pairing.mark_fault.reason")))
    }
  }

  private func fault(
    of side: Side, _ name: String, _ words: Wording
  ) -> (field: String, text: String) {
    let what =
      side.text.isEmpty ? "missing" : side.offered.isEmpty ? "unknown" : "several"
    return (name, words("pairing.mark_fault.\(name)_\(what)", ["text": side.text]))
  }

  func view(_ words: Wording) -> View {
    var view: View = [
      "kinds": words.options(
        PairingMark.Kind.self, named: "pairing.mark", chosen: .init(rawValue: kind)),
      "reasons": words.options(
        PairingMark.Reason.self, named: "pairing.mark_reason", chosen: .init(rawValue: reason)),
      "note": note, "official": side(official), "target": side(target),
      "has_faults": !faults.isEmpty,
      "faults": faults.map { ["field": $0.field, "text": $0.text] as View },
    ]
    for field in ["kind", "official", "target", "reason"] {
      view["\(field)_fault"] = (faults.first { $0.field == field }?.text ?? "").orFalse
    }
    return view
  }

  private func side(_ side: Side) -> View {
    [
      "value": side.text, "has_offered": !side.offered.isEmpty,
      // One that is known needs no choice.
      "known":
        (side.offered.count == 1 && side.id == side.offered[0].id
        ? PairingBlock.unit(side.offered[0].place) : "").orFalse,
      "known_id": side.id,
      "offered": side.offered.map {
        [
          "id": $0.id, "name": $0.name, "place": $0.place, "chosen": $0.id == side.id,
        ] as View
      },
    ]
  }
}
