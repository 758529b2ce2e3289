import COutgoing
import Glibc
import Synchronization

/// The thread that carries everything that goes out, over connections that are kept for the next one. A request
/// waits for hundreds of milliseconds for somebody else's machine: on the few threads that serve pages it would
/// keep people waiting.
final class Line: Sendable {
  /// How many go on at once, and how many connections are kept.
  static let most = 64

  private struct State {
    var fresh: [Transfer] = []
    var cancelled: [Transfer] = []
    var isStopped = false
    /// The thread has left: there is nobody to be woken.
    var isGone = false
  }

  private let state = Mutex(State())
  private let caFile: String?
  /// Only the thread uses it, but for waking the thread, which libcurl allows from anywhere and which happens
  /// under the lock, before the thread has left.
  private nonisolated(unsafe) let multi: UnsafeMutableRawPointer

  /// libcurl must be begun once, before the first thread.
  private static let isBegun = outgoing_begin() == CURLE_OK

  init(caFile: String?) {
    precondition(Self.isBegun, "libcurl cannot begin")
    self.caFile = caFile
    multi = curl_multi_init()!
    outgoing_set_connections(multi, Self.most)
    var thread = pthread_t()
    let started = pthread_create(
      &thread, nil,
      { context in
        Unmanaged<Line>.fromOpaque(context!).takeRetainedValue().run()
        return nil
      }, Unmanaged.passRetained(self).toOpaque())
    precondition(started == 0, "no thread")
    pthread_detach(thread)
  }

  /// Carries one transfer; its task's cancellation ends it.
  func carry(_ transfer: Transfer) async -> Result<OutgoingAnswer, OutgoingFault> {
    await withTaskCancellationHandler {
      await withCheckedContinuation { waiting in
        let isTaken = state.withLock { state in
          guard !state.isStopped, !transfer.isCancelled else { return false }
          transfer.waiting = waiting
          state.fresh.append(transfer)
          curl_multi_wakeup(multi)
          return true
        }
        if !isTaken { waiting.resume(returning: .failure(.stopped)) }
      }
    } onCancel: {
      state.withLock { state in
        transfer.isCancelled = true
        state.cancelled.append(transfer)
        if !state.isGone { curl_multi_wakeup(multi) }
      }
    }
  }

  /// Ends what is under way. Can be said again.
  func stop() {
    state.withLock { state in
      state.isStopped = true
      if !state.isGone { curl_multi_wakeup(multi) }
    }
  }

  private func run() {
    // A connection that the other side has closed is an error to be told, not a signal that ends the program.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    var queue: ArraySlice<Transfer> = []
    var running: [UnsafeMutableRawPointer: Transfer] = [:]
    while true {
      let news = state.withLock { state in
        let news = (fresh: state.fresh, cancelled: state.cancelled, isStopped: state.isStopped)
        (state.fresh, state.cancelled) = ([], [])
        return news
      }
      queue += news.fresh
      let ended = news.isStopped ? Array(queue) + running.values : news.cancelled
      for transfer in ended {
        if let easy = running.first(where: { $0.value === transfer })?.key {
          running[easy] = nil
          curl_multi_remove_handle(multi, easy)
        }
        transfer.end(.failure(.stopped))
      }
      if news.isStopped { break }
      let isFreed = advance(&queue, &running)
      if isFreed, !queue.isEmpty { continue }
      // Woken by the lock's other holders and by libcurl's own timers; the minute is only a bound.
      if curl_multi_poll(multi, nil, 0, 60_000, nil) != CURLM_OK { usleep(10_000) }
    }
    state.withLock { state in
      state.isGone = true
      curl_multi_cleanup(multi)
    }
  }

  /// Starts what there is room for, carries on with all, and ends what is finished.
  /// - Returns: whether there is room again.
  private func advance(
    _ queue: inout ArraySlice<Transfer>, _ running: inout [UnsafeMutableRawPointer: Transfer]
  ) -> Bool {
    while running.count < Self.most, let transfer = queue.popFirst() {
      // One that was cancelled while it waited has been told already.
      guard transfer.waiting != nil else { continue }
      guard let easy = transfer.prepare(caFile: caFile),
        curl_multi_add_handle(multi, easy) == CURLM_OK
      else {
        transfer.end(.failure(.broken("no memory")))
        continue
      }
      running[easy] = transfer
    }
    var count: Int32 = 0
    curl_multi_perform(multi, &count)
    var isFreed = false
    while let message = curl_multi_info_read(multi, &count) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else {
        continue
      }
      let result = message.pointee.data.result
      curl_multi_remove_handle(multi, easy)
      running.removeValue(forKey: easy)?.end(result)
      isFreed = true
    }
    return isFreed
  }
}
