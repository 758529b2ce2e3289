import Documents
import Domain
import Storage

/// Enterprises of a county's or department's list enter the register, or bring it up to date.
struct ImportEnterprises: RowImport {
  fileprivate struct Draft {
    let row: Sheet.Row
    let county: UnitID
    let enterprise: Enterprise
    /// Nil where the row does not say it, so that what is known stays.
    let township: UnitID?
    let isKey: Bool?
    let status: EnterpriseStatus?
    let contact: ImportContacts.Draft?
    let listing: (level: WhiteListLevel, issuer: String?, from: Day?, to: Day?)?
  }

  private let work: ImportWork
  private let units: UnitDirectory
  private var contacts: ImportContacts
  /// Rows by the id of what they added.
  private var added: [EnterpriseID: Sheet.Row] = [:]

  init(_ work: ImportWork) throws {
    self.work = work
    units = try UnitDirectory(in: work.connection)
    contacts = ImportContacts(work)
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
    // Two rows that claim one code, or one name in one county where a code does not tell them apart:
    // nobody can say which is meant.
    let byCode = Dictionary(grouping: drafts.filter { $0.code != nil }) { $0.code! }
    let byName = Dictionary(grouping: drafts, by: \.place)
      .filter { $0.value.contains { $0.code == nil } }
    for (claims, column) in [
      (byCode.values.map { $0 }, Column.code), (byName.values.map { $0 }, .name),
    ] {
      let twice = Set(claims.filter { $0.count > 1 }.flatMap { $0.map(\.row.number) })
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
    if enterprise.name.isEmpty { reader.refuse(.name, .missingValue) }
    // Not at a comma of English names.
    enterprise.formerNames = reader.texts(.formerNames, cutAt: "、；;|/\n")
    if !row[.industry].isEmpty {
      enterprise.industry = work.industries.industry(row[.industry])?.code
      if enterprise.industry == nil { reader.refuse(.industry, .unknownIndustry) }
    }
    enterprise.statisticalKind = reader.word(.statisticalKind, .statisticalKind)
    let isKey = row[.isKey].isEmpty ? nil : reader.yesNo(.isKey)
    enterprise.isKey = isKey ?? false
    enterprise.scale = reader.word(.scale, .scale)
    let status: EnterpriseStatus? = reader.word(.status, .enterpriseStatus)
    enterprise.status = status ?? .normal
    let contact = ImportContacts.draft(
      name: reader.personName(.contact), post: reader.text(.contactPost),
      phone: reader.phone(.contactPhone))
    let level: WhiteListLevel? = reader.word(.whiteList, .whiteListLevel)
    let (from, to) = (reader.day(.whiteListFrom), reader.day(.whiteListTo))
    if let to, to <= from ?? work.on { reader.refuse(.whiteListTo, .endsBeforeBeginning) }
    let issuer = reader.text(.whiteListIssuer)
    guard reader.faults.isEmpty, let county else { return nil }
    return Draft(
      row: row, county: county.unit.id, enterprise: enterprise, township: township?.unit.id,
      isKey: isKey, status: status, contact: contact,
      listing: level.map { ($0, issuer, from, to) })
  }

  /// A wrong check character warns and never blocks (DOMAIN.md 8): real firms have one.
  private func readCode(
    _ row: Sheet.Row, _ reader: inout RowReader<Column>, into enterprise: inout Enterprise
  ) {
    guard !row[.code].isEmpty else { return }
    do {
      let code = try CreditCode(row[.code].trimmedOfZero)
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
    let byName = try EnterpriseRows.find(
      names: drafts.map(\.enterprise.name), in: work.connection)
    var new: [Draft] = []
    var known: [(draft: Draft, stored: EnterpriseRows.Stored)] = []
    for draft in drafts {
      if let stored = self.known(draft, byCode, byName) {
        known.append((draft, stored))
      } else {
        new.append(draft)
      }
    }
    // Two rows, one by its code and one by its name, may mean one enterprise.
    let claims = Dictionary(grouping: known, by: \.stored.id).filter { $0.value.count > 1 }
    var changes: [(id: EnterpriseID, hasChanged: Bool)] = []
    for (draft, stored) in known {
      if claims[stored.id] != nil {
        report.diagnostics.append(sheet.fault(draft.row, .name, .duplicateInFile))
        continue
      }
      guard let place = units.unit(stored.enterprise.unit), place.path.hasPrefix(work.scope) else {
        report.diagnostics.append(sheet.fault(draft.row, .code, .outsideScope))
        continue
      }
      let county = units.ancestor(of: stored.enterprise.unit, at: .county)?.unit.id
      let updated = stored.enterprise.updated(by: draft, isElsewhere: county != draft.county)
      if updated.name != stored.enterprise.name {
        report.diagnostics.append(
          sheet.fault(
            draft.row, .name, .renamed, .note,
            value: "\(stored.enterprise.name) → \(updated.name)"))
      }
      let hasChanged = try EnterpriseRows.change(
        stored, to: updated, at: work.now, by: work.actor, in: work.connection)
      changes.append((stored.id, try finish(draft, stored.id) || hasChanged))
    }
    let ids = try EnterpriseRows.add(
      new.map(\.enterprise), at: work.now, by: work.actor, in: work.connection)
    for (draft, id) in zip(new, ids) {
      added[id] = draft.row
      _ = try finish(draft, id)
    }
    report.added += new.count
    let withContact = try contacts.save()
    for change in changes {
      if change.hasChanged || withContact.contains(.enterprise(change.id)) {
        report.changed += 1
      } else {
        report.unchanged += 1
      }
    }
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
    contacts.put(draft.contact, for: .enterprise(id))
    guard let listing = draft.listing else { return false }
    return try WhiteListRows.put(
      WhiteListing(
        enterprise: id, level: listing.level, issuer: listing.issuer,
        validFrom: listing.from ?? work.on, validTo: listing.to), from: listing.from,
      at: work.now, by: work.actor, in: work.connection)
  }
}

extension ImportEnterprises.Draft {
  fileprivate var code: String? { enterprise.code }
  fileprivate var place: String { "\(county.value)/\(enterprise.name)" }
}

extension Enterprise {
  /// What a row leaves empty stays as it was.
  fileprivate func updated(
    by draft: ImportEnterprises.Draft, isElsewhere: Bool
  ) -> Enterprise {
    let other = draft.enterprise
    var new = self
    new.code = other.code ?? code
    new.codeOverride = other.codeOverride ?? codeOverride
    // A list that has the name of an entry merged into it does not bring that name back.
    if !formerNames.contains(other.name) || (other.code != nil && other.code == code) {
      new.rename(to: other.name)
    }
    for name in other.formerNames where name != new.name && !new.formerNames.contains(name) {
      new.formerNames.append(name)
    }
    new.unit = draft.township ?? (isElsewhere ? draft.county : unit)
    new.industry = other.industry ?? industry
    new.statisticalKind = other.statisticalKind ?? statisticalKind
    new.isKey = draft.isKey ?? isKey
    new.scale = other.scale ?? scale
    new.status = draft.status ?? status
    return new
  }
}
