import Domain
import Foundation

/// The formula as a file holds it (docs/sheets.md).
package enum ScoreFormulaFile {
  /// - Throws: `CampaignData.Fault`, naming the component and what is wrong with it.
  package static func formula(
    _ json: [UInt8], _ definitions: Definitions
  ) throws -> ScoreFormula {
    let formula: ScoreFormula
    do {
      formula = try JSONDecoder().decode(ScoreFormula.self, from: Data(json))
    } catch let error as DecodingError {
      throw CampaignData.Fault(description: error.plain)
    }
    if let fault = formula.fault(definitions) { throw CampaignData.Fault(description: fault) }
    return formula
  }
}
