import Domain
import Foundation

/// `Resources/visit-rules.json`: how often enterprises may be visited, as data (docs/visits.md).
package enum VisitRulesFile {
  package struct Fault: Error, CustomStringConvertible {
    package let description: String
  }

  private struct Form: Decodable {
    let version: Int
    let ceiling: Value
    let join_span_working_days: Value
    let silence_days: Value
    let inspection_moves: Value
    let horizon_days: Value
  }
  private struct Value: Decodable {
    let number: Int
    let zh: String
    let en: String
    let source: String
  }

  /// - Throws: `Fault`, which names the rule and what is wrong in it.
  package static func rules(_ json: [UInt8]) throws(Fault) -> VisitRules {
    let form: Form
    do {
      form = try JSONDecoder().decode(Form.self, from: Data(json))
    } catch let error as DecodingError {
      throw Fault(description: error.plain)
    } catch {
      throw Fault(description: "\(error)")
    }
    guard form.version > 0 else { throw Fault(description: "version \(form.version) is below 1") }
    return VisitRules(
      version: form.version,
      // Below one nobody could ever come unasked.
      ceiling: try value(form.ceiling, "ceiling", 1...31),
      joinSpan: try value(form.join_span_working_days, "join_span_working_days", 0...60),
      silence: try value(form.silence_days, "silence_days", 1...3650),
      inspectionMoves: try value(form.inspection_moves, "inspection_moves", 0...10),
      horizon: try value(form.horizon_days, "horizon_days", 1...730))
  }

  private static func value(
    _ form: Value, _ name: String, _ range: ClosedRange<Int>
  ) throws(Fault) -> VisitRules.Value {
    guard range.contains(form.number) else {
      throw Fault(
        description:
          "\(name): \(form.number) is not from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    for (field, text) in [("zh", form.zh), ("en", form.en), ("source", form.source)]
    where text.trimmed.isEmpty {
      throw Fault(description: "\(name): \(field) is empty")
    }
    return VisitRules.Value(form.number, zh: form.zh, en: form.en, source: form.source)
  }
}
