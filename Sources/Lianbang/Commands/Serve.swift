import API
import ArgumentParser
import Cryptography
import Domain
import Foundation
import HTTP
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Outgoing
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

  @Option(help: "The address to listen on (default: 127.0.0.1).")
  var host: String?

  @Option(help: "The port to listen on; 0 takes a free one (default: 8080).")
  var port: String?

  @Option(help: "Where browsers reach the server, for links (default: http://HOST:PORT).")
  var url: String?

  @Option(help: "Connections to PostgreSQL (default: 8).")
  var connections: String?

  @Option(help: "Seconds a statement may run (default: 15).")
  var statementTimeout: String?

  @Option(help: "trace, debug, info, notice, warning, error or critical (default: info).")
  var logLevel: String?

  @Flag(help: "Load the sample county into an empty database.")
  var sample = false

  @Option(help: "Fill an empty database with a made-up city: small or full (docs/demo.md).")
  var demo: DemoPlan.Size?

  @OptionGroup var options: PlatformOptions

  func validate() throws {
    if sample, demo != nil { throw ValidationError("either --sample or --demo") }
  }

  func run() async throws {
    let console = try Console(options)
    try await console.run {
      let config = try options.resolved([
        .host: host, .port: port, .url: url, .connections: connections,
        .statementTimeout: statementTimeout, .logLevel: logLevel,
      ])
      let logger = Self.logger(config.logLevel)
      let opening = Opening(config)
      let root = try opening.root()
      let platform = try await opening.makePlatform()
      if sample { _ = try await LoadSample(platform)(resources: root + "/Resources") }
      if let demo { try await fill(platform, demo, root, console) }
      let links = try await firstLinks(platform, root)
      let monitor = Monitor()
      let store = opening.attachments(of: platform)
      let line = Outgoing(rules: config.addressRules)
      let views = try Views(resources: root + "/Resources")
      let limits = RateLimits(perMinute: config.requestsPerMinute)
      let programs = APIRoutes(
        platform: platform, store: store, exchange: SendExchange.line(through: line),
        texts: [.zh: views.catalogue(.zh), .en: views.catalogue(.en)],
        limits: limits)
      let words = Opening.messageWords(views.catalogue(.zh), views.catalogue(.en))
      let site = try Site(
        platform: platform, views: views,
        assets: Assets(root: root + "/Public", names: Site.assetNames), store: store,
        secureCookies: config.url?.hasPrefix("https:") ?? false, monitor: monitor,
        url: config.url,
        programs: [
          programs, ExchangeRoutes(platform),
          Open311Routes(
            platform, words, limits, isPublic: config.open311Public, url: config.url),
          CalendarFeed(platform, words, url: config.url),
          PublicFeeds(platform, words, isOpen: config.publicFeeds, url: config.url),
        ], exchange: SendExchange.line(through: line))
      // Requests run on `RequestThreads`: with as many event loops as cores, the two would stand in each other's
      // way, and a loop that wakes for every single answer costs more than the answer.
      NIOSingletons.groupLoopCountSuggestion = max(1, System.coreCount / 2)
      let application = Application(
        router: site.makeRouter(),
        // A connection that says nothing for a minute, or one too many, is not kept.
        server: .http1(configuration: .init(idleTimeout: .seconds(60))),
        configuration: .init(
          address: .hostname(config.host, port: config.port), serverName: "lianbang",
          availableConnectionsDelegate: MaximumAvailableConnections(2000, logger: logger)),
        onServerRunning: { channel in
          let port = channel.localAddress?.port ?? config.port
          announce(config.url ?? "http://\(config.host):\(port)", links, console)
        }, logger: logger)
      let sequencing = Task { await sequence(platform, monitor, logger) }
      // Whoever looks at figures first should not wait for them to be read.
      let reading = Task {
        _ = try? await AskFigure(platform)(FigureRequest("found_count"), for: nil)
      }
      let climbing = Task { await fireTimers(platform, logger) }
      // Of another priority than pages, so that neither stands in the other's queue.
      let delivering = Task(priority: .utility) { await deliver(platform, through: line, logger) }
      let exchanging = Task { await exchange(platform, through: line, logger) }
      let send = SendMessages(platform, MessageCarrier(line), words)
      let telling = Task { await sendMessages(send, platform, logger) }
      defer {
        telling.cancel()
        exchanging.cancel()
        line.stop()
        sequencing.cancel()
        climbing.cancel()
        delivering.cancel()
        reading.cancel()
      }
      do {
        try await withTaskExecutorPreference(RequestThreads.shared) {
          try await run(application, logger)
        }
      } catch let error as IOError where error.errnoCode == EADDRINUSE {
        throw PortTaken(port: config.port)
      }
      sequencing.cancel()
      climbing.cancel()
      delivering.cancel()
      telling.cancel()
      exchanging.cancel()
      // Messages under way have some seconds to arrive: what is broken off may have been taken all the same.
      let breaking = Task {
        try await Task.sleep(for: .seconds(5))
        line.stop()
      }
      defer { breaking.cancel() }
      await sequencing.value
      await climbing.value
      await delivering.value
      await telling.value
      await exchanging.value
      await reading.value
    }
  }

  /// Runs until a signal; answers under way have ten seconds then, and a client that never ends its
  /// request does not keep the server from ending.
  private func run(_ application: some Service, _ logger: Logger) async throws {
    var configuration = ServiceGroupConfiguration(
      services: [application], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(10)
    try await ServiceGroup(configuration: configuration).run()
  }

  /// What is there already stays as it is.
  private func fill(
    _ platform: Platform, _ size: DemoPlan.Size, _ root: String, _ console: Console
  ) async throws {
    let wish = FillDemo.Wish(size: size, until: platform.now().day)
    do {
      try await FillDemo(platform)(
        wish, resources: root + "/Resources", progress: console.progress())
    } catch FillDemo.Refusal.notEmpty {
      return
    }
  }

  private func firstLinks(
    _ platform: Platform, _ root: String
  ) async throws -> [FirstStart.Link] {
    let demo = try await DemoSeats(platform)()
    if !demo.isEmpty { return try await FirstStart(platform)(demo) }
    let seats =
      sample ? try await LoadSample(platform).seats() : [AccountSeat(.systemAdministrator)]
    // Names are data and stay: Chinese, whatever the language of this terminal.
    let chinese = try Catalogue(.zh, resources: root + "/Resources")
    return try await FirstStart(platform)(
      seats.map { .init(name: chinese.text("first_start.\($0.role.rawValue)"), $0) })
  }

  private func announce(_ address: String, _ links: [FirstStart.Link], _ console: Console) {
    var lines = [console.catalogue.text("first_start.serving", ["address": address])]
    if !links.isEmpty { lines.append(console.catalogue.text("first_start.links")) }
    lines += links.map { "  \($0.name): \(address)\(Route.invitation($0.token.text).path)" }
    // Not print: its buffer would keep the links back when the output is no terminal.
    FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
  }

  private static func logger(_ level: Logger.Level) -> Logger {
    Logger(label: "lianbang") { JSONLogHandler(label: $0, level: level) }
  }

  /// Works off timers that are due, at once while there are many, else every few seconds. Every server
  /// does: what one has leased another leaves.
  private func fireTimers(_ platform: Platform, _ logger: Logger) async {
    let fire = FireTimers(platform)
    let remove = RemoveOld(platform)
    while !Task.isCancelled {
      do {
        let done = try await fire()
        for fault in done.faults { logger.error("timer", metadata: ["error": "\(fault)"]) }
        if done.fired + done.dropped > 0 { continue }
        for kind in RemoveOld.Kind.allCases { try await remove(kind) }
      } catch is CancellationError {
        return
      } catch {
        logger.error("timers", metadata: ["error": "\(error)"])
      }
      try? await Task.sleep(for: .seconds(5))
    }
  }

  /// Tells webhooks what happens. Every server does: what one has leased another leaves.
  private func deliver(
    _ platform: Platform, through line: Outgoing, _ logger: Logger
  ) async {
    await DeliverWebhooks(platform, send: DeliverWebhooks.sending(through: line)).run { fault in
      logger.error("webhooks", metadata: ["error": "\(fault)"])
    }
  }

  /// Sends other instances what they have not confirmed.
  private func exchange(
    _ platform: Platform, through line: Outgoing, _ logger: Logger
  ) async {
    await SendExchange(platform, line: SendExchange.line(through: line)).run { fault in
      logger.error("exchange", metadata: ["error": "\(fault)"])
    }
  }

  /// Tells what is due outside of the application, and removes what was told long ago. Every server does: what
  /// one has leased another leaves.
  private func sendMessages(
    _ send: SendMessages, _ platform: Platform, _ logger: Logger
  ) async {
    while !Task.isCancelled {
      do {
        if try await !send().isIdle { continue }
      } catch is CancellationError {
        return
      } catch {
        logger.error("messages", metadata: ["error": "\(error)"])
      }
      try? await Task.sleep(for: .seconds(2))
    }
  }

  /// Gives new ledger entries their place, about once a second. Every server tries; one at a time
  /// does it.
  private func sequence(_ platform: Platform, _ monitor: Monitor, _ logger: Logger) async {
    while !Task.isCancelled {
      do {
        try await Sequencer.run(on: platform.database, platform.vault, now: platform.now())
        monitor.sequencerSucceeded(at: Date().timeIntervalSince1970)
      } catch is CancellationError {
        return
      } catch let error as Sequencer.Tampered {
        monitor.sequencerFailed()
        logger.critical(
          "the ledger is not the one that was signed: run lianbang ledger verify",
          metadata: [
            "size": "\(error.size)", "entry": "\(error.entry.map { String($0) } ?? "–")",
          ])
      } catch {
        monitor.sequencerFailed()
        logger.error("sequencer", metadata: ["error": "\(error)"])
      }
      try? await Task.sleep(for: .seconds(1))
    }
  }
}
