import Domain
import HTTP
import Services

/// What was sent from the list or from the page of a bulk deed.
struct BulkForm {
  let action: ProblemAction
  let picks: [BulkPick]
  /// What was typed.
  let fields: FormData
  /// Where the list was.
  let back: String
  /// Names of fields that were left out.
  private(set) var faults: [String] = []
  private(set) var deed: BulkDeed?

  /// - Throws: `RequestError.badForm` for an action that is none of a bulk's.
  init(_ form: FormData) throws {
    guard let action = ProblemAction(rawValue: form["action"]), BulkDeed.actions.contains(action)
    else { throw RequestError.badForm }
    self.action = action
    fields = form
    let address = form["back"]
    back =
      SignInPages.isLocal(address) && address.hasPrefix(Route.problems.path)
      ? address : Route.problems.path
    // The rows of the page; those that were ticked were sent with the version they showed.
    picks = form["ids"].split(separator: ",").prefix(BulkDeed.most).compactMap { text in
      guard let id = Int64(text), let version = Int(form["pick-\(id)"]) else { return nil }
      return BulkPick(ProblemID(id), version: version)
    }
    guard !form["step"].isEmpty else { return }
    switch BulkDeed.read(action, { form[$0] }) {
    case .success(let read): deed = read
    case .failure(let left): faults = left.fields
    }
  }
}
