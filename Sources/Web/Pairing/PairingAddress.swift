import Domain
import HTTP
import Hummingbird
import Storage

extension PairingTarget {
  /// As it stands in addresses and forms: `village:17`.
  var address: String { "\(kind.rawValue):\(id)" }

  init?(address: String) {
    let parts = address.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let kind = PairingKind(rawValue: String(parts[0])),
      let id = Int64(parts[1])
    else { return nil }
    switch kind {
    case .enterprise: self = .enterprise(EnterpriseID(id))
    case .township: self = .township(UnitID(id))
    case .village: self = .village(UnitID(id))
    }
  }

  /// The page of what it is.
  var url: String {
    switch self {
    case .enterprise(let id): Route.enterprise(id.description).path
    case .township(let id), .village(let id): Route.unit(id).path
    }
  }
}

extension Request {
  /// The track that the address asks for; that of enterprises where it asks for none.
  /// - Throws: `RequestError.badQuery`
  func pairingTrack() throws -> Track {
    let text = query("track")
    if text.isEmpty { return .enterprise }
    guard let track = Track(pairing: text) else { throw RequestError.badQuery }
    return track
  }
}

extension Track {
  /// The two tracks that have pairings.
  static let paired: [Track] = [.enterprise, .village]

  init?(pairing text: String) {
    guard let track = Track(rawValue: text), Track.paired.contains(track) else { return nil }
    self = track
  }
}
