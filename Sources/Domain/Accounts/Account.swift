/// A person who signs in, or a program that comes in with a token.
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
  /// Who made it for a system of their unit's, and answers for it; nil for a person.
  package let maker: AccountID?

  package init(
    id: AccountID, username: String, name: String, role: Role, unit: UnitID?,
    official: OfficialID? = nil, enterprise: EnterpriseID? = nil, maker: AccountID? = nil
  ) {
    self.id = id
    self.username = username
    self.name = name
    self.role = role
    self.unit = unit
    self.official = official
    self.enterprise = enterprise
    self.maker = maker
  }

  /// 程序账号: it has no password and is no person.
  package var isService: Bool { maker != nil }

  package var actor: Actor { .account(id) }
}
