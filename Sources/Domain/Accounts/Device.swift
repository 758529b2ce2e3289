/// With what somebody signs in, as far as they need it to know their own sessions apart. The browser's own
/// words are not kept.
package struct Device: Hashable, Sendable {
  package enum Browser: String, Sendable, CaseIterable {
    case wechat, dingtalk, edge, firefox, chrome, safari, other
  }

  package enum System: String, Sendable, CaseIterable {
    case harmony, android, ios, windows, mac, linux, other
  }

  package let browser: Browser
  package let system: System

  package static let unknown = Device(browser: .other, system: .other)

  package init(browser: Browser, system: System) {
    self.browser = browser
    self.system = system
  }

  // The first word that is found decides: Edge calls itself Chrome too, and Chrome Safari.
  private static let browsers: [(String, Browser)] = [
    ("micromessenger", .wechat), ("dingtalk", .dingtalk), ("edg", .edge), ("firefox", .firefox),
    ("fxios", .firefox), ("chrome", .chrome), ("crios", .chrome), ("chromium", .chrome),
    ("safari", .safari),
  ]
  private static let systems: [(String, System)] = [
    ("harmony", .harmony), ("android", .android), ("iphone", .ios), ("ipad", .ios),
    ("windows", .windows), ("mac os", .mac), ("linux", .linux),
  ]

  /// - Parameter userAgent: the header of that name.
  package init(userAgent: String) {
    let text = userAgent.prefix(512).lowercased()
    browser = Self.browsers.first { text.contains($0.0) }?.1 ?? .other
    system = Self.systems.first { text.contains($0.0) }?.1 ?? .other
  }

  /// `chrome windows`
  package init?(stored text: String) {
    let parts = text.split(separator: " ")
    guard parts.count == 2, let browser = Browser(rawValue: String(parts[0])),
      let system = System(rawValue: String(parts[1]))
    else { return nil }
    (self.browser, self.system) = (browser, system)
  }

  package var text: String { "\(browser.rawValue) \(system.rawValue)" }
}
