/// What is wrong with a contact as somebody filled it in.
package enum ContactFault: String, Error, Hashable, Sendable, CaseIterable {
  case nameMissing = "name_missing"
  /// Longer than `Problem.maximumTitle` characters.
  case tooLong = "too_long"
  case phoneMissing = "phone_missing"
  case badPhone = "bad_phone"

  /// The form's field it is about.
  package var field: String {
    switch self {
    case .nameMissing, .tooLong: "name"
    case .phoneMissing, .badPhone: "phone"
    }
  }
}

extension Contact {
  /// A contact of what was filled in; phone and name have to be there: links and calls go to them.
  package static func check(
    of owner: Of, name: String, post: String, phone: String
  ) -> (contact: Contact?, faults: [ContactFault]) {
    var faults: [ContactFault] = []
    let name = name.singleLine.trimmed
    let post = post.singleLine.trimmed
    if name.isEmpty { faults.append(.nameMissing) }
    if max(name.unicodeScalars.count, post.unicodeScalars.count) > Problem.maximumTitle {
      faults.append(.tooLong)
    }
    let number = PhoneNumber(phone)
    if number == nil { faults.append(phone.trimmed.isEmpty ? .phoneMissing : .badPhone) }
    guard faults.isEmpty else { return (nil, faults) }
    return (
      Contact(of: owner, name: name, post: post.isEmpty ? nil : post, phone: number), []
    )
  }
}
