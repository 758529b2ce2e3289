import Foundation

/// Runs what takes long on a thread of its own: the few threads that serve pages must not wait for it.
func computing<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
  try await withCheckedThrowingContinuation { continuation in
    let thread = Thread { continuation.resume(with: Result { try body() }) }
    thread.name = "computing"
    thread.start()
  }
}
