import Domain
import Outgoing
import Synchronization

extension DeliverWebhooks {
  /// Seconds for a whole request.
  private static let timeout = 10.0

  /// Sends through the platform's own line to the outside, at a pace that leaves most of the machine to those who
  /// look at pages.
  package static func sending(through line: Outgoing) -> Send {
    let pace = WebhookPace()
    return { post in
      await pace.turn()
      if Task.isCancelled { return nil }
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

/// Lets deliveries go one after another, to all receivers together: 10,000 within some 15 seconds. [ours]
private final class WebhookPace: Sendable {
  private static let each = Duration.microseconds(1500)
  /// So much of what was missed while a batch was read and written down is made up for.
  private static let most = Duration.milliseconds(500)

  private let next = Mutex(ContinuousClock.now)

  func turn() async {
    let now = ContinuousClock.now
    let turn = next.withLock { next in
      let turn = max(next, now - Self.most)
      next = turn + Self.each
      return turn
    }
    // Whoever is cancelled meanwhile is not sent.
    if turn > now { try? await Task.sleep(until: turn, clock: .continuous) }
  }
}
