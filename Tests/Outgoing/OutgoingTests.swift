import Glibc
import Testing

@testable import Outgoing

struct OutgoingTests {
  private let outgoing = Outgoing(rules: AddressRules(allowed: ["127.0.0.1"]))

  private func fault(_ request: OutgoingRequest) async -> OutgoingFault? {
    do {
      _ = try await outgoing.send(request)
      return nil
    } catch {
      return error
    }
  }

  @Test("A request arrives as it was made, and its answer comes back")
  func answer() async throws {
    let server = SocketServer.answering { request in
      let body =
        "\(request.first)|\(request.headers["x-a"] ?? "-")|\(request.headers["content-type"] ?? "-")"
        + "|\(request.headers["expect"] ?? "-")|" + String(decoding: request.body, as: UTF8.self)
      return
        "HTTP/1.1 201 Created\r\nX-B: 1\r\nx-b: 2\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }
    defer { server.close() }
    let answer = try await outgoing.send(
      OutgoingRequest(
        method: "POST", url: "http://127.0.0.1:\(server.port)/a?b=1",
        headers: [("X-A", "联"), ("Content-Type", "text/plain")], body: Array("body".utf8)))
    #expect(answer.status == 201)
    #expect(answer.headers["x-b"] == "1, 2")
    #expect(
      String(decoding: answer.body, as: UTF8.self) == "POST /a?b=1 HTTP/1.1|联|text/plain|-|body")
    #expect(answer.seconds > 0 && answer.seconds < 10)
  }

  @Test("Other methods", arguments: ["GET", "DELETE", "HEAD", "PUT"])
  func methods(method: String) async throws {
    let server = SocketServer.answering { request in
      "HTTP/1.1 200 OK\r\nX-Was: \(request.first)\r\nContent-Length: 0\r\n\r\n"
    }
    defer { server.close() }
    let answer = try await outgoing.send(
      OutgoingRequest(method: method, url: "http://127.0.0.1:\(server.port)/"))
    #expect(answer.headers["x-was"] == "\(method) / HTTP/1.1")
  }

  @Test("A redirect is an answer and not followed")
  func redirect() async throws {
    let server = SocketServer.answering { _ in
      "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"
    }
    defer { server.close() }
    let answer = try await outgoing.send(OutgoingRequest(url: "http://127.0.0.1:\(server.port)/"))
    #expect(answer.status == 302)
    #expect(server.connections == 1)
  }

  @Test("A server that is silent, and one that drips, are left when the time is over")
  func slow() async {
    let silent = SocketServer {
      _ = $0.line()
      _ = $0.bytes(1 << 20)
    }
    let dripping = SocketServer { socket in
      _ = HTTPRequest(socket)
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
      while socket.write("x") { usleep(20_000) }
    }
    defer {
      silent.close()
      dripping.close()
    }
    for port in [silent.port, dripping.port] {
      let clock = ContinuousClock.now
      #expect(
        await fault(OutgoingRequest(url: "http://127.0.0.1:\(port)/", timeout: 0.3)) == .timedOut)
      #expect(ContinuousClock.now - clock < .seconds(5))
    }
  }

  @Test("An answer without end is left once it is longer than what is kept")
  func endless() async {
    let body = SocketServer { socket in
      _ = HTTPRequest(socket)
      socket.write("HTTP/1.1 200 OK\r\n\r\n")
      while socket.write(String(repeating: "x", count: 4096)) {}
    }
    let headers = SocketServer { socket in
      _ = HTTPRequest(socket)
      socket.write("HTTP/1.1 200 OK\r\n")
      while socket.write("X-Y: \(String(repeating: "x", count: 4096))\r\n") {}
    }
    defer {
      body.close()
      headers.close()
    }
    for port in [body.port, headers.port] {
      let request = OutgoingRequest(url: "http://127.0.0.1:\(port)/", mostBytes: 10_000)
      #expect(await fault(request) == .tooLarge)
    }
  }

  @Test("Servers that are gone, or no servers of HTTP")
  func broken() async {
    let early = SocketServer { _ = HTTPRequest($0) }
    let other = SocketServer {
      $0.write("SSH-2.0-x\r\n")
      _ = $0.line()
    }
    defer {
      early.close()
      other.close()
    }
    for port in [early.port, other.port] {
      #expect(await fault(OutgoingRequest(url: "http://127.0.0.1:\(port)/"))?.code == "broken")
    }
    #expect(await fault(OutgoingRequest(url: "https://127.0.0.1:\(other.port)/")) == .tls)
    // Port 1 (tcpmux) is served by nothing.
    #expect(await fault(OutgoingRequest(url: "http://127.0.0.1:1/")) == .unreachable)
    #expect(await fault(OutgoingRequest(url: "http://name.invalid/")) == .unresolved)
  }

  @Test(
    "Addresses inside are refused, however they are written",
    arguments: [
      "http://10.0.0.1/", "http://LocalHost:PORT/", "http://127.0.0.1:PORT/", "http://127.1:PORT/",
      "http://2130706433:PORT/", "http://0x7f000001:PORT/", "http://0177.0.0.1:PORT/",
      "http://[::1]:PORT/", "http://[::ffff:127.0.0.1]:PORT/", "http://0.0.0.0:PORT/",
      "http://169.254.169.254/latest/meta-data/",
    ])
  func inside(url: String) async {
    let server = SocketServer.answering { _ in "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" }
    defer { server.close() }
    let strict = Outgoing(rules: AddressRules())
    var found: OutgoingFault?
    do {
      _ = try await strict.send(
        OutgoingRequest(url: url.replacing("PORT", with: "\(server.port)"), timeout: 5))
    } catch { found = error }
    #expect(found == .privateAddress)
    #expect(server.connections == 0)
  }

  @Test(
    "What cannot be an address is refused before anything is sent",
    arguments: [
      "", "http://", "example.org", "ftp://example.org/", "file:///etc/passwd",
      "gopher://127.0.0.1/",
      "http://user:pw@example.org/", "http://user@example.org/", "http://example.org/\r\nX: y",
      "http://example.org/a b", "http://例.cn/", "javascript:alert(1)", "//example.org/",
      "http://example.org/\u{0}",
    ])
  func badAddresses(url: String) async {
    #expect(await fault(OutgoingRequest(url: url)) == .badAddress)
  }

  @Test(
    "A header that would be two, or that belongs to the frame, is refused",
    arguments: [
      ("X-A", "1\r\nX-B: 2"), ("X-A", "1\nX-B: 2"), ("X A", "1"), ("X:A", "1"), ("", "1"),
      ("X-A\r\n", "1"), ("X-A", "\u{0}"), ("Host", "inside"), ("Content-Length", "3"),
      ("Transfer-Encoding", "chunked"),
    ])
  func badHeaders(name: String, value: String) async {
    #expect(
      await fault(OutgoingRequest(url: "http://127.0.0.1:1/", headers: [(name, value)]))
        == .badAddress)
    #expect(
      await fault(OutgoingRequest(method: "GET /x", url: "http://127.0.0.1:1/")) == .badAddress)
  }

  @Test("Two hundred at once share the connections, and the next hundred take what is there")
  func many() async throws {
    let server = SocketServer.answering { _ in "HTTP/1.1 204 No Content\r\n\r\n" }
    defer { server.close() }
    let url = "http://127.0.0.1:\(server.port)/"
    for count in [200, 100] {
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<count {
          group.addTask { [outgoing] in try await outgoing.send(OutgoingRequest(url: url)).status }
        }
        return try await group.reduce(into: [Int]()) { $0.append($1) }
      }
      #expect(statuses == Array(repeating: 204, count: count))
    }
    #expect(server.connections <= Line.most)
  }

  @Test("A cancelled task is let go at once, and so is everybody when it is stopped")
  func ends() async {
    let server = SocketServer { _ = $0.bytes(1 << 20) }
    defer { server.close() }
    let outgoing = Outgoing(rules: AddressRules(allowsPrivate: true))
    let request = OutgoingRequest(url: "http://127.0.0.1:\(server.port)/", timeout: 60)
    @Sendable func told() async -> OutgoingFault? {
      do {
        _ = try await outgoing.send(request)
        return nil
      } catch { return error }
    }
    let clock = ContinuousClock.now
    let cancelled = Task { await told() }
    let others = (0..<100).map { _ in Task { await told() } }
    while server.connections < 60 { try? await Task.sleep(for: .milliseconds(1)) }
    cancelled.cancel()
    #expect(await cancelled.value == .stopped)
    outgoing.stop()
    for other in others { #expect(await other.value == .stopped) }
    #expect(await told() == .stopped)
    outgoing.stop()
    #expect(ContinuousClock.now - clock < .seconds(30))
  }
}
