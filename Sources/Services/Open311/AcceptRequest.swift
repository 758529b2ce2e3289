import Domain
import Storage

/// A problem comes in by Open311, which knows neither titles nor whom a problem concerns.
package struct AcceptRequest: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// What a program sent.
  package struct Order: Sendable {
    package var track: Track
    /// Empty: the first line of the description.
    package var title = ""
    package var description: String
    /// Written below the description: what Open311 has fields for and a registration has not.
    package var remarks: [String] = []
    /// Whom it concerns, as a registration takes it; empty: the account itself, or where the place lies.
    package var concerns = ""
    package var place: Outline.Position?
    /// Where it is in words; taken for whom it concerns where nothing else says so.
    package var address = ""
    package var foundOn = ""
    /// Names what was sent: the same sent twice is one problem.
    package var key: String

    package init(track: Track, description: String, key: String) {
      (self.track, self.description, self.key) = (track, description, key)
    }
  }

  /// How such problems came in, as their source says.
  package static let channel = "Open311"

  /// - Returns: the running number.
  /// - Throws: `UseCaseError.forbidden`, `.registration`
  package func callAsFunction(_ order: Order, by account: Account) async throws -> Int64 {
    let offer = try await PrepareRegistration(platform)(for: account)
    var concerns = order.concerns
    if concerns.isEmpty { concerns = offer.concerns ?? "" }
    if concerns.isEmpty, let place = order.place,
      platform.procedures[order.track]?.concern == .place
    {
      concerns = try await LocatePlace(platform)(place) ?? ""
    }
    if concerns.isEmpty { concerns = order.address }
    var registration = Registration(
      track: order.track.rawValue, title: title(of: order),
      detail: ([order.description] + order.remarks).joined(separator: "\n"), concerns: concerns,
      foundOn: order.foundOn)
    registration.channel = AcceptRequest.channel
    let id = try await RegisterProblem(platform)(registration, formID: order.key, by: account)
    let number = try await platform.database.read { try RequestRows.number(of: id, in: $0) }
    guard let number else { throw UseCaseError.notFound }
    return number
  }

  private func title(of order: Order) -> String {
    if !order.title.isEmpty { return order.title }
    let line = order.description.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    let limit = Registration.Field.title.limit
    let scalars = line.trimmed.unicodeScalars
    guard scalars.count > limit else { return line }
    return String(String.UnicodeScalarView(scalars.prefix(limit - 1))) + "…"
  }
}
