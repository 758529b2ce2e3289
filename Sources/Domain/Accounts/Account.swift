/// A person who signs in.
package struct Account: Hashable, Sendable {
  package let id: AccountID
  package let username: String
  package let name: String
  package let role: Role
  /// Where the person works; a handler, a county's office and a village's clerk
  /// always have one.
  package let unit: UnitID?
  /// Who the person is in the register of officials; a paired official always is.
  package let official: OfficialID?
  /// For whom an enterprise's account speaks.
  package let enterprise: EnterpriseID?

  package init(
    id: AccountID, username: String, name: String, role: Role, unit: UnitID?,
    official: OfficialID? = nil, enterprise: EnterpriseID? = nil
  ) {
    self.id = id
    self.username = username
    self.name = name
    self.role = role
    self.unit = unit
    self.official = official
    self.enterprise = enterprise
  }

  package var actor: Actor { .account(id) }
}
