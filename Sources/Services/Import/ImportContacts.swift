import Domain
import Storage

/// The contacts that the rows of enterprises or villages name. They are put in all at once: keys are
/// opened only of those whose rows came.
struct ImportContacts {
  struct Draft {
    /// Nil where a row has a number alone.
    let name: String?
    let post: String?
    let phone: PhoneNumber?
  }

  private let work: ImportWork
  private var drafts: [(owner: Contact.Of, draft: Draft)] = []

  init(_ work: ImportWork) { self.work = work }

  /// - Returns: nil where the row names nobody.
  static func draft(name: String?, post: String?, phone: PhoneNumber?) -> Draft? {
    name == nil && phone == nil ? nil : Draft(name: name, post: post, phone: phone)
  }

  mutating func put(_ draft: Draft?, for owner: Contact.Of) {
    if let draft { drafts.append((owner, draft)) }
  }

  /// - Returns: those whose contact is another than before.
  func save() throws -> Set<Contact.Of> {
    let known = try ContactRows.current(
      of: drafts.map(\.owner), work.vault, in: work.connection)
    var changed: Set<Contact.Of> = []
    var new: [Contact] = []
    for (owner, draft) in drafts {
      guard let stored = known[owner] else {
        new.append(
          Contact(of: owner, name: draft.name ?? "", post: draft.post, phone: draft.phone))
        changed.insert(owner)
        continue
      }
      var contact = stored.contact
      if let name = draft.name, name != contact.name, !contact.name.isEmpty {
        // Somebody else: what was sealed for one is not handed to another.
        contact.status = .former
        new.append(Contact(of: owner, name: name, post: draft.post, phone: draft.phone))
      } else {
        contact.name = draft.name ?? contact.name
        contact.post = draft.post ?? contact.post
        contact.phone = draft.phone ?? contact.phone
      }
      if try ContactRows.change(
        stored, to: contact, at: work.now, by: work.actor, work.vault, in: work.connection)
      {
        changed.insert(owner)
      }
    }
    try ContactRows.add(new, at: work.now, by: work.actor, work.vault, in: work.connection)
    return changed
  }
}
