import Glibc
import Synchronization

/// A server on 127.0.0.1 with a thread for each connection, which does what its test tells it.
final class SocketServer: Sendable {
  let port: Int
  private let listening: Int32
  private let accepted = Mutex(0)

  /// How many connections there were.
  var connections: Int { accepted.withLock { $0 } }

  init(_ serve: @escaping @Sendable (Socket) -> Void) {
    let listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        precondition(bind(listening, $0, size) == 0 && listen(listening, 512) == 0)
        getsockname(listening, $0, &size)
      }
    }
    port = Int(UInt16(bigEndian: address.sin_port))
    self.listening = listening
    onThread { [self] in
      while true {
        let connection = accept(listening, nil, nil)
        guard connection >= 0 else { return }
        accepted.withLock { $0 += 1 }
        onThread {
          serve(Socket(connection))
          Glibc.close(connection)
        }
      }
    }
  }

  /// Runs a test beside a server that answers requests one after the other on each connection.
  static func answering(_ answer: @escaping @Sendable (HTTPRequest) -> String) -> SocketServer {
    SocketServer { socket in
      while let request = HTTPRequest(socket) {
        guard socket.write(answer(request)) else { return }
      }
    }
  }

  func close() { shutdown(listening, Int32(SHUT_RDWR)) }

}

private func onThread(_ body: @escaping @Sendable () -> Void) {
  final class Box {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var thread = pthread_t()
  pthread_create(
    &thread, nil,
    { context in
      Unmanaged<Box>.fromOpaque(context!).takeRetainedValue().body()
      return nil
    }, Unmanaged.passRetained(Box(body)).toOpaque())
  pthread_detach(thread)
}

/// One connection of a `SocketServer`, read line by line.
final class Socket {
  private let file: Int32
  private var buffer: [UInt8] = []

  init(_ file: Int32) { self.file = file }

  /// Without its CR LF; nil where the other side has gone.
  func line() -> String? {
    while true {
      if let end = buffer.firstIndex(of: 10) {
        let line = buffer[..<end].filter { $0 != 13 }
        buffer.removeFirst(end + 1)
        return String(decoding: line, as: UTF8.self)
      }
      guard fill() else { return nil }
    }
  }

  func bytes(_ count: Int) -> [UInt8]? {
    while buffer.count < count { guard fill() else { return nil } }
    defer { buffer.removeFirst(count) }
    return Array(buffer[..<count])
  }

  /// False where the other side has gone.
  @discardableResult
  func write(_ text: String) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let sent = bytes.withUnsafeBytes {
        send(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard sent > 0 else { return false }
      bytes = bytes.dropFirst(sent)
    }
    return true
  }

  private func fill() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = read(file, &chunk, chunk.count)
    guard count > 0 else { return false }
    buffer += chunk[..<count]
    return true
  }
}

/// A request as it came over the line.
struct HTTPRequest {
  let first: String
  var headers: [String: String] = [:]
  var body: [UInt8] = []

  init?(_ socket: Socket) {
    guard let first = socket.line() else { return nil }
    self.first = first
    while let line = socket.line(), !line.isEmpty {
      let parts = line.split(separator: ": ", maxSplits: 1).map(String.init)
      headers[parts[0].lowercased()] = parts.count > 1 ? parts[1] : ""
    }
    if let count = headers["content-length"].flatMap({ Int($0) }) {
      guard let bytes = socket.bytes(count) else { return nil }
      body = bytes
    }
  }
}
