import Debugger
import Glibc
import HostFiles

/// The machine's log, by datagrams to its local socket, in the form that syslog(3) sends (RFC 3164 §4.1, without the host's name).
struct SyslogOutput: LogOutput {
  static let standardPath = "/dev/log"
  let path: String
  let facility: Facility
  /// What names us.
  let tag: String
  private var socket: LocalSocket?

  /// RFC 5424 §6.2.1.
  enum Facility: Int, CaseIterable {
    case user = 1
    case daemon = 3
    case local0 = 16
    case local1, local2, local3, local4, local5, local6, local7
    var name: String { "\(self)" }
  }

  /// Bytes of a message in one datagram; a longer one goes in several. Receivers take 8 KiB at least by default.
  private static let longest = 7_000

  init(path: String, facility: Facility = .user, tag: String = "sdb") {
    self.path = path
    self.facility = facility
    self.tag = tag
  }

  mutating func open() throws(LogbookError) { _ = try opened() }

  mutating func write(_ line: String, of record: LogRecord) throws(LogbookError) {
    // A day of one digit is preceded by a blank (§4.1.2), the names are English ones: nobody has called setlocale(3).
    let priority = facility.rawValue * 8 + Self.severity(of: record.level)
    let header = "<\(priority)>\(record.time.formatted("%b %e %H:%M:%S")) \(tag)[\(getpid())]: "
    for part in Self.parts(of: line) { try send(Array(header.utf8) + part) }
  }

  /// RFC 5424 §6.2.1.
  private static func severity(of level: LogLevel) -> Int {
    switch level {
    case .critical: 2
    case .error: 3
    case .warning: 4
    case .info: 6
    case .debug: 7
    }
  }

  private static func parts(of line: String) -> [ArraySlice<UInt8>] {
    var rest = Array(line.utf8)[...]
    var parts: [ArraySlice<UInt8>] = []
    while rest.count > longest {
      // Not within a character.
      let end = rest.startIndex + longest
      let cut = stride(from: end, to: end - 4, by: -1).first { rest[$0] & 0xC0 != 0x80 } ?? end
      parts.append(rest[..<cut])
      rest = rest[cut...]
    }
    return parts + [rest]
  }

  private mutating func send(_ bytes: [UInt8]) throws(LogbookError) {
    do {
      try opened().send(bytes)
    } catch {
      // The daemon was started anew: it has another socket now.
      socket = nil
      try opened().send(bytes)
    }
  }

  private mutating func opened() throws(LogbookError) -> LocalSocket {
    if let socket { return socket }
    let opened = try LocalSocket(path)
    socket = opened
    return opened
  }
}

/// A datagram socket of this machine, connected. Closed with the value.
private final class LocalSocket: Sendable {
  private let path: String
  private let descriptor: Int32

  init(_ path: String) throws(LogbookError) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard path.utf8.count < room else { throw LogbookError("\(path): \(errorText(ENAMETOOLONG))") }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    self.path = path
    descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw LogbookError("\(path): \(errorText(errno))") }
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard status == 0 else {
      let number = errno
      close(descriptor)
      throw LogbookError("\(path): \(errorText(number))")
    }
  }

  deinit { close(descriptor) }

  func send(_ bytes: [UInt8]) throws(LogbookError) {
    var sent: Int
    repeat {
      sent = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    } while sent < 0 && errno == EINTR
    guard sent == bytes.count else { throw LogbookError("\(path): \(errorText(errno))") }
  }
}
