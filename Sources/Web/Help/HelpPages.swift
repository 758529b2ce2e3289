import Domain
import HTTP
import Hummingbird
import Services

/// Short help by task. Also for those who have no account: a rating by link and what is recorded of
/// people concern them.
struct HelpPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.help, use: index)
    doors.get(.helpTopic(":topic"), use: topic)
  }

  private func index(_ request: Request, _ context: AppContext) async throws -> Response {
    let words = site.words(context)
    let view: View = [
      "groups": HelpTopic.Audience.allCases.map { audience -> View in
        [
          "audience": words("help.for.\(audience.rawValue)"),
          "topics": HelpTopic.allCases.filter { $0.audiences.contains(audience) }.map { topic in
            link(topic, words)
          },
        ]
      }, "url_definitions": Route.definitions.path,
    ]
    return site.page(
      "help", view, title: words("help.title"), request: request, context: context)
  }

  private func link(_ topic: HelpTopic, _ words: Wording) -> View {
    [
      "url": Route.helpTopic(topic.rawValue).path,
      "name": words("help.title.\(topic.rawValue)"),
    ]
  }

  private func topic(_ request: Request, _ context: AppContext) async throws -> Response {
    guard let topic = HelpTopic(rawValue: context.parameters.get("topic") ?? "") else {
      throw RequestError.notFound
    }
    let words = site.words(context)
    let title = words("help.title.\(topic.rawValue)")
    let related = HelpTopic.allCases.filter {
      $0 != topic && !$0.audiences.isDisjoint(with: topic.audiences)
    }
    let view: View = [
      "heading": title, "url_list": Route.help.path,
      "parts": parts(words("help.text.\(topic.rawValue)")),
      "topics": related.map { link($0, words) },
    ]
    return site.page("help-topic", view, title: title, request: request, context: context)
  }

  /// Lines that begin with a number and a point are steps, the others paragraphs.
  private func parts(_ text: String) -> [View] {
    var parts: [(isSteps: Bool, lines: [String])] = []
    for line in text.split(separator: "\n").map(String.init) {
      let step = line.firstMatch(of: #/^\d+\. (.*)$/#)
      let (isStep, line) = (step != nil, step.map { String($0.1) } ?? line)
      if isStep, parts.last?.isSteps == true {
        parts[parts.count - 1].lines.append(line)
      } else {
        parts.append((isStep, [line]))
      }
    }
    return parts.map { part in
      ["is_steps": part.isSteps, "lines": part.lines.map { ["text": $0] as View }]
    }
  }
}
