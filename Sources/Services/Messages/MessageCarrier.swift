import Outgoing

/// What carries messages out: the platform's line, or a test's.
package struct MessageCarrier: Sendable {
  /// Nil where the server has taken the mail.
  let mail: @Sendable (OutgoingMail) async -> OutgoingFault?
  let request: @Sendable (OutgoingRequest) async -> Result<OutgoingAnswer, OutgoingFault>

  package init(
    mail: @escaping @Sendable (OutgoingMail) async -> OutgoingFault?,
    request: @escaping @Sendable (OutgoingRequest) async -> Result<OutgoingAnswer, OutgoingFault>
  ) {
    (self.mail, self.request) = (mail, request)
  }

  package init(_ line: Outgoing) {
    self.init(
      mail: { mail in
        do throws(OutgoingFault) {
          try await line.send(mail)
          return nil
        } catch {
          return error
        }
      },
      request: { request in
        do throws(OutgoingFault) {
          return .success(try await line.send(request))
        } catch {
          return .failure(error)
        }
      })
  }
}
