import Domain
import HTTP
import Services

/// The section of a problem's page with its photos and documents.
struct AttachmentsView {
  let words: Wording
  let shown: [ShownAttachment]

  /// What the field of a form takes: phones offer the camera for it.
  static let accepted =
    "image/*,.heic,.heif,.pdf,.docx,.xlsx,.pptx,.doc,.xls,.mp4,.mov,.m4a,.mp3,.txt,.csv"

  func view(of problem: ProblemID) -> View {
    [
      "attachments": shown.map(line), "has_attachments": !shown.isEmpty,
      "url_attach": Route.problemFiles(String(problem.value)).path,
      "accepted": Self.accepted,
      "attach_hint": words("attachment.hint", Self.limits),
    ]
  }

  static let limits: TextArguments = [
    "size": "\(Attachment.maximumSize >> 20)", "files": "\(Attachment.maximumPerProblem)",
  ]

  private func line(_ shown: ShownAttachment) -> View {
    let attachment = shown.attachment
    let route = Route.attachment(String(attachment.id.value))
    let isPicture = attachment.type.isPicture && shown.mayRead && attachment.withdrawal == nil
    return [
      "name": attachment.name, "url": (shown.mayRead ? route.path : "").orFalse,
      "picture": (isPicture ? route.path(query: [("view", "1")]) : "").orFalse,
      "size": words.size(attachment.size), "who": (shown.addedBy ?? "").orFalse,
      "time": words.time(attachment.addedAt),
      "withdrawn": attachment.withdrawal.map {
        ["text": words("attachment.withdrawn", ["reason": $0.reason]), "at": words.time($0.at)]
          as View
      } ?? false,
      "url_withdraw":
        (shown.mayWithdraw
        ? Route.withdrawal(String(attachment.id.value)).path : "").orFalse,
      "file": String(attachment.id.value), "reason_limit": String(Attachment.maximumReason),
    ]
  }
}
