import COutgoing

/// One exchange under way, and what libcurl calls for it.
///
/// Once handed over it belongs to the thread of its `Line`, which alone reads and writes it; only
/// `isCancelled` is shared, under the line's lock.
final class Transfer: @unchecked Sendable {
  enum Content {
    case request(OutgoingRequest, host: String, AddressRules)
    case mail(OutgoingMail, url: String)
    case greeting(MailServer, url: String, timeout: Double)
  }

  let content: Content
  var isCancelled = false
  var waiting: CheckedContinuation<Result<OutgoingAnswer, OutgoingFault>, Never>?

  private var easy: UnsafeMutableRawPointer?
  private var lists: [UnsafeMutablePointer<curl_slist>] = []
  private var body: [UInt8] = []
  private var headers: [String: String] = [:]
  private var headerBytes = 0
  private var sent = 0
  /// What one of the calls below decided, which libcurl tells as something of its own.
  private var fault: OutgoingFault?
  /// What libcurl says of it in words.
  private var words: UnsafeMutablePointer<CChar>?

  /// Real servers send some hundred bytes of them.
  private static let mostHeaderBytes = 32 << 10

  init(_ content: Content) {
    self.content = content
  }

  /// A handle that is ready to be carried; nil where there is no memory for one.
  func prepare(caFile: String?) -> UnsafeMutableRawPointer? {
    guard let easy = curl_easy_init() else { return nil }
    self.easy = easy
    outgoing_set_calls(
      easy, Unmanaged.passUnretained(self).toOpaque(), receiveBody, receiveHeader, giveUpload,
      openSocket)
    outgoing_set_long(easy, CURLOPT_NOSIGNAL, 1)
    // A name that nobody answers must not hold up the thread when its time is over.
    outgoing_set_long(easy, CURLOPT_QUICK_EXIT, 1)
    outgoing_set_text(easy, CURLOPT_PROXY, "")
    outgoing_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
    outgoing_set_long(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    if let caFile { outgoing_set_text(easy, CURLOPT_CAINFO, caFile) }
    switch content {
    case .request(let request, _, _): prepare(request, on: easy)
    case .mail(let mail, let url):
      prepare(mail.server, url, timeout: mail.timeout, on: easy)
      prepare(mail, on: easy)
    case .greeting(let server, let url, let timeout):
      prepare(server, url, timeout: timeout, on: easy)
      outgoing_set_text(easy, CURLOPT_CUSTOMREQUEST, "NOOP")
      outgoing_set_long(easy, CURLOPT_NOBODY, 1)
    }
    return easy
  }

  private func prepare(_ request: OutgoingRequest, on easy: UnsafeMutableRawPointer) {
    outgoing_set_text(easy, CURLOPT_URL, request.url)
    outgoing_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https")
    outgoing_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    outgoing_set_long(easy, CURLOPT_TIMEOUT_MS, max(1, Int(request.timeout * 1000)))
    let hasBody = !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method)
    if request.method == "HEAD" {
      outgoing_set_long(easy, CURLOPT_NOBODY, 1)
    } else if hasBody {
      outgoing_set_long(easy, CURLOPT_POST, 1)
      outgoing_set_body(easy, request.body, request.body.count)
    }
    outgoing_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method)
    var lines = request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
    // Waiting for a leave to send costs a second with servers that do not know of it.
    lines.append("Expect:")
    if hasBody, !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) {
      lines.append("Content-Type:")
    }
    setList(CURLOPT_HTTPHEADER, lines, on: easy)
  }

  private func prepare(
    _ server: MailServer, _ url: String, timeout: Double, on easy: UnsafeMutableRawPointer
  ) {
    outgoing_set_text(easy, CURLOPT_URL, url)
    outgoing_set_text(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    outgoing_set_long(easy, CURLOPT_TIMEOUT_MS, max(1, Int(timeout * 1000)))
    if server.security == .starttls {
      outgoing_set_long(easy, CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue))
    }
    if let user = server.user { outgoing_set_text(easy, CURLOPT_USERNAME, user) }
    if let password = server.password { outgoing_set_text(easy, CURLOPT_PASSWORD, password) }
    let words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    self.words = words
    outgoing_set_fault(easy, words)
  }

  private func prepare(_ mail: OutgoingMail, on easy: UnsafeMutableRawPointer) {
    outgoing_set_text(easy, CURLOPT_MAIL_FROM, mail.from)
    setList(CURLOPT_MAIL_RCPT, [mail.to], on: easy)
    outgoing_set_long(easy, CURLOPT_UPLOAD, 1)
    outgoing_set_upload_size(easy, mail.text.count)
  }

  private func setList(
    _ option: CURLoption, _ lines: [String], on easy: UnsafeMutableRawPointer
  ) {
    var list: UnsafeMutablePointer<curl_slist>?
    for line in lines { list = curl_slist_append(list, line) ?? list }
    guard let list else { return }
    lists.append(list)
    outgoing_set_list(easy, option, list)
  }

  /// Tells the one who waits. The handle must have left its line.
  func end(_ result: CURLcode) {
    guard let easy else { return end(.failure(.stopped)) }
    let status = outgoing_status(easy)
    if let fault {
      end(.failure(fault))
    } else if result == CURLE_OK {
      end(
        .success(
          OutgoingAnswer(
            status: status, headers: headers, body: body, seconds: outgoing_seconds(easy))))
    } else if case .request = content {
      end(.failure(OutgoingFault(result, reply: 0)))
    } else if let words, String(cString: words).hasPrefix("MAIL failed") {
      end(.failure(.sender(status)))
    } else {
      end(.failure(OutgoingFault(result, reply: status)))
    }
  }

  func end(_ result: Result<OutgoingAnswer, OutgoingFault>) {
    if let easy { curl_easy_cleanup(easy) }
    easy = nil
    words?.deallocate()
    words = nil
    for list in lists { curl_slist_free_all(list) }
    lists = []
    waiting?.resume(returning: result)
    waiting = nil
  }

  /// - Returns: false where it is more than was asked for.
  fileprivate func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    // What a mail server says on the way is of no use to anybody.
    guard case .request(let request, _, _) = content else { return true }
    guard body.count + bytes.count <= request.mostBytes else {
      fault = .tooLarge
      return false
    }
    body += bytes
    return true
  }

  fileprivate func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
    headerBytes += bytes.count
    guard headerBytes <= Self.mostHeaderBytes else {
      fault = .tooLarge
      return false
    }
    let line = String(decoding: bytes, as: UTF8.self)
    // A status line begins anew: what came before was an answer on the way (103 and the like).
    if line.hasPrefix("HTTP/") { headers = [:] }
    guard let colon = line.firstIndex(of: ":") else { return true }
    let name = line[..<colon].lowercased()
    let value = line[line.index(after: colon)...].trimming
    headers[name] = headers[name].map { "\($0), \(value)" } ?? value
    return true
  }

  fileprivate func give(_ room: UnsafeMutableRawBufferPointer) -> Int {
    guard case .mail(let mail, _) = content else { return 0 }
    let count = min(room.count, mail.text.count - sent)
    mail.text.withUnsafeBytes { room.copyMemory(from: .init(rebasing: $0[sent..<sent + count])) }
    sent += count
    return count
  }

  fileprivate func permits(_ bytes: [UInt8]) -> Bool {
    guard case .request(_, let host, let rules) = content else { return true }
    if let address = IPAddress(bytes: bytes), rules.permits(address, of: host) {
      // One of several addresses of a name may be refused and the next one answer.
      fault = nil
      return true
    }
    fault = .privateAddress
    return false
  }
}

extension Substring {
  fileprivate var trimming: String {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer {
  Unmanaged<Transfer>.fromOpaque(context!).takeUnretainedValue()
}

private func receiveBody(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  let all = UnsafeRawBufferPointer(start: bytes, count: size * count)
  return transfer(context).take(all) ? all.count : -1
}

private func receiveHeader(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  let all = UnsafeRawBufferPointer(start: bytes, count: size * count)
  return transfer(context).takeHeader(all) ? all.count : -1
}

private func giveUpload(
  _ room: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  transfer(context).give(UnsafeMutableRawBufferPointer(start: room, count: size * count))
}

private func openSocket(
  _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype,
  _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
  var bytes = [UInt8](repeating: 0, count: 16)
  let count = Int(outgoing_address(address, &bytes))
  guard transfer(context).permits(Array(bytes[..<count])) else { return outgoing_no_socket() }
  return outgoing_open(address)
}
