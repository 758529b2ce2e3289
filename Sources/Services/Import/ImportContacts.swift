import Domain
import Storage

/// The contact that a row of enterprises or villages names.
struct ImportContacts {
  private let work: ImportWork
  private let known: [Contact.Of: ContactRows.Stored]
  private var new: [Contact] = []

  struct Draft {
    let name: String
    let post: String?
    let phone: PhoneNumber?
  }

  init(_ work: ImportWork) throws {
    self.work = work
    known = try ContactRows.current(work.vault, in: work.connection)
  }

  /// - Returns: nil where the row names nobody.
  func read(name: String?, post: String?, phone: PhoneNumber?) -> Draft? {
    guard let name = name ?? (phone == nil ? nil : "") else { return nil }
    return Draft(name: name, post: post, phone: phone)
  }

  /// Somebody else than before becomes a new person: what was sealed for one is not handed to another.
  /// - Returns: whether anything differs.
  mutating func put(_ draft: Draft, for owner: Contact.Of) throws -> Bool {
    let contact = Contact(of: owner, name: draft.name, post: draft.post, phone: draft.phone)
    guard let stored = known[owner] else {
      new.append(contact)
      return true
    }
    if stored.contact.name == draft.name {
      var changed = contact
      changed.post = draft.post ?? stored.contact.post
      changed.phone = draft.phone ?? stored.contact.phone
      return try ContactRows.change(
        stored, to: changed, at: work.now, by: work.actor, work.vault, in: work.connection)
    }
    var former = stored.contact
    former.status = .former
    _ = try ContactRows.change(
      stored, to: former, at: work.now, by: work.actor, work.vault, in: work.connection)
    new.append(contact)
    return true
  }

  func finish() throws {
    try ContactRows.add(new, at: work.now, by: work.actor, work.vault, in: work.connection)
  }
}
