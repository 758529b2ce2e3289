import Domain
import HTTP
import Synchronization

/// The frame's links as HTML.
struct NavigationBar: Sendable {
  let first: String
  let groups: String
  /// Few links need no menu: administrators, enterprises and villages see all of theirs at once.
  let hasMore: Bool
}

/// The bars that were made. There is one for each role, language and place of the reader, and every page
/// has one: put together anew it would be a tenth of a plain page.
final class NavigationBars: Sendable {
  struct Key: Hashable {
    let role: Role
    let language: Language
    /// The address of the link that leads to the page, or above it.
    let current: String?
  }

  private let known = Mutex<[Key: NavigationBar]>([:])

  func bar(_ key: Key, make: () -> NavigationBar) -> NavigationBar {
    if let bar = known.withLock({ $0[key] }) { return bar }
    let bar = make()
    known.withLock { $0[key] = bar }
    return bar
  }
}

extension Site {
  func navigation(_ role: Role, _ path: String, _ language: Language) -> NavigationBar {
    let current = Navigation.current(path)
    return bars.bar(.init(role: role, language: language, current: current)) {
      makeNavigation(role, current, language)
    }
  }

  private func makeNavigation(
    _ role: Role, _ current: String?, _ language: Language
  ) -> NavigationBar {
    let words = Wording(views.catalogue(language))
    let open = Navigation.links(for: role)
    let isShort = open.count <= 5
    // An administrator's work is administration.
    let first: Navigation.Group = role.isAdministrator ? .administration : .work
    func view(_ link: Navigation.Link) -> View {
      [
        "name": words(link.key), "address": link.path, "current": link.path == current,
        "for_desktop": Navigation.isForDesktop(link),
      ]
    }
    let groups: [View] = Navigation.Group.allCases.compactMap { group in
      let links = open.filter { $0.group == group }
      return links.isEmpty
        ? nil
        : [
          "group": words("navigation.\(group.rawValue)"), "is_first": isShort || group == first,
          "links": links.map(view),
        ]
    }
    let firstLinks = open.filter { isShort || $0.group == first }.map(view)
    return NavigationBar(
      first: views.render("nav-first", ["links": firstLinks], language),
      groups: views.render("nav-groups", ["groups": groups], language), hasMore: !isShort)
  }
}
