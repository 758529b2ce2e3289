import Domain
import HTTP
import Services

/// Photos and documents of a problem.
enum AttachmentEndpoints {
  static let list: [Endpoint] = [find, add, read, withdraw]

  private static let shown = Shape<ShownAttachment>(
    "Attachment",
    [
      .init(id: "id") { $0.attachment.id },
      .init("name") { $0.attachment.name },
      .init("type") { $0.attachment.type.mediaType },
      .init("size") { $0.attachment.size },
      .init("round") { $0.attachment.round },
      .init("added_at") { $0.attachment.addedAt },
      .init("added_by") { $0.addedBy },
      .init("withdrawn_at") { $0.attachment.withdrawal?.at },
      .init("withdrawal_reason") { $0.attachment.withdrawal?.reason },
      .init("purged_at") { $0.attachment.purgedAt },
      .init("may_read") { $0.mayRead },
      .init("may_withdraw") { $0.mayWithdraw },
    ])

  private static let find = Endpoint.list(
    "/problems/{id}/attachments", "listAttachments", .problems, isPaged: false, shown
  ) { call in
    Listed(
      try await ListAttachments(call.platform).shown(of: try call.id(), for: call.account))
  }

  private static let added = Shape<Attachment>(
    "AddedAttachment",
    [
      .init(id: "id") { $0.id },
      .init("name") { $0.name },
      .init("type") { $0.type.mediaType },
      .init("size") { $0.size },
    ])

  /// The same content twice is one attachment.
  private static let add = Endpoint.upload(
    "/problems/{id}/attachments", "addAttachment", .problems, most: Attachment.maximumSize,
    query: [.init("name", .text(least: 1, most: 400), isRequired: true)], added
  ) { call in
    let attachment = try await AddAttachment(call.platform, call.store)(
      call.file, name: call["name"], to: try call.id(), by: call.account)
    return Made(attachment, at: "/attachments/\(attachment.id)/content")
  }

  private static let read = Endpoint.download(
    "/attachments/{id}/content", "readAttachment", .problems,
    types: Set(AttachmentType.allCases.map(\.mediaType)).sorted()
  ) { call in
    let content = try await ReadAttachment(call.platform, call.store)(
      try call.id(), for: call.account)
    return .file(
      content.bytes, type: content.attachment.type.mediaType, name: content.attachment.name)
  }

  private static let withdraw = Endpoint.act(
    "/attachments/{id}/withdrawal", "withdrawAttachment", .problems,
    body: ObjectSchema(
      "WithdrawAttachmentRequest",
      [.init("reason", .text(least: 1, most: Attachment.maximumReason))])
  ) { call in
    _ = try await WithdrawAttachment(call.platform)(
      try call.id(), reason: call.body["reason"].text ?? "", by: call.account)
  }
}
