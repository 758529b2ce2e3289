import Domain
import HTTP
import HTTPTypes
import TestSupport
import Testing
import Web

/// The one table of rights, tried over HTTP: every route with every role, and with nobody.
@Suite struct RightsTableTests {
  /// What everybody may open. A page that joins these must be meant to.
  private static let open: Set<String> = [
    "get /", "get /sign-in", "post /sign-in", "post /sign-out", "get /invitation/:token",
    "post /invitation/:token", "get /evaluation/:token", "post /evaluation/:token",
    "get /evaluation", "get /styleguide", "get /styleguide/wall", "get /help", "get /help/:topic",
    "get /definitions",
  ]
  /// What machines ask, without a session.
  private static let machines: Set<String> = [
    "get /health", "get /version", "get /ready", "get /metrics",
    "get /.well-known/lianbang-ledger", "get /ledger/checkpoint",
  ]

  @Test func whatEverybodyMayOpenIsListed() async throws {
    try await Engine.sqlite.withSample { test in
      let world = try await RightsWorld(test)
      let open = world.doors.filter { $0.demand == .anyone }.map(\.name)
      #expect(Set(open) == Self.open)
    }
  }

  /// A route that is no door asks nobody for anything.
  @Test func everyRouteIsADoor() async throws {
    try await Engine.sqlite.withSample { test in
      let world = try await RightsWorld(test)
      let doors = Set(world.doors.map(\.name))
      for route in world.routes where route.method != .head {
        let name = "\(route.method.rawValue.lowercased()) \(route.path)"
        let isKnown =
          doors.contains(name) || Self.machines.contains(name) || name.hasPrefix("get /assets/")
        #expect(isKnown, "\(name) is no door")
      }
      #expect(world.routes.count > doors.count)
    }
  }

  @Test func everyRouteWithEveryRole() async throws {
    try await Engine.sqlite.withSample { test in
      let world = try await RightsWorld(test)
      var allowed = 0
      for door in world.doors {
        let path = door.path { name in ["action": "judge", "step": "close"][name] ?? "0" }
        // Signing out leads there by itself.
        if door.name == "post /sign-out" { continue }
        for role in [nil] + Role.allCases.filter({ world.accounts[$0] != nil }) {
          let page = try await world.ask(door.method, path, as: role)
          let case_ = "\(door.name) as \(role.map(\.rawValue) ?? "nobody")"
          if door.demand.isMet(by: role) {
            allowed += 1
            #expect(page.status != 403 && page.status < 500, "\(case_): \(page.status)")
            if role != nil { #expect(!page.leadsToSignIn, "\(case_)") }
          } else if role == nil {
            #expect(page.leadsToSignIn, "\(case_): \(page.status)")
          } else {
            #expect(page.status == 403, "\(case_): \(page.status)")
          }
        }
      }
      #expect(allowed > world.doors.count)
    }
  }
}

extension Doors.Door {
  /// `get /problems/:id`
  var name: String { "\(method.rawValue.lowercased()) \(pattern)" }

  /// An address of this pattern.
  func path(_ value: (String) -> String) -> String {
    pattern.split(separator: "/", omittingEmptySubsequences: false).map { part in
      part.hasPrefix(":") ? value(String(part.dropFirst())) : String(part)
    }.joined(separator: "/")
  }

  var hasParameter: Bool { pattern.contains("/:") }
}
