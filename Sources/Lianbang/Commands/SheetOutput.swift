import Domain
import Services
import Storage

/// A sheet as JSON; the content as it stands in the ledger.
struct SheetOutput: Encodable {
  struct Objection: Encodable {
    let number: Int
    let unit: UnitID
    let text: String
    let at: String
    let upheld: Bool?
    let reason: String?
  }

  let id: String
  let state: String
  let computed_at: String
  let objections_until: String?
  let published_at: String?
  let digest: String?
  let objections: [Objection]
  let content: SheetContent

  init(_ sheet: CommentSheet) {
    id = sheet.id.description
    state = sheet.state.rawValue
    computed_at = sheet.computedAt.description
    objections_until = sheet.objectionsUntil?.description
    published_at = sheet.publishedAt?.description
    digest = sheet.digest
    objections = sheet.objections.map {
      Objection(
        number: $0.number, unit: $0.unit, text: $0.text, at: $0.at.description,
        upheld: $0.ruling?.upheld, reason: $0.ruling?.reason)
    }
    content = sheet.content
  }

  static func bytes(of content: SheetContent) throws -> String { try SheetJSON.encode(content) }
}

/// One of the list.
struct SheetLineOutput: Encodable {
  let id: String
  let month: String
  let kind: String
  let edition: Int
  let state: String
  let objections: Int
  let objections_open: Int
  let published_at: String?

  init(_ line: SheetRows.Line) {
    (id, month) = (line.id.description, line.month.description)
    (kind, edition, state) = (line.kind.rawValue, line.edition, line.state.rawValue)
    (objections, objections_open) = (line.objections, line.openObjections)
    published_at = line.publishedAt?.description
  }
}
