import Domain
import Foundation

/// The reports' layout as a file holds it (docs/reports.md).
enum ReportsFile {
  /// - Throws: `CampaignData.Fault`, naming the report and what is wrong with it.
  static func layout(_ json: [UInt8], _ definitions: Definitions) throws -> ReportLayout {
    let layout: ReportLayout
    do {
      layout = try JSONDecoder().decode(ReportLayout.self, from: Data(json))
    } catch let error as DecodingError {
      throw CampaignData.Fault(description: error.plain)
    }
    if let fault = layout.fault(definitions) { throw CampaignData.Fault(description: fault) }
    return layout
  }
}
