/// A firm, or a team that founds one (企业库).
package struct Enterprise: Hashable, Sendable {
  /// The unified social credit code; a start-up team has none.
  package var code: String?
  /// Why a code with a wrong check character was taken all the same.
  package var codeOverride: String?
  package var name: String
  /// The latest last.
  package var formerNames: [String]
  /// The township it is in, else the county.
  package var unit: UnitID
  /// GB/T 4754: section letter and digits, `C1310`.
  package var industry: String?
  package var statisticalKind: StatisticalKind?
  /// 重点企业, which leaders are in charge of.
  package var isKey: Bool
  package var scale: EnterpriseScale?
  package var status: EnterpriseStatus
  /// The entry that stands for it, where it was a duplicate.
  package var mergedInto: EnterpriseID?

  package init(
    code: String? = nil, codeOverride: String? = nil, name: String, formerNames: [String] = [],
    unit: UnitID, industry: String? = nil, statisticalKind: StatisticalKind? = nil,
    isKey: Bool = false, scale: EnterpriseScale? = nil, status: EnterpriseStatus = .normal,
    mergedInto: EnterpriseID? = nil
  ) {
    self.code = code
    self.codeOverride = codeOverride
    self.name = name
    self.formerNames = formerNames
    self.unit = unit
    self.industry = industry
    self.statisticalKind = statisticalKind
    self.isKey = isKey
    self.scale = scale
    self.status = status
    self.mergedInto = mergedInto
  }

  /// Takes another name and keeps the old one.
  package mutating func rename(to new: String) {
    guard new != name else { return }
    formerNames.removeAll { $0 == new || $0 == name }
    formerNames.append(name)
    name = new
  }

  /// What can be said against merging one entry into another.
  package enum MergeRefusal: String, Error, Sendable, CaseIterable {
    case itself
    case alreadyMerged = "already_merged"
    /// Two different credit codes are two legal persons.
    case differentCodes = "different_codes"
  }

  /// The entry that is kept, with the names and the code of the one that goes.
  package func absorbing(_ other: Enterprise) throws(MergeRefusal) -> Enterprise {
    if mergedInto != nil || other.mergedInto != nil { throw .alreadyMerged }
    if let code, let otherCode = other.code, code != otherCode { throw .differentCodes }
    var kept = self
    for name in other.formerNames + [other.name]
    where name != kept.name && !kept.formerNames.contains(name) {
      kept.formerNames.append(name)
    }
    if kept.code == nil { (kept.code, kept.codeOverride) = (other.code, other.codeOverride) }
    return kept
  }
}

/// 四上: the firms that statistics count one by one.
package enum StatisticalKind: String, Sendable, CaseIterable {
  case industry, construction, trade, services
  case realEstate = "real_estate"
}

package enum EnterpriseScale: String, Sendable, CaseIterable {
  case large, medium, small, micro
}

/// 正常, 失联, 僵尸, 注销.
package enum EnterpriseStatus: String, Sendable, CaseIterable {
  case normal, lost, zombie, deregistered
}

/// Who issued a white list (白名单).
package enum WhiteListLevel: String, Sendable, CaseIterable {
  case province, city, county
}

/// One enterprise's place on a white list.
package struct WhiteListing: Hashable, Sendable {
  package var enterprise: EnterpriseID
  package var level: WhiteListLevel
  package var issuer: String?
  package var validFrom: Day
  /// The first day it is no longer on the list.
  package var validTo: Day?

  package init(
    enterprise: EnterpriseID, level: WhiteListLevel, issuer: String?, validFrom: Day, validTo: Day?
  ) {
    self.enterprise = enterprise
    self.level = level
    self.issuer = issuer
    self.validFrom = validFrom
    self.validTo = validTo
  }
}

/// Whom to ask at an enterprise, a village or a township.
package struct Contact: Hashable, Sendable {
  package enum Of: Hashable, Sendable {
    case enterprise(EnterpriseID)
    case unit(UnitID)
  }
  package var of: Of
  package var name: String
  package var post: String?
  package var phone: PhoneNumber?
  package var status: ContactStatus

  package init(
    of: Of, name: String, post: String?, phone: PhoneNumber?, status: ContactStatus = .current
  ) {
    self.of = of
    self.name = name
    self.post = post
    self.phone = phone
    self.status = status
  }
}

package enum ContactStatus: String, Sendable, CaseIterable {
  case current, former, erased
}
