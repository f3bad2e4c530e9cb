import Debugger
import Foundation
import Glibc
import Logbook
import TestSupport
import Testing

/// Datagrams to a socket of the test's own.
@Suite struct SyslogTests {
  private let sandbox: Sandbox
  private let book = Logbook()

  init() throws { sandbox = try Sandbox() }

  private func add(_ options: [String: String] = [:]) throws {
    var description = HandlerDescription(.syslog)
    for (key, value) in ["path": sandbox.path("log")].merging(options, uniquingKeysWith: { $1 }) {
      try description.set(key, to: value)
    }
    try book.add("syslog", description)
  }

  @Test func recordsHavePriorityTimeAndTag() throws {
    let receiver = try Receiver(sandbox.path("log"))
    try add(["facility": "local0"])
    let moment = Timestamp(nanoseconds: 1_796_120_946_000_000_000)
    book.log(LogRecord("it broke", level: .error, logger: "app", time: moment))
    // local0 is 16, error 3 (RFC 5424 §6.2.1).
    #expect(receiver.next() == "<131>\(moment.formatted("%b %e %H:%M:%S")) sdb[\(getpid())]: app: it broke")
  }

  /// No part of a long message is lost, and no character is cut.
  @Test func longMessagesGoInParts() throws {
    let receiver = try Receiver(sandbox.path("log"))
    try add(["format": "{message}"])
    let message = String(repeating: "ä€", count: 3_000)
    book.log(LogRecord(message))
    let parts = (0..<3).map { _ in receiver.next() }
    let bodies = parts.map { part in part.range(of: "]: ").map { String(part[$0.upperBound...]) } ?? "" }
    #expect(bodies.joined() == message)
  }

  @Test func aDaemonThatWasStartedAnewIsFoundAgain() throws {
    var receiver: Receiver? = try Receiver(sandbox.path("log"))
    try add(["format": "{message}"])
    book.log(LogRecord("one"))
    #expect(receiver?.next().hasSuffix(": one") == true)
    receiver = nil
    let second = try Receiver(sandbox.path("log"))
    book.log(LogRecord("two"))
    #expect(second.next().hasSuffix(": two"))
  }

  @Test func whereNobodyListensIsSaid() throws {
    let error = #expect(throws: LogbookError.self) { try add() }
    #expect(error?.description == "\(sandbox.path("log")): No such file or directory")
  }
}

private final class Receiver {
  private let descriptor: Int32
  private let path: String

  struct Failure: Error { let number: Int32 }

  init(_ path: String) throws {
    self.path = path
    unlink(path)
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard status == 0 else { throw Failure(number: errno) }
  }

  deinit { close(descriptor) }

  func next() -> String {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    // What was sent is there already: a local socket's sender waits for room.
    let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}
