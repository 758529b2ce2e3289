import Domain

/// A sheet's events as ledger kinds and payloads, there and back.
enum SheetEventCodec {
  static func kind(of event: SheetEvent) -> String {
    switch event {
    case .drafted: "sheet.drafted"
    case .recomputed: "sheet.recomputed"
    case .previewed: "sheet.previewed"
    case .objected: "sheet.objected"
    case .ruled: "sheet.ruled"
    case .published: "sheet.published"
    }
  }

  static func payload(of event: SheetEvent) throws -> String {
    switch event {
    case .drafted(let payload), .recomputed(let payload): try SheetJSON.encode(payload)
    case .previewed(let payload): try SheetJSON.encode(payload)
    case .objected(let payload): try SheetJSON.encode(payload)
    case .ruled(let payload): try SheetJSON.encode(payload)
    case .published(let payload): try SheetJSON.encode(payload)
    }
  }

  /// - Throws: `StorageError.unreadable` for a kind or payload this program does not know.
  static func decode(kind: String, payload: String) throws -> SheetEvent {
    switch kind {
    case "sheet.drafted": .drafted(try SheetJSON.decode(SheetEvent.Computed.self, payload))
    case "sheet.recomputed":
      .recomputed(try SheetJSON.decode(SheetEvent.Computed.self, payload))
    case "sheet.previewed":
      .previewed(try SheetJSON.decode(SheetEvent.Previewed.self, payload))
    case "sheet.objected": .objected(try SheetJSON.decode(SheetEvent.Objected.self, payload))
    case "sheet.ruled": .ruled(try SheetJSON.decode(SheetEvent.Ruled.self, payload))
    case "sheet.published":
      .published(try SheetJSON.decode(SheetEvent.Published.self, payload))
    default: throw StorageError.unreadable("ledger kind \(kind)")
    }
  }
}
