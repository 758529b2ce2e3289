import Domain
import HTTP
import Services

/// The form in which a problem is registered: at most three things must be said.
struct RegistrationView {
  let words: Wording
  let platform: Platform
  let registration: Registration
  let offer: PrepareRegistration.Offer
  let formID: String
  let account: Account
  var faults: [Registration.Fault] = []
  var refusedFiles: [FileTaking.Refused] = []

  var isRefused: Bool { !faults.isEmpty || !refusedFiles.isEmpty }

  var page: View {
    var view: View = [
      "url": Route.problems.path, "url_similar": Route.similarProblems.path,
      "url_form": Route.newProblem.path,
      "form_id": formID, "title": registration.title,
      "detail": registration.detail,
      "concerns": registration.concerns,
      "concerns_name": offer.concerns?.split(separator: "/").last.map(String.init) ?? "",
      "asks_concerns": offer.concerns == nil,
      "own_charges": offer.charges.map { ["value": $0] as View },
      "has_charges": !offer.charges.isEmpty,
      "found_on": registration.foundOn, "channel": registration.channel,
      "source_number": registration.sourceNumber,
      "account_id": account.id.description,
      "title_limit": String(Problem.maximumTitle), "has_faults": isRefused,
      "accepted": AttachmentsView.accepted,
      "files_hint": words("attachment.hint", AttachmentsView.limits),
    ]
    view.merge(tracks) { $1 }
    var texts = faults.map { (field: $0.field.rawValue, text: text($0)) }
    texts += refusedFiles.map { (field: "files", text: words.refusal($0)) }
    view["faults"] = texts.map { ["field": $0.field, "text": $0.text] as View }
    let all = [
      "track", "title", "detail", "concerns", "found_on", "channel", "source_number", "files",
    ]
    for field in all {
      let own = texts.filter { $0.field == field }.map(\.text)
      view["\(field)_fault"] = own.joined(separator: " ").orFalse
    }
    // What needs correcting is in sight.
    let more = ["detail", "found_on", "channel", "source_number"]
    view["more_open"] =
      texts.contains { more.contains($0.field) } || !registration.detail.isEmpty
      || !registration.channel.isEmpty
    return view
  }

  /// One track is said, several are asked.
  private var tracks: View {
    let own = platform.procedures.all.filter { offer.tracks.contains($0.track) }
    let only = own.count == 1 ? own.first : nil
    return [
      "asks_track": only == nil, "track_value": only?.track.rawValue ?? "",
      "track_name": only.map { words.pick($0.zh, $0.en) } ?? "",
      "tracks": own.map { procedure -> View in
        [
          "value": procedure.track.rawValue, "name": words.pick(procedure.zh, procedure.en),
          "chosen": procedure.track.rawValue == registration.track,
        ]
      },
    ]
  }

  private func text(_ fault: Registration.Fault) -> String {
    words(
      "fault.\(fault.code.rawValue)",
      ["field": words("field.\(fault.field.rawValue)"), "n": String(fault.field.limit)])
  }
}
