import Domain
import HTTP
import Services
import Storage

/// The rows of the list as HTML. Not a template: fifty rows of one would take the time of a whole page
/// (decision 4).
struct ProblemRowMarkup {
  let words: Wording
  let cells: ProblemCells
  let columns: [ListColumn]
  let now: Instant
  /// Whether rows can be ticked, and whether they are.
  let ticks: Bool
  let ticked: Bool

  func rows(_ problems: [ProblemSummary]) -> String {
    let lamps = Markup.lamps(words)
    let tick = escaped(words("bulk.tick"))
    var html = ""
    html.reserveCapacity(problems.count * 640)
    for problem in problems {
      let number = words.number(problem.number)
      html += "<tr>"
      if ticks {
        html += "<td class=\"pick\"><input type=\"checkbox\" name=\"pick-"
        html += String(problem.id.value)
        html += "\" value=\"\(problem.version)\" aria-label=\"\(tick) \(number)\""
        html += ticked ? " checked></td>" : "></td>"
      }
      html += "<td class=\"number\">\(number)</td><td class=\"title\"><a href=\""
      html += Route.problem(problem.id).path
      html += "\">\(escaped(problem.title))</a></td>"
      for column in columns { add(column, problem, lamps, to: &html) }
      html += "</tr>\n"
    }
    return html
  }

  private func add(
    _ column: ListColumn, _ problem: ProblemSummary, _ lamps: [Lamp: String],
    to html: inout String
  ) {
    let text = escaped(cells.text(column, problem))
    switch column {
    case .left:
      let lamp = Lamp.of(yellow: problem.yellowAt, due: problem.dueAt, now: now)
      // Nothing where nothing is counted: a lamp alone says nothing.
      html += "<td class=\"lamp-cell\">"
      if !text.isEmpty { html += "\(lamps[lamp] ?? "") \(text)" }
      html += "</td>"
    case .concerns: html += "<td class=\"concerns\" title=\"\(text)\">\(text)</td>"
    case .found, .registered, .due: html += "<td class=\"number\">\(text)</td>"
    default: html += "<td>\(text)</td>"
    }
  }

  func headings() -> String {
    columns.map { "<th scope=\"col\">\(escaped(cells.heading($0)))</th>" }.joined()
  }
}
