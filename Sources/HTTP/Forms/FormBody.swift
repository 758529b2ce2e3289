import Hummingbird
import NIOCore
import Synchronization

/// Reads a form's body within its limits of size and time.
enum FormBody {
  /// Gives the body piece by piece as it arrives.
  /// - Throws: `RequestError.bodyTooLarge`, `.tooSlow`; `.badForm` where it is broken off; what the
  ///   closure throws
  static func read<Result: Sendable>(
    _ body: RequestBody, _ limits: FormLimits, into result: Result,
    _ take: @escaping @Sendable (inout Result, ByteBuffer) async throws -> Void
  ) async throws -> Result {
    let clock = Progress()
    // Somebody who sends a byte a minute must not keep a connection for ever.
    return try await withThrowingTaskGroup(of: Result.self) { group in
      group.addTask {
        var result = result
        var iterator = body.makeAsyncIterator()
        while let chunk = try await next(&iterator) {
          if clock.add(chunk.readableBytes) > limits.total { throw RequestError.bodyTooLarge }
          try await take(&result, chunk)
        }
        return result
      }
      group.addTask {
        while true {
          let deadline = clock.deadline(limits)
          if ContinuousClock.now >= deadline { throw RequestError.tooSlow }
          try await Task.sleep(until: deadline, clock: .continuous)
        }
      }
      defer { group.cancelAll() }
      return try await group.next()!
    }
  }

  private static func next(_ iterator: inout RequestBody.AsyncIterator) async throws -> ByteBuffer?
  {
    do {
      return try await iterator.next()
    } catch let error as CancellationError {
      throw error
    } catch {
      // Broken off, or not the HTTP it says it is.
      throw RequestError.badForm
    }
  }

  /// How much has come, and until when there is time for more.
  private final class Progress: Sendable {
    private let start = ContinuousClock.now
    private let bytes = Mutex(0)

    func add(_ count: Int) -> Int {
      bytes.withLock {
        $0 += count
        return $0
      }
    }

    func deadline(_ limits: FormLimits) -> ContinuousClock.Instant {
      let count = bytes.withLock { $0 }
      return start + limits.patience + .milliseconds(count * 1000 / max(1, limits.pace))
    }
  }
}
