import Domain
import HTTP
import HTTPTypes
import NIOCore
import Services

/// The interface as people read it: one page without a script, and nothing from elsewhere.
struct DocumentPage {
  private let endpoints: [Endpoint]
  private let texts: Catalogue
  private let document: OpenAPI

  init(_ endpoints: [Endpoint], _ texts: Catalogue) {
    (self.endpoints, self.texts) = (endpoints, texts)
    document = OpenAPI(endpoints, texts)
  }

  var html: ByteBuffer {
    var page = ByteBuffer()
    page.writeString(head)
    for area in areas {
      page.writeString("<h2 id=\"\(area)\">\(text("api.area.\(area)"))</h2>\n")
      for endpoint in endpoints where endpoint.areaName == area {
        page.writeString(section(endpoint))
      }
    }
    page.writeString("<h2 id=\"schemas\">\(text("api.docs.schemas"))</h2>\n")
    for object in document.named() { page.writeString(table(object)) }
    page.writeString("</main></body></html>\n")
    return page
  }

  private var areas: [String] {
    var seen: Set<String> = []
    return endpoints.map(\.areaName).filter { seen.insert($0).inserted }
  }

  private func text(_ key: String) -> String { Self.escaped(texts.text(key)) }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  private var head: String {
    let links = (areas + ["schemas"]).map { area in
      let key = area == "schemas" ? "api.docs.schemas" : "api.area.\(area)"
      return "<li><a href=\"#\(area)\">\(text(key))</a></li>"
    }.joined()
    let rules = ["auth", "paging", "versions", "once", "errors", "limits"].map {
      "<dt>\(text("api.docs.\($0)"))</dt><dd>\(text("api.docs.\($0).about"))</dd>"
    }.joined()
    let other = texts.language == .zh ? ("en", "English") : ("zh", "中文")
    return """
      <!doctype html>
      <html lang="\(texts.language.tag)"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(text("api.title"))</title>
      <link rel="stylesheet" href="\(DocumentRoutes.stylesheet)"></head>
      <body><main>
      <p class="language"><a href="?lang=\(other.0)" lang="\(other.0)">\(other.1)</a></p>
      <h1>\(text("api.title")) <small>\(Version.text)</small></h1>
      <p>\(text("api.about"))</p>
      <p><a href="\(APIRoutes.root)/openapi.json">openapi.json</a></p>
      <pre tabindex="0"><code>curl -H 'Authorization: Bearer lbt_…' \(APIRoutes.root)/problems?limit=10</code></pre>
      <dl>\(rules)</dl>
      <nav aria-label="\(text("api.docs.contents"))"><ul>\(links)</ul></nav>

      """
  }

  private func section(_ endpoint: Endpoint) -> String {
    var lines = [
      "<section id=\"\(endpoint.name)\"><h3>\(text("api.op.\(endpoint.name)"))</h3>",
      "<p><code><b>\(endpoint.method.rawValue)</b> \(APIRoutes.root)\(endpoint.path)</code></p>",
    ]
    if let area = endpoint.area {
      let scope = TokenScope(area, writes: endpoint.isWriting).text
      lines.append("<p class=\"scope\">\(text("api.docs.scope")) <code>\(scope)</code></p>")
    }
    if !endpoint.query.isEmpty {
      lines.append("<p>\(text("api.docs.query"))</p>")
      lines.append(rows(endpoint.query.map(row)))
    }
    switch endpoint.body {
    case .json(let schema): lines.append("<p>\(text("api.docs.body")) \(link(schema))</p>")
    case .file: lines.append("<p>\(text("api.docs.body")) \(text("api.docs.file"))</p>")
    case nil: break
    }
    switch endpoint.answer {
    case .json(let status, let schema):
      lines.append("<p>\(text("api.docs.answer")) \(status.code) \(link(schema))</p>")
    case .nothing: lines.append("<p>\(text("api.docs.answer")) 204</p>")
    case .file(let types):
      lines.append("<p>\(text("api.docs.answer")) 200 \(types.joined(separator: ", "))</p>")
    }
    return lines.joined(separator: "\n") + "</section>\n"
  }

  private func row(_ parameter: Endpoint.Parameter) -> String {
    let key = "api.parameter.\(parameter.name)"
    let words = [
      parameter.isRequired ? text("api.docs.required") : nil, texts.has(key) ? text(key) : nil,
    ].compactMap { $0 }.joined(separator: " · ")
    return
      "<tr><th scope=\"row\"><code>\(parameter.name)</code></th><td>\(kind(parameter.schema))</td><td>\(words)</td></tr>"
  }

  private func rows(_ rows: [String]) -> String {
    "<div class=\"wide\" tabindex=\"0\"><table>\(rows.joined(separator: "\n"))</table></div>"
  }

  private func link(_ object: ObjectSchema) -> String {
    "<a href=\"#schema-\(object.name)\">\(object.name)</a>"
  }

  private func table(_ object: ObjectSchema) -> String {
    let rows = object.members.map { member in
      let need = text(member.isRequired ? "api.docs.always" : "api.docs.optional")
      return
        "<tr><th scope=\"row\"><code>\(member.name)</code></th><td>\(kind(member.schema))</td><td>\(need)</td></tr>"
    }
    return """
      <section id="schema-\(object.name)"><h3>\(object.name)</h3>
      \(self.rows(rows))</section>

      """
  }

  private func kind(_ schema: Schema) -> String {
    switch schema {
    case .text(_, let most): text("api.kind.text") + (most.map { " ≤ \($0)" } ?? "")
    case .choice(let words): words.map { "<code>\($0)</code>" }.joined(separator: " | ")
    case .integer(let least, let most):
      text("api.kind.integer") + (least.map { " ≥ \($0)" } ?? "")
        + (most.map { " ≤ \($0)" } ?? "")
    case .number: text("api.kind.number")
    case .bool: text("api.kind.bool")
    case .id: text("api.kind.id")
    case .day: text("api.kind.day")
    case .instant: text("api.kind.instant")
    case .list(let item, _, let most):
      text("api.kind.list") + (most.map { " ≤ \($0)" } ?? "") + " " + kind(item)
    case .object(let object): link(object)
    case .map, .any: text("api.kind.any")
    case .nullable(let inner): kind(inner) + " | <code>null</code>"
    }
  }
}
