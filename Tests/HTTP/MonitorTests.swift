import HTTP
import Logging
import NIOCore
import Synchronization
import Testing

@Suite struct MonitorTests {
  /// The text format of Prometheus: help, type, one sample a line; buckets count upwards.
  @Test func theFormPrometheusReads() {
    let monitor = Monitor()
    for seconds in [0.004, 0.02, 30] {
      monitor.count(method: "GET", route: "/problems/:id", status: 200, seconds: seconds)
    }
    let lines = monitor.text(gauges: [("up", "Whether.", 1), ("share", "Part.", 0.5)])
      .split(separator: "\n").map(String.init)
    let labels = #"method="GET",route="/problems/:id",status="200""#
    let name = "lianbang_http_request_duration_seconds"
    for line in [
      "# HELP up Whether.", "# TYPE up gauge", "up 1", "share 0.5", "# TYPE \(name) histogram",
      "\(name)_bucket{\(labels),le=\"0.005\"} 1", "\(name)_bucket{\(labels),le=\"0.025\"} 2",
      "\(name)_bucket{\(labels),le=\"10\"} 2", "\(name)_bucket{\(labels),le=\"+Inf\"} 3",
      "\(name)_count{\(labels)} 3",
    ] {
      #expect(lines.contains(line), "\(line)")
    }
  }

  /// One JSON object a line, whatever is in it.
  @Test func logLines() {
    let lines = Mutex("")
    var logger = Logger(label: "test") {
      JSONLogHandler(label: $0, level: .info) { line in
        lines.withLock { $0 += String(buffer: line) }
      }
    }
    logger[metadataKey: "request"] = "7"
    logger.info("said \"so\"\nand\tthen", metadata: ["route": "/problems"])
    logger.debug("nothing")
    let text = lines.withLock { $0 }
    #expect(text.hasSuffix("}\n") && text.count { $0 == "\n" } == 1)
    #expect(
      text.contains(
        #""level":"info","logger":"test","message":"said \"so\"\nand\tthen","request":"7","#
          + #""route":"/problems","time":"20"#))
  }
}
