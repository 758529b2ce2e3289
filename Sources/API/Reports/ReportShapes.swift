import Domain
import HTTP
import Services
import Storage

/// Reports as programs see them.
enum ReportShapes {
  static let head = Shape<ReportRows.Head>(
    "ReportHead",
    [
      .init(id: "id") { $0.id },
      .init(choice: "kind") { $0.address.kind },
      .init("subject") { $0.address.subject.description },
      .init("period") { $0.address.period.description },
      .init("issued_at") { $0.issuedAt },
      .init("digest") { $0.digest },
    ])

  static let line = Shape<ListReports.Line>(
    "ReportLine",
    [
      .init("subject") { $0.address.subject.description },
      .init("period") { $0.address.period.description },
      .init("is_running") { $0.isRunning },
      .init("issued", optional: head) { $0.issued },
    ])

  static let kind = Shape<ListReports.Kind>(
    "ReportsOfKind",
    [
      .init(choice: "kind") { $0.kind.kind },
      .init("zh") { $0.kind.zh },
      .init("en") { $0.kind.en },
      .init("lines", list: line) { $0.lines },
    ])

  static let handedIn = Shape<ListReports.HandedIn>(
    "ReportHandedIn",
    [
      .init("report", head) { $0.head },
      .init("name") { $0.name },
      .init("unit") { $0.unit },
    ])

  static let overview = Shape<ListReports.Overview>(
    "ReportOverview",
    [
      .init("subject") { $0.subject.description },
      .init("name") { $0.name },
      .init("kinds", list: kind) { $0.kinds },
      .init("sees_others") { $0.seesOthers },
      .init("handed_in", list: handedIn) { $0.handedIn },
    ])

  static let issued = Shape<ShowReport.Issued>(
    "ReportIssued",
    [
      .init(id: "id") { $0.head.id },
      .init("at") { $0.head.issuedAt },
      .init("by") { $0.byName },
      .init("digest") { $0.head.digest },
    ])

  static let change = Shape<ShowReport.Remark.Change>(
    "ReportRemarkChange",
    [
      .init("at") { $0.at },
      .init("by") { $0.byName },
      .init("text") { $0.text },
    ])

  struct Remark: Sendable {
    let section: String
    let remark: ShowReport.Remark
  }

  static let remark = Shape<Remark>(
    "ReportRemark",
    [
      .init("section") { $0.section },
      .init("text") { $0.remark.text },
      .init("changes", list: change) { $0.remark.changes },
    ])

  static let report = Shape<ShowReport.Shown>(
    "Report",
    [
      .init(choice: "kind") { $0.content.kind },
      .init("subject") { $0.content.subject.description },
      .init("period") { $0.content.period.description },
      .init("face") { $0.content.face.rawValue },
      .init("title", FigureShapes.words) { $0.content.title },
      .init("name") { $0.name },
      .init("as_of") { $0.content.asOf },
      .init("known_on") { $0.content.knownOn },
      .init("is_draft") { $0.issued == nil },
      .init("layout_version") { $0.content.layout },
      .init("definitions_version") { $0.content.definitions },
      .init("minimum") { $0.content.minimum },
      // As it is frozen: docs/reports.md tells what is in it.
      .init("sections", .list(.map(.any))) { shown, writer in
        writer.raw((try? Payload.encode(shown.content.sections)) ?? "[]")
      },
      .init("issued", optional: issued) { $0.issued },
      .init("remarks", list: remark) { shown in
        shown.remarks.sorted { $0.key < $1.key }.map { Remark(section: $0.key, remark: $0.value) }
      },
      .init("may_write") { $0.mayWrite },
      .init(choice: "refusal") { $0.refusal },
    ])

  static let difference = Shape<ReportContent.Difference>(
    "ReportDifference",
    [
      .init("section") { $0.section },
      .init("place") { $0.place },
      .init("was") { $0.was },
      .init("now") { $0.now },
    ])

  static let check = Shape<CheckReport.Report>(
    "ReportCheck",
    [
      .init("report", head) { $0.head },
      .init("holds") { $0.findings.isEmpty },
      .init("findings") { $0.findings.map { Choice($0) } },
      .init("compared") { $0.compared },
      .init("differences", list: difference) { $0.differences },
      .init("known_since", list: difference) { $0.knownSince },
    ])

  static let made = Shape<ReportID>("ReportMade", [.init(id: "id") { $0 }])
}
