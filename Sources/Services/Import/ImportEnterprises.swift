import Documents
import Domain
import Storage

/// Enterprises of a county's or department's list enter the register, or bring it up to date.
struct ImportEnterprises: RowImport {
  fileprivate struct Draft {
    let row: Sheet.Row
    let county: UnitID
    let enterprise: Enterprise
    let contact: ImportContacts.Draft?
    let listing: (level: WhiteListLevel, issuer: String?, from: Day, to: Day?)?
  }

  private let work: ImportWork
  private let units: UnitDirectory
  private var contacts: ImportContacts
  /// Rows by the id of what they added.
  private var added: [EnterpriseID: Sheet.Row] = [:]

  init(_ work: ImportWork) throws {
    self.work = work
    units = try UnitDirectory(in: work.connection)
    contacts = try ImportContacts(work)
  }

  mutating func take(
    _ rows: [Sheet.Row], of sheet: Sheet, into report: inout ImportReport
  ) throws {
    var drafts: [Draft] = []
    for (index, row) in rows.enumerated() {
      var reader = RowReader(row, of: sheet, work)
      if let draft = try draft(row, &reader) { drafts.append(draft) }
      report.diagnostics += reader.faults + reader.remarks
      if index % 1000 == 0 { work.progress(index, rows.count) }
    }
    // Two rows that claim one code, or one name in one county: nobody can say which is meant.
    for (key, column) in [(\Draft.code, Column.code), (\Draft.place, Column.name)] {
      let claims = Dictionary(grouping: drafts.filter { $0[keyPath: key] != nil }) {
        $0[keyPath: key]!
      }.values.filter { $0.count > 1 }
      let twice = Set(claims.flatMap { $0.map(\.row.number) })
      if twice.isEmpty { continue }
      report.diagnostics += drafts.filter { twice.contains($0.row.number) }
        .map { sheet.fault($0.row, column, .duplicateInFile) }
      drafts.removeAll { twice.contains($0.row.number) }
    }
    try save(drafts, of: sheet, into: &report)
    report.diagnostics += try ImportNearDuplicates.diagnostics(
      for: added, of: sheet, units, work)
    work.progress(rows.count, rows.count)
  }

  private func draft(_ row: Sheet.Row, _ reader: inout RowReader<Column>) throws -> Draft? {
    let county = try reader.unit(.county, among: units) {
      $0.kind == .region && $0.level == .county
    }
    let township = try reader.unit(.township, among: units) { unit in
      unit.kind == .region && unit.level == .township
        && (county == nil || units.unit(unit.id)!.path.hasPrefix(county!.path))
    }
    var enterprise = Enterprise(
      name: reader.text(.name) ?? "", unit: (township ?? county)?.unit.id ?? UnitID(0))
    readCode(row, &reader, into: &enterprise)
    enterprise.formerNames = reader.texts(.formerNames)
    if !row[.industry].isEmpty {
      enterprise.industry = work.industries.industry(row[.industry])?.code
      if enterprise.industry == nil { reader.refuse(.industry, .unknownIndustry) }
    }
    enterprise.statisticalKind = reader.word(.statisticalKind, .statisticalKind)
    enterprise.isKey = reader.yesNo(.isKey)
    enterprise.scale = reader.word(.scale, .scale)
    enterprise.status = reader.word(.status, .enterpriseStatus) ?? .normal
    let contact = contacts.read(
      name: reader.text(.contact), post: reader.text(.contactPost),
      phone: reader.phone(.contactPhone))
    let level: WhiteListLevel? = reader.word(.whiteList, .whiteListLevel)
    let (from, to) = (reader.day(.whiteListFrom), reader.day(.whiteListTo))
    if let from, let to, to <= from { reader.refuse(.whiteListTo, .endsBeforeBeginning) }
    let issuer = reader.text(.whiteListIssuer)
    guard reader.faults.isEmpty, let county else { return nil }
    return Draft(
      row: row, county: county.unit.id, enterprise: enterprise, contact: contact,
      listing: level.map { ($0, issuer, from ?? work.on, to) })
  }

  /// A wrong check character warns and never blocks (DOMAIN.md 8): real firms have one.
  private func readCode(
    _ row: Sheet.Row, _ reader: inout RowReader<Column>, into enterprise: inout Enterprise
  ) {
    guard !row[.code].isEmpty else { return }
    do {
      let code = try CreditCode(row[.code])
      enterprise.code = code.text
      if code.hasRightCheck { return }
      enterprise.codeOverride = reader.text(.codeOverride)
      if enterprise.codeOverride == nil {
        reader.remark(.code, .creditCodeCheck, .warning)
      } else {
        reader.remark(.code, .creditCodeOverridden, .note)
      }
    } catch {
      reader.refuse(.code, error == .digitsLost ? .digitsLost : .creditCodeForm)
    }
  }

  private mutating func save(
    _ drafts: [Draft], of sheet: Sheet, into report: inout ImportReport
  ) throws {
    let byCode = Dictionary(
      try EnterpriseRows.find(codes: drafts.compactMap(\.code), in: work.connection)
        .map { ($0.enterprise.code!, $0) }, uniquingKeysWith: { first, _ in first })
    let byName = Dictionary(
      grouping: try EnterpriseRows.find(
        names: drafts.map(\.enterprise.name), in: work.connection), by: \.enterprise.name)
    var new: [Draft] = []
    for draft in drafts {
      guard let stored = known(draft, byCode, byName) else {
        new.append(draft)
        continue
      }
      guard let place = units.unit(stored.enterprise.unit), place.path.hasPrefix(work.scope) else {
        report.diagnostics.append(sheet.fault(draft.row, .code, .outsideScope))
        continue
      }
      let updated = stored.enterprise.updated(by: draft.enterprise, having: sheet.has)
      if updated.name != stored.enterprise.name {
        report.diagnostics.append(
          sheet.fault(
            draft.row, .name, .renamed, .note,
            value: "\(stored.enterprise.name) → \(updated.name)"))
      }
      var hasChanged = try EnterpriseRows.change(
        stored, to: updated, at: work.now, by: work.actor, in: work.connection)
      hasChanged = try finish(draft, stored.id) || hasChanged
      if hasChanged { report.changed += 1 } else { report.unchanged += 1 }
    }
    let ids = try EnterpriseRows.add(
      new.map(\.enterprise), at: work.now, by: work.actor, in: work.connection)
    for (draft, id) in zip(new, ids) {
      added[id] = draft.row
      _ = try finish(draft, id)
    }
    report.added += new.count
    try contacts.finish()
  }

  /// By its code; else the one of this name in the county that has no other code.
  private func known(
    _ draft: Draft, _ byCode: [String: EnterpriseRows.Stored],
    _ byName: [String: [EnterpriseRows.Stored]]
  ) -> EnterpriseRows.Stored? {
    if let code = draft.code, let stored = byCode[code] { return stored }
    return byName[draft.enterprise.name]?.first { stored in
      (draft.code == nil || stored.enterprise.code == nil)
        && units.ancestor(of: stored.enterprise.unit, at: .county)?.unit.id == draft.county
    }
  }

  /// Contact and white list of a row.
  private mutating func finish(_ draft: Draft, _ id: EnterpriseID) throws -> Bool {
    var hasChanged = false
    if let contact = draft.contact {
      hasChanged = try contacts.put(contact, for: .enterprise(id))
    }
    if let listing = draft.listing {
      hasChanged =
        try WhiteListRows.put(
          WhiteListing(
            enterprise: id, level: listing.level, issuer: listing.issuer, validFrom: listing.from,
            validTo: listing.to), at: work.now, by: work.actor, in: work.connection) || hasChanged
    }
    return hasChanged
  }
}

extension ImportEnterprises.Draft {
  fileprivate var code: String? { enterprise.code }
  /// Where there is no code, the name within the county stands for the enterprise.
  fileprivate var place: String? { code == nil ? "\(county.value)/\(enterprise.name)" : nil }
}

extension Enterprise {
  /// What a file leaves empty, or has no column for, stays as it was.
  fileprivate func updated(
    by other: Enterprise, having column: (ImportEnterprises.Column) -> Bool
  ) -> Enterprise {
    var new = self
    new.code = other.code ?? code
    new.codeOverride = other.codeOverride ?? codeOverride
    new.rename(to: other.name)
    for name in other.formerNames where name != new.name && !new.formerNames.contains(name) {
      new.formerNames.append(name)
    }
    new.unit = other.unit
    new.industry = other.industry ?? industry
    new.statisticalKind = other.statisticalKind ?? statisticalKind
    if column(.isKey) { new.isKey = other.isKey }
    new.scale = other.scale ?? scale
    if column(.status) { new.status = other.status }
    return new
  }
}
