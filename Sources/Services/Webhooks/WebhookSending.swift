import Domain
import Outgoing

extension DeliverWebhooks {
  /// Seconds for a whole request.
  private static let timeout = 10.0

  /// Sends through the platform's own line to the outside.
  package static func sending(through line: Outgoing) -> Send {
    { post in
      let request = OutgoingRequest(
        method: "POST", url: post.address, headers: post.headers, body: post.body,
        timeout: timeout)
      let start = ContinuousClock.now
      let result = await attempt(request, line)
      let milliseconds = Int64((ContinuousClock.now - start) / .milliseconds(1))
      switch result {
      case .success(let answer):
        let status = WebhookAnswer.Result.status(
          answer.status, retryAfter: answer.headers["retry-after"])
        return WebhookAnswer(status, body: answer.body, milliseconds: milliseconds)
      case .failure(.stopped): return nil
      case .failure(let fault):
        return WebhookAnswer(.fault(fault.code), milliseconds: milliseconds)
      }
    }
  }

  private static func attempt(
    _ request: OutgoingRequest, _ line: Outgoing
  ) async -> Result<OutgoingAnswer, OutgoingFault> {
    do throws(OutgoingFault) {
      return .success(try await line.send(request))
    } catch {
      return .failure(error)
    }
  }
}
