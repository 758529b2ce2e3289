import Domain
import HTTP
import HTTPTypes
import TestSupport
import Testing
import Web

/// Whoever asks by its number for what lies in another county, or is another's, gets no answer.
@Suite struct ForeignObjectTests {
  /// Addresses whose objects everybody may see who may see any; lists that are named, not numbered, show
  /// what their reader may see.
  private static let everybodys: Set<String> = [
    "get /units/:id", "get /help/:topic", "get /imports/templates/:kind", "post /exports/:kind",
    "get /figures/:code", "get /figures/:code/problems", "get /invitation/:token",
    "post /invitation/:token", "get /evaluation/:token",
    "post /evaluation/:token",
    // One's own: see ofAnotherPerson.
    "post /account/sessions/:id", "post /account/tokens/:id/revocation",
    "post /account/feeds/:id/removal",
  ]
  /// Those who see the whole city.
  private static func seesAll(_ role: Role) -> Bool {
    role.reach(of: .seeProblems) == .all || role == .leader || role.isAdministrator
  }

  @Test func ofAnotherCounty() async throws {
    try await Engine.sqlite.withSample { test in
      let world = try await RightsWorld(test)
      let foreign = try await world.foreign()
      var tried = 0
      for door in world.doors where door.hasParameter && !Self.everybodys.contains(door.name) {
        let roles = world.accounts.keys.filter { door.demand.isMet(by: $0) && !Self.seesAll($0) }
        if roles.isEmpty { continue }
        let segment = String(door.pattern.split(separator: "/")[0])
        guard let id = foreign[segment] else {
          Issue.record("\(door.name): no object of another county is tried")
          continue
        }
        let path = door.path { name in
          ["id": id, "action": "accept"][name] ?? foreign[name] ?? "0"
        }
        for role in roles {
          var page = try await world.ask(
            door.method, path, as: role, ["version": "1", "reason": "看看"])
          // Led on to the page of what it was about: that is where the answer is.
          if page.status == 303 { page = try await world.ask(.get, page.location, as: role) }
          #expect([403, 404].contains(page.status), "\(door.name) as \(role): \(page.status)")
          #expect(!page.text.contains(RightsWorld.foreignMark), "\(door.name) as \(role)")
          tried += 1
        }
      }
      #expect(tried > 10)
    }
  }

  /// Another's session, token and saved view are nobody's to end, whatever the role.
  @Test func ofAnotherPerson() async throws {
    try await Engine.sqlite.withSample { test in
      let world = try await RightsWorld(test)
      for role in world.accounts.keys {
        let other: Role = role == .office ? .director : .office
        let view = ["name": "别人的", "query": "state=closed"]
        #expect(try await world.ask(.post, "/problem-views", as: other, view).status == 303)
        let session = try #require(try await world.sessions(of: other).first)
        let ended = try await world.ask(.post, "/account/sessions/\(session)", as: role)
        #expect([403, 404].contains(ended.status), "\(role): \(ended.status)")
        #expect(try await world.sessions(of: other).contains(session))
        let token = try await world.token(of: other)
        let revoked = try await world.ask(.post, "/account/tokens/\(token)/revocation", as: role)
        #expect(revoked.status == 404, "\(role): \(revoked.status)")
        #expect(try await world.tokens(of: other).contains(token))
        guard role.may(.seeProblems) else { continue }
        let views = try await world.views(of: other)
        for path in ["/problem-views/drop", "/problem-views/default"] {
          let id = try #require(views.keys.first)
          _ = try await world.ask(.post, path, as: role, ["view": String(id), "query": ""])
        }
        #expect(try await world.views(of: other) == views)
      }
    }
  }

  /// No list shows what lies in another county.
  @Test func inLists() async throws {
    try await Engine.sqlite.withSample { test in
      let world = try await RightsWorld(test)
      _ = try await world.foreign()
      for door in world.doors where door.method == .get && !door.hasParameter {
        // The tree is the whole city's.
        if door.pattern.hasPrefix("/units") { continue }
        for role in world.accounts.keys where door.demand.isMet(by: role) && !Self.seesAll(role) {
          let page = try await world.ask(.get, door.pattern, as: role)
          #expect(!page.text.contains(RightsWorld.foreignMark), "\(door.name) as \(role)")
        }
      }
    }
  }
}
