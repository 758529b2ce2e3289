import Domain
import Foundation

/// The data files shipped with the product.
package struct CampaignData: Sendable {
  package let calendar: WorkingCalendar
  package let categories: [Category]
  /// What words of spreadsheets stand for.
  package let words: WordTables
  package let industries: IndustryTable

  package struct Fault: Error, CustomStringConvertible {
    package let description: String
  }

  /// No data: for work that needs none.
  package static let none = CampaignData()

  private init() {
    calendar = WorkingCalendar(years: [:])
    categories = []
    words = WordTables()
    industries = IndustryTable(version: "", sections: [])
  }

  /// - Parameter folder: the product's `Resources`.
  /// - Throws: `Fault`, naming the file and what is wrong in it.
  package init(resources folder: String) throws {
    calendar = try CampaignData.calendar(
      [UInt8](CampaignData.read("\(folder)/calendar/working-days.json")))
    categories = try CampaignData.decode([Category].self, "\(folder)/categories.json")
    words = try CampaignData.decode(WordTables.self, "\(folder)/words.json")
    industries = try CampaignData.decode(IndustryTable.self, "\(folder)/industries.json")
  }

  private struct CalendarFile: Decodable {
    struct Year: Decodable {
      let days: [Entry]
    }
    struct Entry: Decodable {
      let date: Day
      let name: String
      let off: Bool
    }
    let years: [String: Year]
  }

  /// Reads year tables: `{"years": {"2026": {"days": [{"date", "name", "off"}]}}}`.
  package static func calendar(_ json: [UInt8]) throws -> WorkingCalendar {
    let file = try JSONDecoder().decode(CalendarFile.self, from: Data(json))
    var years: [Int: [WorkingCalendar.Entry]] = [:]
    for (year, table) in file.years {
      guard let number = Int(year) else { throw Fault(description: "not a year: \(year)") }
      years[number] = table.days.map { .init(day: $0.date, name: $0.name, isOff: $0.off) }
    }
    return WorkingCalendar(years: years)
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
