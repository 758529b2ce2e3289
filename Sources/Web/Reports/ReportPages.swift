import Domain
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Services
import Storage

/// Reports that write themselves: the list, one with its words, its paper, its workbook and its check.
struct ReportPages: Sendable {
  let site: Site

  /// In `Public`.
  static let stylesheet = "report.css"

  /// Words that were sent and not taken.
  struct Failure {
    let text: String
    var section: String?
    var typed: String?
  }

  private static let pattern = (kind: ":kind", subject: ":subject", period: ":period")

  func addRoutes(to doors: Doors) {
    let (kind, subject, period) = Self.pattern
    doors.get(.reports, use: list)
    doors.get(.report(kind, subject, period)) { request, context in
      try await page(try address(context), nil, request, context)
    }
    doors.get(.reportPaper(kind, subject, period), use: paper)
    doors.get(.reportCheck(kind, subject, period), use: check)
    doors.post(.reportExport(kind, subject, period), use: export)
    doors.post(.reportIssue(kind, subject, period), use: issue)
    doors.post(.reportRemark(kind, subject, period, ":section"), use: remark)
    OwnWeekPages(site: site).addRoutes(to: doors)
  }

  private func address(_ context: AppContext) throws -> ReportAddress {
    guard let kind = ReportKind(rawValue: context.parameters.get("kind") ?? ""),
      let subject = ReportSubject(context.parameters.get("subject") ?? ""),
      let period = ReportPeriod(context.parameters.get("period") ?? "")
    else { throw RequestError.notFound }
    return ReportAddress(kind, of: subject, in: period)
  }

  // MARK: The list

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let name = request.query("unit").trimmed
    var (subject, fault) = (ReportSubject(request.query("of")), "")
    if !name.isEmpty {
      do {
        subject = .unit(try await FindUnit(site.platform)(name))
      } catch UseCaseError.unknownUnit(let name) {
        fault = words("orders.unknown_unit", ["name": name])
      }
    }
    let overview = try await ListReports(site.platform)(of: subject, for: account)
    var view = ReportListView(words: words, platform: site.platform).page(overview)
    view["unit"] = name
    view["fault"] = fault.orFalse
    return site.page(
      "reports", view, title: words("reports.title"), request: request, context: context,
      status: fault.isEmpty ? .ok : .unprocessableContent)
  }

  // MARK: One

  private func page(
    _ address: ReportAddress, _ failure: Failure?, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let shown = try await shown(address, for: account)
    let view = ReportView(shown, words, site.platform)
    return site.page(
      "report", view.page(failure), title: view.heading, request: request, context: context,
      status: failure == nil ? .ok : .unprocessableContent,
      answersFor: failure == nil ? nil : .report(address))
  }

  /// There is no report of time to come.
  private func shown(
    _ address: ReportAddress, for account: Account
  ) async throws -> ShowReport.Shown {
    do {
      return try await ShowReport(site.platform)(address, for: account)
    } catch ReportRefusal.future {
      throw RequestError.notFound
    }
  }

  private func remark(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let address = try address(context)
    let section = context.parameters.get("section") ?? ""
    let text = try await FormData(request, context)["text"]
    do {
      try await WriteReportRemark(site.platform)(text, in: section, of: address, by: account)
      return Site.redirect(to: Route.report(address).path + "#" + section)
    } catch ReportRefusal.section {
      throw RequestError.notFound
    } catch let refusal as ReportRefusal {
      let words = site.words(context)
      return try await page(
        address,
        Failure(
          text: words.refusal(refusal), section: section, typed: text),
        request, context)
    }
  }

  private func issue(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let address = try address(context)
    do {
      try await IssueReport(site.platform)(address, by: account)
      return Site.redirect(to: Route.report(address).path)
    } catch ReportRefusal.future {
      throw RequestError.notFound
    } catch let refusal as ReportRefusal {
      return try await page(
        address, Failure(text: site.words(context).refusal(refusal)), request, context)
    }
  }

  private func check(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let address = try address(context)
    let words = site.words(context)
    let report = try await CheckReport(site.platform)(address, for: account)
    let view = ReportCheckView(words: words, platform: site.platform).page(report)
    return site.page(
      "report-check", view, title: words("report.check"), request: request, context: context)
  }

  // MARK: Paper and workbook

  private func paper(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let address = try address(context)
    let words = site.words(context)
    let shown = try await shown(address, for: account)
    var view = ReportView(shown, words, site.platform).paper
    view["language"] = context.language.tag
    view["url_report"] = Route.report(address).path
    view["asset_icon"] = site.assets["icon.svg"]
    view["asset_style"] = site.assets[OrderPaper.stylesheet]
    view["asset_report_style"] = site.assets[Self.stylesheet]
    view["languages"] = site.languages(request.uri.string, context)
    return Response(
      status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
      body: .init(
        byteBuffer: ByteBuffer(
          string: site.views.render("report-paper", view, context.language))))
  }

  private func export(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let address = try address(context)
    _ = try await FormData(request, context)
    let words = site.words(context)
    let folder = try PrivateFolder()
    let path = folder.path + "/report.xlsx"
    let platform = site.platform
    do {
      try await ExportReport(platform)(
        address, query: Route.report(address).path, to: path, by: account
      ) { ReportWorkbook($0, words, platform).sheets }
    } catch ReportRefusal.future {
      throw RequestError.notFound
    }
    let name = ReportWorkbook.name(of: address, words, platform)
    return try FileDownload(name: name).response(path: path)
  }
}

extension Route {
  static func report(_ address: ReportAddress) -> Route {
    .report(address.kind.rawValue, address.subject.description, address.period.description)
  }

  static func reportPaper(_ address: ReportAddress) -> Route {
    .reportPaper(address.kind.rawValue, address.subject.description, address.period.description)
  }

  static func reportCheck(_ address: ReportAddress) -> Route {
    .reportCheck(address.kind.rawValue, address.subject.description, address.period.description)
  }

  static func reportExport(_ address: ReportAddress) -> Route {
    .reportExport(address.kind.rawValue, address.subject.description, address.period.description)
  }

  static func reportIssue(_ address: ReportAddress) -> Route {
    .reportIssue(address.kind.rawValue, address.subject.description, address.period.description)
  }

  static func reportRemark(_ address: ReportAddress, _ section: String) -> Route {
    .reportRemark(
      address.kind.rawValue, address.subject.description, address.period.description, section)
  }
}

extension Wording {
  func refusal(_ reason: ReportRefusal) -> String {
    self("report.refusal.\(reason.rawValue)", ["n": String(ReportContent.maximumText)])
  }
}
