/// An event in the words of CloudEvents 1.0; encoded, it is its JSON format in structured mode.
package struct CloudEvent<Content: Encodable & Sendable>: Encodable, Sendable {
  package let specversion = "1.0"
  package let id: String
  /// The ledger it comes from, a relative URI reference.
  package let source: String
  package let type: String
  package let subject: String
  /// RFC 3339 in UTC.
  package let time: String
  package let datacontenttype = "application/json"
  /// The leaf's index in the ledger; text, as the number is 64 bits long. Nil for what is not in it.
  package let ledgerindex: String?
  /// The place in the stream of what it is about.
  package let streamversion: Int?
  package let data: Content

  package init(
    id: String, source: String, type: String, subject: String, at: Instant,
    ledgerIndex: Int64? = nil, streamVersion: Int? = nil, data: Content
  ) {
    (self.id, self.source, self.type, self.subject) = (id, source, type, subject)
    time = at.universalDescription
    ledgerindex = ledgerIndex.map { String($0) }
    streamversion = streamVersion
    self.data = data
  }
}
