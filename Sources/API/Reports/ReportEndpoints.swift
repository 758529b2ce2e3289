import Domain
import HTTP
import HTTPTypes
import Services
import Storage

/// Reports that write themselves: which there are, one, its check, what people add, and issuing it.
enum ReportEndpoints {
  static let list: [Endpoint] = [overview, show, check, export, issue, remark]

  private static let path = "/reports/{kind}/{subject}/{period}"
  private static let places: [String: Schema] = [
    "kind": .choice(ReportKind.allCases.map(\.rawValue)), "subject": .text(least: 1, most: 40),
    "period": .text(least: 1, most: 20), "section": .text(least: 1, most: 60),
  ]

  private static func address(_ call: Call) throws -> ReportAddress {
    guard let kind = ReportKind(rawValue: call.place("kind")),
      let subject = ReportSubject(call.place("subject")),
      let period = ReportPeriod(call.place("period"))
    else { throw UseCaseError.notFound }
    return ReportAddress(kind, of: subject, in: period)
  }

  private static let overview = Endpoint.get(
    "/reports", "listReports", .reports, query: [.init("of", .text(least: 1, most: 40))],
    ReportShapes.overview
  ) { call in
    let subject = ReportSubject(call["of"])
    guard subject != nil || call["of"].isEmpty else { throw UseCaseError.notFound }
    return Found(try await ListReports(call.platform)(of: subject, for: call.account))
  }

  private static let show = Endpoint.get(
    path, "showReport", .reports, places: places, ReportShapes.report
  ) { call in
    do {
      return Found(try await ShowReport(call.platform)(address(call), for: call.account))
    } catch ReportRefusal.future {
      // There is no report of time to come.
      throw UseCaseError.notFound
    }
  }

  private static let check = Endpoint.get(
    path + "/check", "checkReport", .reports, places: places, ReportShapes.check
  ) { call in Found(try await CheckReport(call.platform)(address(call), for: call.account)) }

  private static let export = Endpoint.download(
    path + "/export", "exportReport", .reports, places: places, types: [FileDownload.workbook]
  ) { call in
    let (address, words, platform) = (try address(call), Wording(call.texts), call.platform)
    let folder = try PrivateFolder()
    let file = folder.path + "/report.xlsx"
    do {
      try await ExportReport(platform)(
        address, query: "/reports/\(address.kind.rawValue)/\(address.subject)/\(address.period)",
        to: file, by: call.account
      ) { ReportWorkbook($0, words, platform).sheets }
    } catch ReportRefusal.future {
      throw UseCaseError.notFound
    }
    return .stream(
      try FileDownload(name: ReportWorkbook.name(of: address, words, platform))
        .response(path: file))
  }

  private static let issue = Endpoint.act(
    path + "/issuance", "issueReport", .reports, places: places, ReportShapes.made
  ) { call in Found(try await IssueReport(call.platform)(address(call), by: call.account)) }

  private static let remark = Endpoint.act(
    path + "/remarks/{section}", "writeReportRemark", .reports, method: .put, places: places,
    body: ObjectSchema(
      "ReportRemarkRequest", [.init("text", .text(most: ReportContent.maximumText))])
  ) { call in
    try await WriteReportRemark(call.platform)(
      call.body["text"].text ?? "", in: call.place("section"), of: address(call),
      by: call.account)
  }
}
