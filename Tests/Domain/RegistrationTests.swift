import Domain
import Testing

@Suite struct RegistrationTests {
  private let now = Instant(startOf: Day("2026-11-21")!) + 3600

  private func faults(_ change: (inout Registration) -> Void) -> [Registration.Fault] {
    var registration = Registration(
      track: "village", title: "机井损坏", detail: "", concerns: "河湾村", foundOn: "2026-11-20")
    change(&registration)
    guard case .failure(let faults) = registration.check(now: now, tracks: [.enterprise, .village])
    else { return [] }
    return faults.faults
  }

  @Test func whatIsInOrderPasses() {
    #expect(faults { _ in } == [])
    #expect(faults { $0.foundOn = "" } == [])
    #expect(faults { $0.foundOn = "2026-11-21" } == [])
  }

  @Test func everyFaultIsToldAtOnce() {
    let found = faults {
      $0 = Registration(track: "x", title: "　", detail: "", concerns: "", foundOn: "2026-11-22")
    }
    #expect(
      found == [
        .init(.track, .notAChoice), .init(.title, .missing), .init(.concerns, .missing),
        .init(.foundOn, .inFuture),
      ])
  }

  @Test func limits() {
    #expect(faults { $0.title = String(repeating: "字", count: 120) } == [])
    #expect(faults { $0.title = String(repeating: "字", count: 121) } == [.init(.title, .tooLong)])
    #expect(
      faults { $0.title = "z" + String(repeating: "\u{301}", count: 120) } == [
        .init(.title, .tooLong)
      ])
    #expect(faults { $0.title = "\u{200B}\u{202E}" } == [.init(.title, .missing)])
    #expect(faults { $0.foundOn = "0001-01-01" } == [.init(.foundOn, .notADay)])
    #expect(faults { $0.foundOn = "7月6日" } == [.init(.foundOn, .notADay)])
  }
}
