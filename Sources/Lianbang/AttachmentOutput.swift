import Cryptography
import Domain
import Services

/// An attachment as JSON: snake case, ids as text, times with their offset.
struct AttachmentOutput: Encodable {
  let id: String
  let problem: String
  let digest: String
  let size: Int
  let type: String
  let name: String
  let round: Int?
  let added_at: String
  let added_by: String
  let withdrawn_at: String?
  let withdrawn_by: String?
  let reason: String?
  let purged_at: String?

  init(_ attachment: Attachment) {
    id = attachment.id.description
    problem = String(attachment.problem.value)
    digest = Hexadecimal.encode(attachment.digest)
    size = attachment.size
    type = attachment.type.rawValue
    name = attachment.name
    round = attachment.round
    added_at = attachment.addedAt.description
    added_by = attachment.addedBy.description
    withdrawn_at = attachment.withdrawal?.at.description
    withdrawn_by = attachment.withdrawal?.by.description
    reason = attachment.withdrawal?.reason
    purged_at = attachment.purgedAt?.description
  }
}

struct AttachmentCheckOutput: Encodable {
  let ok: Bool
  let sound: Int
  let missing: [String]
  let changed: [String]
  let not_destroyed: [String]
  let orphans: [String]
  let strange: [String]

  init(_ report: CheckAttachments.Report) {
    ok = report.isWell
    sound = report.sound
    missing = report.missing
    changed = report.changed
    not_destroyed = report.notDestroyed
    orphans = report.orphans
    strange = report.strange
  }
}
