import Domain
import HTTP
import Services
import Storage

/// Links to other instances in words.
struct ExchangeView {
  let words: Wording
  let now: Instant

  // MARK: List

  func list(_ links: [ShowLinks.Status]) -> View {
    [
      "is_empty": links.isEmpty, "links": links.map(row),
    ]
  }

  private func row(_ status: ShowLinks.Status) -> View {
    let (link, stored) = (status.link, status.stored)
    return [
      "link_name": link.name, "url": Route.exchangeLink(link.id.description).path,
      "role": words("exchange.role.\(link.role.rawValue)"),
      "state": words("exchange.state.\(link.state.rawValue)"), "is_open": link.state == .open,
      "is_alarming": status.isAlarming(at: now), "trouble": trouble(status).orFalse,
      "unconfirmed": String(status.unconfirmed),
      "since": status.unconfirmed > 0 ? status.waitingSince.map { words.time($0) } ?? "—" : "—",
      "received": String(stored.received),
      "not_applied": String(status.refused + status.late + status.unknown),
      "confirmed_at": stored.confirmedAt.map { words.time($0) } ?? "—",
    ]
  }

  /// What is wrong, or was the last time it was tried.
  private func trouble(_ status: ShowLinks.Status) -> String {
    if let fault = status.link.fault { return words("exchange.stopped_by.\(fault.rawValue)") }
    let stored = status.stored
    guard status.link.state == .open, stored.failures > 0 else { return "" }
    return words(
      "exchange.line.failing",
      [
        "n": String(stored.failures), "error": error(stored.lastError ?? ""),
        "time": words.time(stored.nextAt),
      ])
  }

  /// A line's fault has a text, an answer's status speaks for itself.
  private func error(_ text: String) -> String {
    let key = "outgoing.fault.\(text)"
    return words.catalogue.has(key) ? words(key) : text
  }

  // MARK: Forms

  /// - Parameters:
  ///   - form: what was typed and refused.
  ///   - url: where this instance says it is reached.
  func forms(_ form: FormData?, isOffer: Bool?, url: String) -> View {
    let role = form?["role"] ?? LinkRole.upper.rawValue
    return [
      "url_offer": Route.exchangeOffers.path, "url_join": Route.exchangeJoins.path,
      "offer_open": isOffer == true, "join_open": isOffer == false,
      "offer_name": isOffer == true ? form?["name"] ?? "" : "",
      "join_name": isOffer == false ? form?["name"] ?? "" : "", "own_url": form?["url"] ?? url,
      "roles": words.options(
        LinkRole.allCases.map(\.rawValue), named: "exchange.role", chosen: role),
    ]
  }

  // MARK: One

  /// - Parameter seesProblems: whether problems are named, which administrators may not see.
  func one(_ detail: ShowLinks.Detail, seesProblems: Bool) -> View {
    let (status, link) = (detail.status, detail.status.link)
    let more = status.unconfirmed - detail.waiting.count
    var view = row(status)
    view["broken"] = !detail.proofsHold
    view["url_list"] = Route.exchange.path
    view["facts"] = facts(detail).map { ["label": words($0.0), "value": $0.1] as View }
    view["has_waiting"] = !detail.waiting.isEmpty
    view["waiting"] = detail.waiting.map {
      [
        "sequence": String($0.sequence), "kind": kind($0.kind), "time": words.time($0.at),
      ] as View
    }
    view["rest"] = (more > 0 ? words("exchange.more", ["n": String(more)]) : "").orFalse
    view["has_left"] = !detail.notApplied.isEmpty
    view["left"] = detail.notApplied.map { received($0, seesProblems) }
    view["has_received"] = !detail.received.isEmpty
    view["received"] = detail.received.map { received($0, seesProblems) }
    view["note"] = (status.checkpoint?.note ?? "").orFalse
    view["may_close"] = link.state != .closed
    view["url_close"] = Route.exchangeClosure(link.id.description).path
    return view
  }

  private func facts(_ detail: ShowLinks.Detail) -> [(String, String)] {
    let (status, stored, link) = (detail.status, detail.status.stored, detail.status.link)
    var facts = [("exchange.since", words.time(link.createdAt))]
    if link.state == .offered, let until = stored.codeUntil {
      facts.append(("exchange.code_until", words.time(until)))
    }
    guard let peer = link.peer else { return facts }
    facts += [
      ("exchange.peer_url", peer.url), ("exchange.peer_origin", peer.origin),
      ("exchange.peer_keys", peer.keys.joined(separator: "\n")),
      ("exchange.sent", String(status.sent)), ("exchange.confirmed", String(stored.confirmed)),
      ("exchange.confirmed_at", stored.confirmedAt.map { words.time($0) } ?? "—"),
      ("exchange.received", String(stored.received)),
      ("exchange.received_at", stored.receivedAt.map { words.time($0) } ?? "—"),
    ]
    if let checkpoint = status.checkpoint {
      facts.append(("exchange.checkpoint_size", String(checkpoint.size)))
      if detail.proofsHold { facts.append(("exchange.proofs", words("exchange.proofs.hold"))) }
    }
    return facts
  }

  private func received(_ shown: ReceivedRows.Shown, _ seesProblems: Bool) -> View {
    let problem = seesProblems ? shown.problem.map { Route.problem($0).path } : nil
    return [
      "sequence": String(shown.sequence), "kind": kind(shown.kind),
      "effect": words("exchange.effect.\(shown.effect.rawValue)"), "time": words.time(shown.at),
      "url": (problem ?? "").orFalse,
    ]
  }

  /// What a message is; a newer program's kind is shown as it is called.
  private func kind(_ kind: String) -> String {
    let name = kind.split(separator: ".").dropFirst().joined(separator: ".")
    let key = "exchange.kind.\(name)"
    return words.catalogue.has(key) ? words(key) : kind
  }
}
