import Domain
import Foundation

/// The definitions as a file holds them (docs/figures.md).
enum DefinitionsFile {
  /// - Throws: `CampaignData.Fault`, naming the figure and what is wrong with it.
  static func definitions(_ json: [UInt8]) throws -> Definitions {
    let definitions: Definitions
    do {
      definitions = try JSONDecoder().decode(Definitions.self, from: Data(json))
    } catch let error as DecodingError {
      throw CampaignData.Fault(description: error.plain)
    }
    if let fault = definitions.fault { throw CampaignData.Fault(description: fault) }
    return definitions
  }
}
