import Domain
import HTTP
import Services
import Storage

/// The page of one problem.
struct ProblemView {
  let words: Wording
  let platform: Platform
  let detail: ShowProblem.Detail
  let role: Role
  /// What was picked under “more actions”.
  var picked: (action: ProblemAction, leg: Int?)?
  var failure: FailedAction?
  /// Files that were sent and not taken.
  var refusedFiles: [FileTaking.Refused] = []
  /// It was registered, and its photos could not be kept.
  var areFilesUnsaved = false
  /// Values for the picked action's form, by field: a unit or category of a similar problem.
  var chosen: [String: String] = [:]
  /// The link for the asker, just made.
  var evaluationLink = ""
  /// Whom it goes to, masked; nil where the register has nobody.
  var asker: ShowAsker.Masked?
  let now: Instant

  init(_ words: Wording, _ platform: Platform, _ detail: ShowProblem.Detail, for role: Role) {
    self.words = words
    self.platform = platform
    self.detail = detail
    self.role = role
    now = platform.now()
  }

  private var problem: Problem { detail.problem }
  private var names: PartyNames { PartyNames(words: words, detail: detail) }

  var page: View {
    let registration = problem.registration
    let timeline = TimelineView(
      words: words, detail: detail, names: names, platform: platform, now: now)
    var conflict: [View] = []
    if case .conflict(let steps) = failure?.cause { conflict = steps.map { timeline.step($0) } }
    let actions = actions
    let typed = failure.map { actions.shows($0) ? [] : self.typed($0) } ?? []
    let papers = PapersView(words: words)
    let view: View = [
      "number": words.number(registration.number), "title": registration.title,
      "detail": registration.detail, "has_detail": !registration.detail.isEmpty,
      "state": words("state.\(problem.state.rawValue)"),
      "since": words.ago(problem.since, now: now),
      "progress": platform.procedures[problem.track].map {
        StepsBar(words: words).view($0, at: problem.state)
      } ?? [],
      "facts": ProblemFacts(
        words: words, platform: platform, timeline: timeline, problem: problem, now: now,
        paired: detail.paired, seesRegisters: role.may(.seeRegisters)
      ).view, "files": papers.files(detail.attachments.map(\.attachment)).orFalse,
      "has_orders": !detail.orders.isEmpty, "orders": papers.orders(detail.orders),
      "assigned": problem.round != nil,
      "rounds": LegsView(words: words, names: names, now: now).rounds(of: problem),
      "steps": detail.steps.reversed().map { timeline.step($0) },
      "failed": failure != nil,
      "failures": failure?.texts(words).map { ["text": $0] as View } ?? [],
      "failed_field": failure.map {
        actions.shows($0) ? ActionView.id($0.action, $0.leg) : "actions"
      } ?? "",
      "typed": typed.map { ["text": $0] as View }, "has_typed": !typed.isEmpty,
      "has_conflict": !conflict.isEmpty, "conflict": conflict,
      "url_list": Route.problems.path, "evaluation": evaluation,
      "evaluation_link": evaluationLink.orFalse,
    ]
    let files = AttachmentsView(words: words, shown: detail.attachments).view(of: problem.id)
    var all = view.merging(actions.view) { $1 }.merging(files) { $1 }
    all.merge(ExchangeBlock(words: words, detail: detail).view) { $1 }
    all["refused_files"] = refusedFiles.map { ["text": words.refusal($0)] as View }
    all["has_refused_files"] = !refusedFiles.isEmpty
    all["files_unsaved"] = areFilesUnsaved
    all["precedents"] =
      detail.precedents.map {
        PrecedentsView(words: words, platform: platform, found: $0).view(of: problem)
      } ?? false
    return all
  }

  /// The asker's own word is asked for first: as long as it is waited for, the office can have the
  /// link made.
  var asksForRating: Bool {
    role.may(.seeRatings)
      && detail.options.contains { $0.reasons.contains(.evaluationWindowOpen) }
  }

  private var evaluation: Any {
    guard asksForRating else { return false }
    let contact = asker.map { words("evaluation.contact", ["name": $0.name, "phone": $0.phone]) }
    return [
      "url": Route.evaluationLink(String(problem.id.value)).path,
      "contact": contact ?? words("evaluation.no_contact"),
    ] as View
  }

  private var actions: ActionsView {
    ActionsView(
      detail: ActionView(
        words: words, platform: platform, problem: problem, names: names, chosen: chosen,
        suggestion: detail.precedents?.suggestion, paired: detail.paired,
        upperLinks: detail.upperLinks),
      order: ActionOrder(problem: problem, role: role, now: now), options: detail.options,
      picked: failure.map { ($0.action, $0.leg) } ?? picked, failure: failure)
  }

  /// What was typed into a form that the page no longer shows.
  private func typed(_ failure: FailedAction) -> [String] {
    failure.action.fields.filter { $0.kind != .select && $0.kind != .radio }
      .map { failure.form[$0.name].trimmed }.filter { !$0.isEmpty }
  }
}
