import Foundation
import MachineModel
import TestSupport
import Testing

@testable import Tracing

/// A scenario of `tracing.c` under the tracer.
struct Scenario {
  let process: TracedProcess
  let symbols: [String: VirtualAddress]

  static func program() throws -> String {
    try Fixture.compile("tracing.c", flags: ["-g", "-O0", "-no-pie", "-pthread"])
  }

  static func request(_ words: [String]) throws -> LaunchRequest {
    let path = try program()
    var request = LaunchRequest(path: path, arguments: [path] + words, environment: [Array("PATH=/usr/bin:/bin".utf8)])
    request.standardInput = .file("/dev/null")
    request.standardOutput = .file("/dev/null")
    return request
  }

  init(_ words: String..., adjust: (inout LaunchRequest) -> Void = { _ in }) async throws {
    var request = try Self.request(words)
    adjust(&request)
    symbols = try Self.table.get()
    process = try await TracedProcess.launch(request, on: TracerThread())
  }

  /// The functions and variables of the (not relocated) fixture.
  private static let table = Result { try addresses() }
  private static func addresses() throws -> [String: VirtualAddress] {
    var found: [String: VirtualAddress] = [:]
    for line in try Fixture.run(["nm", program()]).output.split(separator: "\n") {
      let fields = line.split(separator: " ")
      if fields.count == 3, let value = UInt64(fields[0], radix: 16) {
        found[String(fields[2])] = VirtualAddress(value)
      }
    }
    return found
  }

  subscript(symbol: String) -> VirtualAddress {
    get throws { try #require(symbols[symbol]) }
  }

  /// The thread that all single-threaded scenarios have.
  var leader: ThreadID { ThreadID(process.id.rawValue) }

  func go(_ thread: ThreadID? = nil, plan: (any ThreadPlan)? = nil, signal: Signal? = nil, holdsOthers: Bool = false)
    async throws
  {
    var request = ResumeRequest(thread: thread ?? leader, plan: plan, signal: signal)
    request.holdsOthers = holdsOthers
    try await process.resume(request)
  }

  /// The next stop or end.
  func next() async throws -> ProcessEvent {
    for await event in process.events {
      switch event {
      case .stopped, .ended: return event
      case .threadStarted, .threadEnded, .forked, .signalled, .passed: continue
      }
    }
    throw Ended()
  }
  struct Ended: Error {}

  func stop() async throws -> StopEvent {
    let event = try await next()
    guard case .stopped(let stop) = event else {
      Issue.record("a stop was expected, not \(event)")
      throw Ended()
    }
    return stop
  }

  func end() async throws -> ProcessEnd {
    let event = try await next()
    guard case .ended(let end) = event else {
      Issue.record("the end was expected, not \(event)")
      throw Ended()
    }
    return end
  }

  func variable(_ name: String) throws -> Int64 { try process.memory.integer(self[name]) }
}

/// A pipe of ours to the program or from it.
final class Channel {
  private(set) var reader: Int32
  private(set) var writer: Int32
  init() {
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (reader, writer) = (ends[0], ends[1])
  }
  deinit {
    close(reader)
    closeWriter()
  }
  func closeWriter() {
    if writer >= 0 { close(writer) }
    writer = -1
  }
  /// The next byte, or nil at the end. Waits on a thread of its own: the pool's are few, and needed.
  func waitForByte() async -> UInt8? {
    let reader = reader
    return await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        var byte: UInt8 = 0
        continuation.resume(returning: read(reader, &byte, 1) == 1 ? byte : nil)
      }
    }
  }
  func send(_ byte: UInt8) {
    var byte = byte
    _ = write(writer, &byte, 1)
  }
}

/// Executes single instructions until the program counter is at `address`.
struct StepUntil: ThreadPlan {
  let address: VirtualAddress
  mutating func next(_ observation: PlanObservation) -> PlanDirective {
    !observation.isStart && observation.registers.programCounter == address ? .finished : .singleStep
  }
}

/// Executes `left` instructions.
struct StepCount: ThreadPlan {
  var left: Int
  mutating func next(_ observation: PlanObservation) -> PlanDirective {
    left -= 1
    return left < 0 ? .finished : .singleStep
  }
}

/// Steps until the stack is popped to `end`, or the program comes to `forbidden`.
struct StepOut: ThreadPlan {
  let end: VirtualAddress
  var forbidden: VirtualAddress?
  mutating func next(_ observation: PlanObservation) -> PlanDirective {
    let registers = observation.registers
    return registers.stackPointer >= end || registers.programCounter == forbidden ? .finished : .singleStep
  }
}

/// Runs to any of `addresses`.
struct RunUntil: ThreadPlan {
  let addresses: [VirtualAddress]
  mutating func next(_ observation: PlanObservation) -> PlanDirective {
    observation.isStart ? .run(until: addresses) : .finished
  }
}

/// Runs to the return address on top of the stack, in the frame of the caller.
struct ReturnToCaller: ThreadPlan {
  var target: (address: VirtualAddress, stack: VirtualAddress)?
  mutating func next(_ observation: PlanObservation) -> PlanDirective {
    let registers = observation.registers
    guard let target else {
      guard let address = try? observation.memory.integer(registers.stackPointer, as: UInt64.self) else {
        return .needsSymbols
      }
      target = (VirtualAddress(address), registers.stackPointer)
      return .run(until: [VirtualAddress(address)])
    }
    return registers.stackPointer > target.stack ? .finished : .run(until: [target.address])
  }
}
