import Domain
import HTTP
import HTTPTypes
import Hummingbird

/// Why nothing was done, as a problem document (RFC 9457).
package struct APIError: Error, Sendable {
  package internal(set) var status: HTTPResponse.Status
  /// Names the kind of problem: the end of its `type`, and the key of its text, `api.error.CODE`.
  package let code: String
  /// What is wrong with the body or the query, and where.
  package var faults: [SchemaFault]
  /// The guard's reasons, each a code with the key of its text.
  package var reasons: [Reason]
  /// What others did since the version that was acted on.
  package var changes: [Change]
  /// Put into the text.
  package var arguments: [String: String]
  /// Seconds after which to ask again.
  package var retryAfter: Int?

  package struct Reason: Hashable, Sendable {
    package let code: String
    package let key: String
    package let arguments: [String: String]

    package init(_ code: String, key: String, arguments: [String: String] = [:]) {
      (self.code, self.key, self.arguments) = (code, key, arguments)
    }
  }

  package struct Change: Hashable, Sendable {
    package let version: Int
    package let at: Instant
    /// Of the ledger.
    package let kind: String
  }

  package init(
    _ status: HTTPResponse.Status, _ code: String, faults: [SchemaFault] = [],
    reasons: [Reason] = [], changes: [Change] = [], arguments: [String: String] = [:],
    retryAfter: Int? = nil
  ) {
    self.status = status
    self.code = code
    self.faults = faults
    self.reasons = reasons
    self.changes = changes
    self.arguments = arguments
    self.retryAfter = retryAfter
  }

  /// What the guard says against it; the texts are those that pages show.
  package static func refused<Word: RawRepresentable<String>>(
    _ words: [Word], texts prefix: String, arguments: [String: String] = [:]
  ) -> APIError {
    APIError(
      .unprocessableContent, "refused",
      reasons: words.map {
        Reason($0.rawValue, key: "\(prefix).\($0.rawValue)", arguments: arguments)
      })
  }

  package static let type = "application/problem+json"

  /// The shape of every error.
  package static let schema = ObjectSchema(
    "Problem",
    [
      .init("type", .text()), .init("title", .text()),
      .init("status", .integer(least: 400, most: 599)),
      .init("code", .text()), .optional("detail", .text()),
      .optional(
        "faults",
        .list(
          .object(
            ObjectSchema(
              "Fault",
              [
                .init("pointer", .text()),
                .init("code", .choice(SchemaFault.Code.allCases.map(\.rawValue))),
                .init("detail", .text()),
              ])))),
      .optional(
        "reasons",
        .list(.object(ObjectSchema("Reason", [.init("code", .text()), .init("detail", .text())])))),
      .optional(
        "changes",
        .list(
          .object(
            ObjectSchema(
              "Change",
              [.init("version", .integer()), .init("at", .instant), .init("kind", .text())])))),
    ])

  func reply(_ texts: Catalogue) -> Reply {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("type", "\(APIRoutes.documentPath)#error-\(code)")
      writer.member("title", texts.text("api.error.\(code)", arguments))
      writer.key("status")
      writer.int(Int64(status.code))
      writer.member("code", code)
      if !faults.isEmpty {
        writer.key("faults")
        writer.array { writer in
          // Who sends a thousand faults is told of the first.
          for fault in faults.prefix(50) {
            writer.object {
              $0.member("pointer", fault.pointer)
              $0.member("code", fault.code.rawValue)
              $0.member("detail", texts.text("api.fault.\(fault.code.rawValue)"))
            }
          }
        }
      }
      if !reasons.isEmpty {
        writer.key("reasons")
        writer.array { writer in
          for reason in reasons {
            writer.object {
              $0.member("code", reason.code)
              $0.member("detail", texts.text(reason.key, reason.arguments))
            }
          }
        }
      }
      if status == .conflict, code == "changed" {
        writer.key("changes")
        writer.array { writer in
          for change in changes {
            writer.object {
              $0.key("version")
              $0.int(Int64(change.version))
              $0.key("at")
              change.at.write(to: &$0)
              $0.member("kind", change.kind)
            }
          }
        }
      }
    }
    return Reply(status: status, type: Self.type, body: writer.buffer)
  }
}

extension JSONWriter {
  package mutating func member(_ name: String, _ value: String) {
    key(name)
    text(value)
  }
}
