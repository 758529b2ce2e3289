import Synchronization

/// What the server counts, in the form Prometheus reads
/// (https://prometheus.io/docs/instrumenting/exposition_formats/).
package final class Monitor: Sendable {
  private struct Key: Hashable {
    let method: String
    /// The pattern, never the path: a path may hold a one-time link.
    let route: String
    let status: Int
  }

  private struct Series {
    /// How many took at most as long as each bound; the last counts all.
    var buckets = [Int](repeating: 0, count: Monitor.bounds.count + 1)
    var seconds = 0.0
  }

  /// Upper bounds in seconds.
  private static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

  private let requests = Mutex<[Key: Series]>([:])
  private let sequencer = Mutex((lastSuccess: 0.0, failures: 0))

  package init() {}

  package func count(method: String, route: String, status: Int, seconds: Double) {
    requests.withLock { requests in
      let key = Key(method: method, route: route, status: status)
      var series = requests[key] ?? Series()
      for (index, bound) in Self.bounds.enumerated() where seconds <= bound {
        series.buckets[index] += 1
      }
      series.buckets[Self.bounds.count] += 1
      series.seconds += seconds
      requests[key] = series
    }
  }

  /// - Parameter time: seconds since 1970.
  package func sequencerSucceeded(at time: Double) {
    sequencer.withLock { $0.lastSuccess = time }
  }

  package func sequencerFailed() {
    sequencer.withLock { $0.failures += 1 }
  }

  /// - Parameter gauges: values of this moment, by name.
  package func text(gauges: [(name: String, help: String, value: Double)]) -> String {
    let (lastSuccess, failures) = sequencer.withLock { $0 }
    var text = ""
    let own: [(name: String, help: String, value: Double)] = [
      (
        "lianbang_sequencer_last_success_timestamp_seconds",
        "When this server last found the ledger sequenced.", lastSuccess
      )
    ]
    for gauge in own + gauges {
      text += "# HELP \(gauge.name) \(gauge.help)\n# TYPE \(gauge.name) gauge\n"
      text += "\(gauge.name) \(Self.number(gauge.value))\n"
    }
    text += "# HELP lianbang_sequencer_failures_total Passes of the sequencer that failed.\n"
    text += "# TYPE lianbang_sequencer_failures_total counter\n"
    text += "lianbang_sequencer_failures_total \(failures)\n"
    return text + requestsText()
  }

  private func requestsText() -> String {
    let name = "lianbang_http_request_duration_seconds"
    var text = "# HELP \(name) Time to answer, by route.\n# TYPE \(name) histogram\n"
    let all = requests.withLock { $0 }.sorted {
      ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status)
    }
    for (key, series) in all {
      let labels =
        "method=\"\(key.method)\",route=\"\(key.route)\",status=\"\(key.status)\""
      for (bound, count) in zip(Self.bounds.map(Self.number) + ["+Inf"], series.buckets) {
        text += "\(name)_bucket{\(labels),le=\"\(bound)\"} \(count)\n"
      }
      text += "\(name)_sum{\(labels)} \(series.seconds)\n"
      text += "\(name)_count{\(labels)} \(series.buckets.last ?? 0)\n"
    }
    return text
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  }
}
