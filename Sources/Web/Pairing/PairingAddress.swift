import Domain
import HTTP
import Hummingbird
import Storage

extension PairingTarget {
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
