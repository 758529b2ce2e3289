import Cryptography
import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services

/// A service request that a program sends, as the platform takes it. Who sends it for whom (`email`, `first_name`,
/// `last_name`, `phone`, `device_id`, `account_id`) is not kept: a problem has no place for it.
struct Open311Order {
  let order: AcceptRequest.Order

  private static let keyHeader = HTTPField.Name("Idempotency-Key")!
  private static let longestKey = 255

  /// - Throws: `Open311Fault`
  init(
    _ form: ProgramForm, _ request: Request, _ view: Open311View
  ) throws(Open311Fault) {
    let platform = view.platform
    guard !form["service_code"].isEmpty else { throw Open311Fault(.serviceMissing) }
    guard let service = ServiceCode(form["service_code"]), platform.serves(service) else {
      throw Open311Fault(.serviceUnknown)
    }
    guard !form["description"].isEmpty else { throw Open311Fault(.descriptionMissing) }
    let key = (request.headers[Self.keyHeader] ?? "").trimmed
    guard key.utf8.count <= Self.longestKey else { throw Open311Fault(.requestKey) }
    var order = AcceptRequest.Order(
      track: service.track, description: form["description"],
      key: key.isEmpty ? Self.key(of: form, on: platform.now().day) : "open311 key \(key)")
    order.title = form["attribute[title]"]
    order.concerns = form["attribute[concerns]"]
    order.address = form["address_string"]
    let found = form["attribute[found_on]"]
    // A day, or a time of which the day is meant.
    order.foundOn = Instant(text: found)?.day.description ?? found
    let (lat, long) = (form["lat"], form["long"])
    if !lat.isEmpty || !long.isEmpty {
      guard let place = Self.position(lat, long) else { throw Open311Fault(.position) }
      order.place = place
    }
    // The office judges; what was asked for it should know. Data are Chinese, whoever sends them.
    func remark(_ name: String, _ value: String) {
      if value.isEmpty { return }
      order.remarks.append(view.words("open311.remark.\(name)", ["value": value], in: "zh"))
    }
    let chinese = Open311View(platform: platform, words: view.words, language: .zh)
    if service.category != nil { remark("service", chinese.name(of: service)) }
    remark("address", form["address_string"])
    remark("place", order.place == nil ? "" : "\(lat), \(long)")
    remark("media", form["media_url"])
    self.order = order
  }

  /// The same content on the same day is the same request, though its sender did not see our answer.
  private static func key(of form: ProgramForm, on day: Day) -> String {
    let fields = form.sorted.filter { $0.name != "api_key" }
    let text = fields.map { "\($0.name.utf8.count) \($0.name)\($0.value.utf8.count) \($0.value)" }
    return "open311 \(day) \(Digest.sha256(Array(text.joined().utf8)).hex)"
  }

  /// In degrees of WGS 84.
  private static func position(_ lat: String, _ long: String) -> Outline.Position? {
    guard let latitude = Double(lat), let longitude = Double(long), abs(latitude) <= 90,
      abs(longitude) <= 180
    else { return nil }
    let scale = Double(Outline.precision)
    return Outline.Position(
      longitude: Int((longitude * scale).rounded()), latitude: Int((latitude * scale).rounded()))
  }
}

extension Platform {
  /// Whether requests of a kind are taken.
  func serves(_ service: ServiceCode) -> Bool {
    guard procedures[service.track] != nil else { return false }
    guard let category = service.category else { return true }
    return categories.contains { $0.track == service.track && $0.code == category }
  }
}
