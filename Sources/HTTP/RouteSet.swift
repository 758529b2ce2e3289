import Hummingbird

/// Addresses beside the pages, on the same router: for programs, which bring no session.
package protocol RouteSet: Sendable {
  func addRoutes(to router: Router<AppContext>)
}
