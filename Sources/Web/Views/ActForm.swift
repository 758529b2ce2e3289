import Domain
import HTTP

/// Something that can be done on a page, in the form of `action.mustache`: what it will do, what it asks
/// for, and why not where it is not allowed.
struct ActForm {
  /// A field of the form.
  enum Field {
    /// Several lines of words.
    case text(_ name: String, label: String, isRequired: Bool = true, hint: String = "")
    /// One of `input`'s own types: text, date, number, month.
    case input(_ name: String, label: String, type: String = "text", hint: String = "")
    case radio(_ name: String, label: String, [(value: String, name: String)])
    case select(_ name: String, label: String, [(value: String, name: String)])

    var name: String {
      switch self {
      case .text(let name, _, _, _), .input(let name, _, _, _), .radio(let name, _, _),
        .select(let name, _, _):
        name
      }
    }
  }

  let id: String
  let name: String
  /// What it will do, said before it is done.
  let will: String
  let url: String
  var fields: [Field] = []
  /// Why it cannot be done; none where it can.
  var reasons: [String] = []
  /// What was typed into it, where it was sent and refused, and why.
  var posted: FormData?
  /// What stands in it before that.
  var initial: [String: String] = [:]
  var faults: [String] = []
  var isPrimary = false
  /// Characters of a text.
  var limit = Problem.maximumText

  var view: View {
    [
      "id": id, "name": name, "leg_name": false, "hint": will, "url": url, "version": "",
      "leg": "", "primary": isPrimary, "open": isPrimary || !faults.isEmpty,
      "allowed": reasons.isEmpty, "reasons": reasons.map { ["text": $0] as View },
      "faults": faults.map { ["text": $0] as View },
      "fields": reasons.isEmpty ? fields.map(view) : [],
    ]
  }

  private func view(_ field: Field) -> View {
    let value = posted?[field.name] ?? initial[field.name] ?? ""
    var (label, hint, input, isRequired) = ("", "", "", true)
    var choices: [(value: String, name: String)] = []
    var (isText, isRadio, isSelect) = (false, false, false)
    switch field {
    case .text(_, let text, let required, let help):
      (label, hint, isText, isRequired) = (text, help, true, required)
    case .input(_, let text, let type, let help): (label, hint, input) = (text, help, type)
    case .radio(_, let text, let values): (label, choices, isRadio) = (text, values, true)
    case .select(_, let text, let values): (label, choices, isSelect) = (text, values, true)
    }
    return [
      "field": field.name, "field_id": id + "-" + field.name, "label": label,
      "field_hint": hint.orFalse, "required": isRequired, "value": value,
      "limit": String(limit), "is_text": isText, "rows": isRequired ? "3" : "2",
      "is_unit": false, "is_select": isSelect, "is_radio": isRadio, "input": input.orFalse,
      "choices": choices.map {
        ["choice": $0.value, "choice_name": $0.name, "chosen": $0.value == value] as View
      },
    ]
  }
}
