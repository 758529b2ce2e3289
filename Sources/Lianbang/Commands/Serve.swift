import ArgumentParser
import Cryptography
import Domain
import Foundation
import HTTP
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Services
import Storage
import UnixSignals
import Web

/// Something else listens on the port already.
struct PortTaken: Error {
  let port: Int
}

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Serve the pages.")

  @Option(help: "The address to listen on.")
  var host = "127.0.0.1"

  @Option(help: "The port to listen on; 0 takes a free one.")
  var port = 8080

  @Option(help: "Where browsers reach the server, for links (default: http://HOST:PORT).")
  var url: String?

  @Flag(help: "Load the sample county into an empty database.")
  var sample = false

  @OptionGroup var options: PlatformOptions

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port \(port): 0 to 65535") }
  }

  func run() async throws {
    let console = try Console(options)
    try await console.run {
      let root = try options.root()
      let platform = try await options.makePlatform()
      if sample { _ = try await LoadSample(platform)(resources: root + "/Resources") }
      let links = try await firstLinks(platform)
      let site = try Site(
        platform: platform, views: Views(resources: root + "/Resources"),
        assets: Assets(root: root + "/Public", names: Site.assetNames),
        secureCookies: url?.hasPrefix("https:") ?? false)
      let application = Application(
        router: site.makeRouter(),
        // A connection that says nothing for a minute, or one too many, is not kept.
        server: .http1(configuration: .init(idleTimeout: .seconds(60))),
        configuration: .init(
          address: .hostname(host, port: port), serverName: "lianbang",
          availableConnectionsDelegate: MaximumAvailableConnections(2000, logger: logger())),
        onServerRunning: { channel in
          let port = channel.localAddress?.port ?? port
          announce(url ?? "http://\(host):\(port)", links, console)
        }, logger: logger())
      let sequencing = Task { await sequence(platform) }
      defer { sequencing.cancel() }
      do {
        try await run(application)
      } catch let error as IOError where error.errnoCode == EADDRINUSE {
        throw PortTaken(port: port)
      }
      sequencing.cancel()
      await sequencing.value
      await platform.database.close()
    }
  }

  /// Runs until a signal; answers under way have ten seconds then, and a client that never ends its
  /// request does not keep the server from ending.
  private func run(_ application: some Service) async throws {
    var configuration = ServiceGroupConfiguration(
      services: [application], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger())
    configuration.maximumGracefulShutdownDuration = .seconds(10)
    try await ServiceGroup(configuration: configuration).run()
  }

  private func firstLinks(_ platform: Platform) async throws -> [FirstStart.Link] {
    let unit = sample ? try await LoadSample(platform).handler() : nil
    // Names are data and stay: Chinese, whatever the language of this terminal.
    let chinese = try Catalogue(.zh, resources: options.root() + "/Resources")
    return try await FirstStart(platform)(
      name: chinese.text("first_start.office"),
      handler: unit.map { (chinese.text("first_start.handler"), $0) })
  }

  private func announce(_ address: String, _ links: [FirstStart.Link], _ console: Console) {
    var lines = [console.catalogue.text("first_start.serving", ["address": address])]
    if !links.isEmpty { lines.append(console.catalogue.text("first_start.links")) }
    lines += links.map { "  \($0.name): \(address)\(Route.invitation($0.token.text).path)" }
    // Not print: its buffer would keep the links back when the output is no terminal.
    FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
  }

  private func logger() -> Logger {
    var logger = Logger(label: "lianbang")
    logger.logLevel = .warning
    return logger
  }

  /// Gives new ledger entries their place, about once a second.
  private func sequence(_ platform: Platform) async {
    while !Task.isCancelled {
      do {
        try await Sequencer.run(on: platform.database, now: platform.now())
      } catch is CancellationError {
        return
      } catch {
        logger().error("sequencer", metadata: ["error": "\(error)"])
      }
      try? await Task.sleep(for: .seconds(1))
    }
  }
}
