import Domain
import Foundation

/// Reads the procedures shipped with the product, one file a track (docs/procedures.md).
enum ProcedureFiles {
  /// - Throws: `CampaignData.Fault`, naming the file and what is wrong in it.
  static func read(_ folder: String) throws -> Procedures {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    guard let names else { throw CampaignData.Fault(description: "cannot read \(folder)") }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return Procedures(
      try names.filter { $0.hasSuffix(".json") }.sorted().map { name in
        let path = "\(folder)/\(name)"
        guard let data = FileManager.default.contents(atPath: path) else {
          throw CampaignData.Fault(description: "cannot read \(path)")
        }
        do {
          let procedure = try decoder.decode(Procedure.self, from: data)
          guard name == "\(procedure.track.rawValue).json" else {
            throw CampaignData.Fault(
              description:
                "\(path): the file is called as its track is, \(procedure.track.rawValue)")
          }
          return procedure
        } catch let error as DecodingError {
          throw CampaignData.Fault(description: "\(path): \(error)")
        }
      })
  }

  /// - Throws: `CampaignData.Fault` for the first thing that cannot work.
  static func check(
    _ procedures: Procedures, _ rules: ClockRules, _ categories: [Category]
  ) throws {
    for procedure in procedures.all {
      let faults = procedure.faults(rule: rules[procedure.clock])
      let hasCategories = categories.contains { $0.track == procedure.track }
      guard let fault = faults.first ?? (hasCategories ? nil : "no category in categories.json")
      else { continue }
      throw CampaignData.Fault(
        description: "procedures/\(procedure.track.rawValue).json: \(fault)")
    }
  }
}
