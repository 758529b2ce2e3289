/// Everything a program can ask for, feature by feature. Tests hold it against the pages and the document.
enum AllEndpoints {
  static let list: [Endpoint] = work + registers + follow + figures + administration

  private static let work: [Endpoint] =
    ProblemExportEndpoints.list + BulkEndpoints.list + SearchEndpoints.list
    + ProblemEndpoints.list + ProblemPartEndpoints.list + AttachmentEndpoints.list
    + TaskEndpoints.list + SavedViewEndpoints.list + AskerEndpoints.list

  private static let follow: [Endpoint] =
    OrderEndpoints.list + BatchEndpoints.list + LookBackEndpoints.list

  private static let registers: [Endpoint] =
    OrganisationEndpoints.list + OfficialEndpoints.list + EnterpriseEndpoints.list
    + VillageEndpoints.list + ImportEndpoints.list + RegisterExportEndpoints.list
    + PairingEndpoints.list + VisitEndpoints.list

  private static let figures: [Endpoint] =
    FigureEndpoints.list + SheetEndpoints.list + ReportEndpoints.list + DefinitionEndpoints.list
    + CalendarEndpoints.list

  private static let administration: [Endpoint] =
    NoticeEndpoints.list + MessageEndpoints.list + WebhookEndpoints.list + LinkEndpoints.list
    + AccountEndpoints.list
}
