import Dispatch
import Synchronization

/// Writes on a thread of its own what another hands over, a batch at a time: reading a database and
/// packing a workbook take about as long, and there are two cores.
package final class WriterBehind: TableWriter {
  private let queue = DispatchQueue(label: "table writer")
  private let free = DispatchSemaphore(value: 4)
  private let work: Work
  private var batch: [[OutputCell]] = []

  private static let size = 256

  package init(_ writer: any TableWriter) { work = Work(writer) }

  package func write(_ row: [OutputCell]) throws(TableWriteFault) {
    batch.append(row)
    if batch.count >= Self.size { try hand() }
  }

  package func finish() throws(TableWriteFault) {
    try hand()
    queue.sync { work.finish() }
    if let fault = work.fault { throw fault }
  }

  private func hand() throws(TableWriteFault) {
    if let fault = work.fault { throw fault }
    let (rows, work, free) = (batch, work, free)
    batch = []
    // So that a slow disk holds up the reading, and memory stays what it is.
    free.wait()
    queue.async {
      work.write(rows)
      free.signal()
    }
  }

  /// Unchecked: the writer is touched by the queue alone.
  private final class Work: @unchecked Sendable {
    private let writer: any TableWriter
    private let first = Mutex<TableWriteFault?>(nil)

    init(_ writer: any TableWriter) { self.writer = writer }

    /// The first thing that went wrong; nothing is written after it.
    var fault: TableWriteFault? { first.withLock { $0 } }

    func write(_ rows: [[OutputCell]]) {
      guard fault == nil else { return }
      do {
        for row in rows { try writer.write(row) }
      } catch {
        first.withLock { $0 = error }
      }
    }

    func finish() {
      guard fault == nil else { return }
      do {
        try writer.finish()
      } catch {
        first.withLock { $0 = error }
      }
    }
  }
}
