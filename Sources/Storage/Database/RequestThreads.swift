import Dispatch

/// Where requests run: on dispatch's own threads, as many as there are cores, to which it adds one a second while
/// all of them stand still. The cooperative pool, where tasks run otherwise, never grows (decision 0038).
package final class RequestThreads: TaskExecutor {
  package static let shared = RequestThreads()

  private let queue = DispatchQueue.global()

  private init() {}

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
  }

  /// Whether the caller's task runs on them.
  package static var areHere: Bool {
    withUnsafeCurrentTask { task in
      task?.unownedTaskExecutor.map { $0 == shared.asUnownedTaskExecutor() } ?? false
    }
  }
}
