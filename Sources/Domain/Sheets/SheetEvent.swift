/// Something that happened to a sheet. Payloads go to the ledger as they are: fields are added, never
/// renamed or given a new meaning; names are single words, for they are written as they stand here.
package enum SheetEvent: Hashable, Sendable {
  package struct Computed: Hashable, Sendable, Codable {
    package var content: SheetContent
  }
  package struct Previewed: Hashable, Sendable, Codable {
    /// The first instant at which nobody may object any more.
    package var until: Instant
  }
  package struct Objected: Hashable, Sendable, Codable {
    /// From 1, of the sheet.
    package var number: Int
    package var unit: UnitID
    package var text: String
  }
  package struct Ruled: Hashable, Sendable, Codable {
    package var number: Int
    package var upheld: Bool
    package var reason: String
  }
  package struct Published: Hashable, Sendable, Codable {
    package var content: SheetContent
    /// SHA-256 of the content's bytes, hexadecimal.
    package var digest: String

    package init(content: SheetContent, digest: String) {
      (self.content, self.digest) = (content, digest)
    }
  }

  case drafted(Computed)
  case recomputed(Computed)
  case previewed(Previewed)
  case objected(Objected)
  case ruled(Ruled)
  case published(Published)
}
