import Domain
import Storage

extension TellPeople {
  /// Officials what they have and have no more; enterprises and villages who is there for them now.
  func tell(
    begun: [Pairing], ended: [Pairing], at: Instant, by actor: Actor
  ) throws {
    let visible = try visible(from: at)
    for pairing in begun {
      let subject = subject(of: pairing.target)
      try tell(.paired, subject, [.official(pairing.official)], at: at, visible: visible, by: actor)
      try tell(.paired, subject, askers(of: pairing.target), at: at, visible: visible, by: actor)
    }
    for pairing in ended {
      try tell(
        .unpaired, subject(of: pairing.target), [.official(pairing.official)], at: at,
        visible: visible, by: actor)
    }
  }

  private func subject(of target: PairingTarget) -> Notice.Subject {
    switch target {
    case .enterprise(let id): .enterprise(id)
    case .township(let id), .village(let id): .unit(id)
    }
  }

  private func askers(of target: PairingTarget) -> [NoticeRows.Audience] {
    switch target {
    case .enterprise(let id): [.enterprise(id)]
    case .township(let id), .village(let id): [.unit(id, roles: [.villageClerk])]
    }
  }
}
