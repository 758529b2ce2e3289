import Domain
import Storage

/// The reports that are open to an account: of one unit or official, and what officials handed in.
package struct ListReports: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// Periods of each length that are offered, the running one first.
  private static let shown = 6
  /// Of what officials handed in, so many of the latest.
  package static let handedIn = 30

  package struct Overview: Sendable {
    package let subject: ReportSubject
    package let name: String
    package let kinds: [Kind]
    /// Whether the account may look at other units as well.
    package let seesOthers: Bool
    package let handedIn: [HandedIn]
  }

  package struct Kind: Sendable {
    package let kind: ReportLayout.Kind
    package let lines: [Line]
  }

  package struct Line: Sendable {
    package let address: ReportAddress
    package let isRunning: Bool
    package let issued: ReportRows.Head?
  }

  package struct HandedIn: Sendable {
    package let head: ReportRows.Head
    /// Nil for an official whose data were erased.
    package let name: String?
    package let unit: String?
  }

  /// - Parameter subject: nil for the account's own.
  /// - Throws: `UseCaseError.notFound`, `.forbidden`
  package func callAsFunction(
    of subject: ReportSubject? = nil, for account: Account
  ) async throws -> Overview {
    let (platform, today) = (platform, platform.now().day)
    return try await platform.database.read { connection in
      let subject = try subject ?? ReportScope.home(of: account, in: connection)
      let scope = try ReportScope.find(subject, for: account, platform, in: connection)
      let issued = try ReportRows.list(of: subject, in: connection)
      let known = Dictionary(uniqueKeysWithValues: issued.map { ($0.address, $0) })
      let kinds = platform.reports.kinds.filter { !$0.sections(for: scope.face).isEmpty }
      return Overview(
        subject: subject, name: scope.name,
        kinds: kinds.map { Kind(kind: $0, lines: lines($0, subject, known, today)) },
        seesOthers: [.all, .subtree].contains(account.reach(of: .seeFigures)),
        handedIn: try handedIn(scope, in: connection))
    }
  }

  private func lines(
    _ kind: ReportLayout.Kind, _ subject: ReportSubject,
    _ issued: [ReportAddress: ReportRows.Head], _ today: Day
  ) -> [Line] {
    kind.periods.flatMap { length in
      var period = ReportPeriod(length, of: today)
      return (0..<Self.shown).map { index in
        let address = ReportAddress(kind.kind, of: subject, in: period)
        period = period.previous
        return Line(address: address, isRunning: index == 0, issued: issued[address])
      }
    }
  }

  private func handedIn(
    _ scope: ReportScope, in connection: any Connection
  ) throws -> [HandedIn] {
    guard let path = scope.path else { return [] }
    let heads = try ReportRows.ofOfficials(
      below: scope.face == .city ? nil : path, limit: Self.handedIn, in: connection)
    let names = try PairingNames.of(
      heads.compactMap(\.address.subject.official), platform.vault, in: connection)
    return heads.map { head in
      let official = head.address.subject.official.flatMap { names[$0] }
      return HandedIn(head: head, name: official?.name, unit: official?.unitPath)
    }
  }
}
