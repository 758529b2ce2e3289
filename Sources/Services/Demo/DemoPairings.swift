import Domain
import Storage

/// Pairs a demo city's officials as an office does: planned, looked at, adopted.
struct DemoPairings {
  let city: DemoCity
  let cast: DemoCast

  /// - Parameter kind: all anew, or the smallest change that gives everybody somebody.
  func adopt(
    _ track: Track, _ kind: PairingPlanRows.Kind, _ platform: Platform
  ) async throws {
    let office = try await cast.office(0, platform)
    let plan = try await PlanPairing(platform)(track, kind, by: office)
    _ = try await AdoptPairing(platform)(plan, on: platform.now().day, by: office)
  }
}
