import Hummingbird

extension Site {
  /// A link that leaves the site: where it was said to be, never where the request says; whoever sends a
  /// request with another name in it could have one-time links sent to themselves. Only a server that was
  /// told nothing, on somebody's own machine, takes the browser's word; any other gives the path alone.
  func link(to route: Route, _ request: Request) -> String { link(to: route.path, request) }

  /// The same for an address that is no page.
  func link(to path: String, _ request: Request) -> String {
    if let url { return (url.hasSuffix("/") ? String(url.dropLast()) : url) + path }
    guard let name = request.head.authority, Self.isLoopback(name) else { return path }
    return "http://" + name + path
  }

  /// Whether a host, with or without its port, is this machine and nothing else.
  static func isLoopback(_ authority: String) -> Bool {
    authority.wholeMatch(of: #/(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?/#) != nil
  }
}
