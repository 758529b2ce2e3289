import Domain
import HTTP
import HTTPTypes
import Hummingbird

/// 角色与权限: the one table of rights, as the program reads it.
struct RolePages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.roles, use: show)
  }

  private func show(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let (edges, others) = (Right.allCases.filter(\.isEdge), Right.allCases.filter { !$0.isEdge })
    let view: View = [
      "roles": Role.allCases.map { role -> View in
        ["name": words("role.\(role.rawValue)"), "own": role == account.role]
      },
      "groups": [
        group("rights.group.general", others, account, words),
        group("rights.group.problems", edges, account, words),
      ],
      "reaches": Reach.allCases.map { reach -> View in
        [
          "name": words("reach.\(reach.rawValue)"), "hint": words("reach.hint.\(reach.rawValue)"),
        ]
      },
    ]
    return site.page(
      "roles", view, title: words("roles.title"), request: request, context: context)
  }

  private func group(
    _ key: String, _ rights: [Right], _ account: Account, _ words: Wording
  ) -> View {
    [
      "name": words(key), "width": String(Role.allCases.count + 1),
      "rights": rights.map { right -> View in
        [
          "name": right.isEdge ? words("action.\(right.name)") : words("right.\(right.name)"),
          "cells": Role.allCases.map { role -> View in
            [
              "reach": role.reach(of: right).map { words("reach.\($0.rawValue)") } ?? false,
              "own": role == account.role,
            ]
          },
        ]
      },
    ]
  }
}

extension Right {
  /// Whether it is an edge of the transition table of problems.
  fileprivate var isEdge: Bool {
    if case .act = self { true } else { false }
  }
}
