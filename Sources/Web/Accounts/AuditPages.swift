import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// 审计日志: who signed in, who changed whose rights, who took personal data out.
struct AuditPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.audit, use: list)
  }

  private static let size = 100

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    guard request.isQueryReadable else { throw RequestError.badQuery }
    let asked = ["sort", "person", "from", "to"].map { ($0, request.query($0)) }
    let query = Dictionary(uniqueKeysWithValues: asked)
    let before = request.query("before")
    var filter = AuditRows.Filter()
    filter.sort = AuditRows.Sort(rawValue: query["sort"]!)
    (filter.from, filter.to) = (Day(query["from"]!), Day(query["to"]!))
    guard query["sort"]!.isEmpty || filter.sort != nil,
      query["from"]!.isEmpty || filter.from != nil, query["to"]!.isEmpty || filter.to != nil,
      before.isEmpty || Int64(before) != nil
    else { throw RequestError.badQuery }
    var unknown: String?
    var page = Page<ReadAudit.Line, Int64>(items: [], next: nil)
    do {
      page = try await ReadAudit(site.platform)(
        filter, person: query["person"]!, before: Int64(before), size: Self.size, for: account)
    } catch UseCaseError.unknownAccount(let name) {
      unknown = words("account.unknown", ["username": name])
    }
    let view: View = [
      "url": Route.audit.path,
      "sorts": words.options(
        AuditRows.Sort.allCases.map(\.rawValue), named: "audit.sort",
        chosen: filter.sort?.rawValue ?? ""),
      "person": query["person"]!, "from": query["from"]!, "to": query["to"]!,
      "failed": unknown != nil, "fault": unknown ?? "",
      "entries": page.items.map { line($0, words) }, "is_empty": page.items.isEmpty,
      "filtered": asked.contains { !$0.1.isEmpty },
      "has_previous": !before.isEmpty, "url_first": Route.audit.path(query: asked),
      "has_next": page.next != nil,
      "url_next": Route.audit.path(
        query: asked + [("before", page.next.map { String($0) } ?? "")]),
    ]
    return site.page(
      "audit", view, title: words("audit.title"), request: request, context: context)
  }

  private func line(_ line: ReadAudit.Line, _ words: Wording) -> View {
    let entry = line.entry
    let isOwn = entry.account.map { entry.actor == .account($0) } ?? false
    let details = [
      AuditRows.disclosure(of: entry).map { disclosure(words, $0) },
      AuditRows.token(of: entry).map { token(words, $0) },
      AuditRows.role(of: entry).map { words("role.\($0.rawValue)") },
      AuditRows.reason(of: entry), line.origin.map { origin(words, $0) },
    ].compactMap { $0 }
    return [
      "time": words.time(entry.at), "what": words("audit.kind.\(entry.kind)"),
      "who": line.actor ?? words(entry.actor == .system ? "actor.system" : "account.erased_name"),
      "whose": isOwn
        ? "" : entry.account.map { _ in line.account ?? words("account.erased_name") } ?? "",
      "details": details.joined(separator: " · "),
    ]
  }

  /// `企业库 · 共 120 行 · 完整`
  private func disclosure(_ words: Wording, _ disclosure: AuditRows.Disclosure) -> String {
    let title = "\(disclosure.register).title"
    let parts: [String?] = [
      words.catalogue.has(title) ? words(title) : disclosure.register,
      disclosure.id.map { words("audit.entry", ["n": $0]) },
      disclosure.rows.map { words.counted("audit.rows", $0) },
      disclosure.content == "full" ? words("audit.unmasked") : nil,
    ]
    return parts.compactMap { $0 }.joined(separator: " · ")
  }

  /// `周报脚本 · 问题（只读） · 编号 17`
  private func token(
    _ words: Wording, _ token: (name: String?, scopes: String?, id: String)
  ) -> String {
    let parts: [String?] = [
      token.name, token.scopes.flatMap { TokenScope.all(in: $0) }.map { words.scopes($0) },
      words("audit.entry", ["n": token.id]),
    ]
    return parts.compactMap { $0 }.joined(separator: " · ")
  }

  /// Address and device, as the ledger has them.
  private func origin(_ words: Wording, _ text: String) -> String {
    let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard parts.count == 2, let device = Device(stored: parts[1]) else { return text }
    return (parts[0] == "–" ? "" : parts[0] + " · ") + words.device(device)
  }
}
