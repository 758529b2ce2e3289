import Domain
import Foundation
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Services
import Storage

/// What machines ask: whether the server lives, is ready, what it counts; and the ledger's public
/// side, which everybody may have.
struct OperationRoutes {
  let site: Site

  func addRoutes(to router: Router<AppContext>) {
    router.get(Route.health.pattern) { _, _ in Self.text("ok\n") }
    router.get(Route.version.pattern) { _, _ in Self.text(Version.text + "\n") }
    router.get(Route.ready.pattern) { _, _ in await ready() }
    router.get(Route.metrics.pattern) { _, _ in try await metrics() }
    router.get(Route.ledgerKey.pattern) { _, _ in
      Self.text(site.platform.vault.verifierKeys.map { "\($0)\n" }.joined())
    }
    router.get(Route.ledgerCheckpoint.pattern) { _, _ in await checkpoint() }
  }

  /// Whether requests can be answered: the database does.
  private func ready() async -> Response {
    do {
      try await site.platform.database.read { try $0.forEach("select 1", []) { _ in } }
      return Self.text("ready\n")
    } catch {
      return Self.unavailable("not ready\n")
    }
  }

  /// The last signed checkpoint: one row.
  private func checkpoint() async -> Response {
    do {
      guard let note = try await SignCheckpoint(site.platform).last() else {
        return Self.text("no checkpoint yet\n", status: .notFound)
      }
      return Self.text(note)
    } catch {
      return Self.unavailable("try again\n")
    }
  }

  private func metrics() async throws -> Response {
    let load = site.platform.database.load
    var gauges: [(name: String, help: String, value: Double)] = [
      ("lianbang_database_threads", "Threads for the database.", Double(load.threads)),
      ("lianbang_database_threads_running", "Of these, at work.", Double(load.running)),
      ("lianbang_database_waiting", "Transactions that wait for a thread.", Double(load.waiting)),
      ("process_resident_memory_bytes", "Resident memory.", Self.residentMemory()),
    ]
    // Without the database the other figures are wanted all the more.
    let ledger = try? await site.platform.database.read { try LedgerHeads.progress(in: $0) }
    gauges.append(
      ("lianbang_database_up", "Whether the database answers.", ledger == nil ? 0 : 1))
    if let ledger {
      gauges += [
        ("lianbang_ledger_size", "Sequenced entries.", Double(ledger.size)),
        ("lianbang_ledger_pending", "Entries that wait for their place.", Double(ledger.pending)),
      ]
    }
    return Self.text(
      site.monitor.text(gauges: gauges), type: "text/plain; version=0.0.4; charset=utf-8")
  }

  private static func residentMemory() -> Double {
    let statm = (try? String(contentsOfFile: "/proc/self/statm", encoding: .ascii)) ?? ""
    let pages = statm.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
    return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
  }

  private static func unavailable(_ text: String) -> Response {
    var response = Self.text(text, status: .serviceUnavailable)
    response.headers[.retryAfter] = "2"
    return response
  }

  private static func text(
    _ text: String, status: HTTPResponse.Status = .ok, type: String = "text/plain; charset=utf-8"
  ) -> Response {
    var headers = SecurityHeaders.fields
    headers[.contentType] = type
    headers[.cacheControl] = "no-store"
    return Response(
      status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: text)))
  }
}
