import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Synchronization

/// What whoever opens an address must be allowed.
package enum Demand: Hashable, Sendable {
  case anyone
  /// A right password was given, whatever else signing in demands.
  case passwordGiven
  case signedIn
  case right(Right)
  /// One of these is enough.
  case oneOf([Right])

  /// - Parameter role: nil for somebody who is not signed in.
  package func isMet(by role: Role?) -> Bool {
    switch self {
    case .anyone: true
    case .passwordGiven, .signedIn: role != nil
    case .right(let right): role?.may(right) ?? false
    case .oneOf(let rights): rights.contains { role?.may($0) ?? false }
    }
  }
}

/// The router, each of whose routes asks for its demand before its handler runs.
package final class Doors {
  package struct Door: Hashable, Sendable {
    package let method: HTTPRequest.Method
    package let pattern: String
    package let demand: Demand
  }

  typealias Handler = @Sendable (Request, AppContext) async throws -> Response

  private let router: Router<AppContext>

  init(_ router: Router<AppContext>) { self.router = router }

  /// All that were made, for tests and for the page of rights.
  package private(set) var all: [Door] = []

  func get(_ route: Route, use handler: @escaping Handler) { add(.get, route, handler) }

  func post(_ route: Route, use handler: @escaping Handler) { add(.post, route, handler) }

  private func add(
    _ method: HTTPRequest.Method, _ route: Route, _ handler: @escaping Handler
  ) {
    let demand = route.demand(method)
    all.append(Door(method: method, pattern: route.path, demand: demand))
    router.on(route.pattern, method: method) { request, context in
      if demand == .passwordGiven {
        _ = try context.heldSession()
      } else if demand != .anyone {
        let account = try context.signedIn()
        guard demand.isMet(by: account.role) else { throw UseCaseError.forbidden }
      }
      return try await handler(request, context)
    }
  }
}

/// The doors there are, for those who sign in on the way to one of them.
final class DoorPlan: Sendable {
  private let doors = Mutex<[Doors.Door]>([])

  func set(_ doors: [Doors.Door]) { self.doors.withLock { $0 = doors } }

  /// Whether there is a page at this address, and it is opened to the role.
  func opens(_ address: String, to role: Role) -> Bool {
    let parts = address.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
    let fitting = doors.withLock { $0 }.filter { $0.method == .get && $0.fits(parts) }
    // As in the router, a word comes before what takes any.
    let door = fitting.min { $0.places < $1.places }
    return door?.demand.isMet(by: role) ?? false
  }
}

extension Doors.Door {
  /// How many parts of the address it leaves open.
  fileprivate var places: Int { pattern.count { $0 == ":" } }

  fileprivate func fits(_ parts: [Substring]) -> Bool {
    let own = pattern.split(separator: "/")
    return own.count == parts.count
      && zip(own, parts).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
  }
}
