import Domain
import Storage

/// What another instance told of a problem.
package struct ExchangeTold: Sendable {
  /// What the office calls that instance.
  package let link: String
  package let message: ExchangeMessage
  package let effect: ExchangeEffect
  package let at: Instant

  /// All of a problem in its order, and the platforms that it could be handed up to.
  static func about(
    _ problem: ProblemID, in connection: any Connection
  ) throws -> (told: [ExchangeTold], upperLinks: [String]) {
    let links = try LinkRows.all(in: connection).map(\.link)
    // Most instances have none: then there is nothing to look for.
    if links.isEmpty { return ([], []) }
    let names = Dictionary(links.map { ($0.id, $0.name) }) { $1 }
    let told = try ReceivedRows.about(problem, in: connection).compactMap { shown in
      ReadEntry(shown.entry)?.message.map { message in
        ExchangeTold(
          link: names[shown.link] ?? "", message: message, effect: shown.effect, at: shown.at)
      }
    }
    return (told, links.filter { $0.state == .open && $0.role == .lower }.map(\.name))
  }
}
