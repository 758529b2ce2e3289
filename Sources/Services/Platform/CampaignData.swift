import Domain
import Foundation

/// The data files shipped with the product.
package struct CampaignData: Sendable {
  package let calendar: CalendarFile
  package let rules: ClockRules
  package let procedures: Procedures
  package let categories: [Category]
  /// What words of spreadsheets stand for.
  package let words: WordTables
  package let industries: IndustryTable
  /// How figures are defined.
  package let definitions: Definitions
  /// How units are scored.
  package let scoreFormula: ScoreFormula
  /// What reports consist of.
  package let reports: ReportLayout
  /// Who may be in charge of whom.
  package let pairingRules: PairingRules
  /// Words of problems that speak for a category.
  package let hints: CategoryHints
  /// How often enterprises may be visited.
  package let visitRules: VisitRules

  package struct Fault: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) { self.description = description }
  }

  /// No data: for work that needs none.
  package static let none = CampaignData()

  private init() {
    calendar = CalendarFile()
    rules = .none
    procedures = Procedures([])
    categories = []
    words = WordTables()
    industries = IndustryTable(version: "", sections: [])
    definitions = Definitions(version: 0, figures: [])
    scoreFormula = .none
    reports = ReportLayout(version: 0, lines: 1, kinds: [])
    hints = CategoryHints()
    pairingRules = .none
    visitRules = .none
  }

  /// - Parameter folder: the product's `Resources`.
  /// - Throws: `Fault`, naming the file and what is wrong in it.
  package init(resources folder: String) throws {
    calendar = try CampaignData.parse("\(folder)/calendar/working-days.json") {
      try CalendarFile(json: $0)
    }
    rules = try CampaignData.parse("\(folder)/clock-rules.json") {
      try ClockRulesFile.rules($0)
    }
    procedures = try ProcedureFiles.read(folder + "/procedures")
    categories = try CampaignData.decode([Category].self, "\(folder)/categories.json")
    words = try CampaignData.decode(WordTables.self, "\(folder)/words.json")
    industries = try CampaignData.decode(IndustryTable.self, "\(folder)/industries.json")
    definitions = try CampaignData.parse("\(folder)/definitions.json") {
      try DefinitionsFile.definitions($0)
    }
    scoreFormula = try CampaignData.parse("\(folder)/score-formula.json") {
      [definitions] in try ScoreFormulaFile.formula($0, definitions)
    }
    reports = try CampaignData.parse("\(folder)/reports.json") {
      [definitions] in try ReportsFile.layout($0, definitions)
    }
    pairingRules = try CampaignData.parse("\(folder)/pairing-rules.json") {
      try PairingRulesFile.rules($0)
    }
    hints = try CampaignData.hints("\(folder)/category-words.json", categories)
    visitRules = try CampaignData.parse("\(folder)/visit-rules.json") {
      try VisitRulesFile.rules($0)
    }
    try ProcedureFiles.check(procedures, rules, categories)
  }

  private static func hints(_ path: String, _ categories: [Category]) throws -> CategoryHints {
    let lists = try decode([String: [String: [String]]].self, path)
    var words: [Track: [String: [String]]] = [:]
    for (name, codes) in lists {
      guard let track = Track(rawValue: name) else { throw Fault(description: "\(path): \(name)") }
      let known = Set(categories.filter { $0.track == track }.map(\.code))
      if let stranger = codes.keys.first(where: { !known.contains($0) }) {
        throw Fault(description: "\(path): no category \(name)/\(stranger)")
      }
      words[track] = codes
    }
    do {
      return try CategoryHints(words)
    } catch {
      throw Fault(description: "\(path): \(error)")
    }
  }

  private static func parse<T>(_ path: String, _ parse: ([UInt8]) throws -> T) throws -> T {
    let bytes = [UInt8](try read(path))
    do {
      return try parse(bytes)
    } catch let fault as any CustomStringConvertible {
      throw Fault(description: "\(path): \(fault)")
    }
  }

  private static func decode<T: Decodable>(_ type: T.Type, _ path: String) throws -> T {
    do {
      return try JSONDecoder().decode(type, from: try read(path))
    } catch let error as DecodingError {
      throw Fault(description: "\(path): \(error)")
    }
  }

  private static func read(_ path: String) throws -> Data {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Fault(description: "cannot read \(path)")
    }
    return data
  }
}
