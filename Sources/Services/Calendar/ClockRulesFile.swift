import Domain
import Foundation

/// `Resources/clock-rules.json`: the clock rules as data (docs/clock.md).
package enum ClockRulesFile {
  package struct Fault: Error, CustomStringConvertible {
    package let description: String
  }

  private struct Form: Decodable {
    let rules: [Rule]
  }
  private struct Rule: Decodable {
    let name: String
    let version: Int
    let zh: String
    let en: String
    let source: String
    let roll_over: Bool
    let cut_off: String
    let milestones: [Milestone]
    let objection: String?
    let `extension`: String?
    let co_handler_share: String
  }
  private struct Milestone: Decodable {
    let kind: String
    let budget: String
    let from: String
  }

  /// - Throws: `Fault`, which names the rule and what is wrong in it.
  package static func rules(_ json: [UInt8]) throws(Fault) -> ClockRules {
    let form: Form
    do {
      form = try JSONDecoder().decode(Form.self, from: Data(json))
    } catch let error as DecodingError {
      throw Fault(description: error.plain)
    } catch {
      throw Fault(description: "\(error)")
    }
    var rules: [ClockRule] = []
    for rule in form.rules {
      do {
        guard !rules.contains(where: { $0.name == rule.name }) else {
          throw Fault(description: "there are two of this name")
        }
        rules.append(try read(rule))
      } catch {
        throw Fault(description: "rule \"\(rule.name)\": \(error)")
      }
    }
    guard let standard = rules.first else { throw Fault(description: "there is no rule") }
    return ClockRules(standard: standard, others: Array(rules.dropFirst()))
  }

  private static func read(_ rule: Rule) throws(Fault) -> ClockRule {
    for (field, text) in [("name", rule.name), ("zh", rule.zh), ("en", rule.en)]
    where text.trimmed.isEmpty {
      throw Fault(description: "\(field) is empty")
    }
    guard rule.version > 0 else { throw Fault(description: "version \(rule.version) is below 1") }
    guard let cutOff = TimeOfDay.seconds(rule.cut_off) else {
      throw Fault(description: "cut_off \"\(rule.cut_off)\" is not a time from 00:01 to 24:00")
    }
    guard let share = Share(rule.co_handler_share) else {
      throw Fault(description: "co_handler_share \"\(rule.co_handler_share)\" is no part as 1/2")
    }
    guard !rule.milestones.isEmpty else { throw Fault(description: "it has no milestone") }
    var milestones: [ClockRule.Milestone] = []
    for form in rule.milestones {
      guard let kind = MilestoneKind(rawValue: form.kind) else {
        throw Fault(
          description:
            "there is no milestone \"\(form.kind)\"; there are \(names(MilestoneKind.self))")
      }
      guard !milestones.contains(where: { $0.kind == kind }) else {
        throw Fault(description: "milestone \(form.kind) stands there twice")
      }
      guard let from = ClockRule.Origin(rawValue: form.from) else {
        throw Fault(
          description:
            "\(form.kind) from \"\(form.from)\"; there are \(names(ClockRule.Origin.self))")
      }
      milestones.append(
        .init(kind: kind, budget: try budget(form.budget, form.kind), from: from))
    }
    return ClockRule(
      name: rule.name, version: rule.version, zh: rule.zh, en: rule.en, source: rule.source,
      rollOver: rule.roll_over, cutOff: cutOff, milestones: milestones,
      objection: try optionalBudget(rule.objection, "objection"),
      longestExtension: try optionalBudget(rule.extension, "extension"), coHandlerShare: share)
  }

  private static func budget(_ text: String, _ place: String) throws(Fault) -> Budget {
    guard let budget = Budget(text) else {
      throw Fault(description: "\(place) \"\(text)\" is no budget as 24h, 7d, 7wd or 1m")
    }
    return budget
  }

  private static func optionalBudget(_ text: String?, _ place: String) throws(Fault) -> Budget? {
    guard let text else { return nil }
    return try budget(text, place)
  }

  private static func names<T: CaseIterable & RawRepresentable<String>>(_ type: T.Type) -> String {
    T.allCases.map(\.rawValue).joined(separator: ", ")
  }
}
