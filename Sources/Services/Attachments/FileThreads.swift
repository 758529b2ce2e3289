import Storage

/// Looking through a file, sealing it and waiting for the disk: on threads of its own, few, so that large
/// files at once stop neither the pages nor the database, nor fill the memory.
package enum FileThreads {
  /// Each that waits may hold a file in memory.
  private static let threads = OwnedThreads(count: 2, longestQueue: 32)

  /// - Throws: `StorageError.contention` where too many wait already; or what the closure throws.
  package static func run<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T
  {
    try await threads.run(body)
  }
}
