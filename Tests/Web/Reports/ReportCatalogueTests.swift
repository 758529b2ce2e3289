import Domain
import HTTP
import Services
import TestSupport
import Testing
import Web

/// The words of reports: those that code asks for by a value's name.
@Suite struct ReportCatalogueTests {
  @Test func everyValueHasItsText() throws {
    let zh = try Catalogue(.zh, resources: TestPlatform.root + "/Resources")
    var keys = ReportRefusal.allCases.map { "report.refusal.\($0.rawValue)" }
    keys += CheckReport.Finding.allCases.map { "report.finding.\($0.rawValue)" }
    keys += ReportLayout.Table.dimensions.map { "report.by.\($0.rawValue)" }
    keys += ReportPeriod.Length.allCases.map { "report.own.\($0.rawValue)" }
    let own: Set<ReportLayout.Column> = [.day, .due, .milestone, .deed]
    keys += ReportLayout.Column.allCases.filter(own.contains).map {
      "report.column.\($0.rawValue)"
    }
    #expect(keys.filter { !zh.has($0) } == [])
    // As many as a report has sections at most.
    let most = TestPlatform.data.reports.kinds.flatMap { kind in
      ReportLayout.Face.allCases.map { kind.sections(for: $0).count }
    }.max()!
    #expect(zh.text("report.ordinals").split(separator: "|").count >= most)
  }
}
