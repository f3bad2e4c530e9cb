import Foundation
import MachineModel
import TestSupport
import Testing

@testable import Tracing

@Suite(.timeLimit(.minutes(2))) struct LaunchTests {
  @Test(arguments: [0, 1, 255]) func exitCode(_ code: Int32) async throws {
    let scenario = try await Scenario("exit", String(code))
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: code))
    await #expect(throws: TracingError(operation: .processGone, errno: ESRCH)) { try await scenario.go() }
  }

  @Test func fatalSignal() async throws {
    let scenario = try await Scenario("raise", "9")
    try await scenario.go()
    #expect(try await scenario.end() == .killed(by: Signal(SIGKILL), coreDumped: false))
  }

  @Test func stopsAtTheFirstInstruction() async throws {
    let scenario = try await Scenario("exit", "0")
    let entry = scenario.process.auxiliaryVector().first { $0.type == 9 }?.value
    #expect(entry != nil)
    let pc = try #require(await scenario.process.registers(of: scenario.leader)).programCounter
    let region = try #require(scenario.process.regions().first { $0.range.contains(pc) })
    #expect(region.isExecutable)
    #expect(region.path?.contains("ld-") == true)
    await scenario.process.kill()
  }

  static let failures: [(String, TracingError.Operation, Int32)] = [
    ("/nonexistent/program", .execute("/nonexistent/program"), ENOENT),
    ("/tmp", .execute("/tmp"), EACCES),
    ("/etc/passwd", .execute("/etc/passwd"), EACCES),
  ]
  @Test(arguments: failures)
  func executionFails(_ path: String, _ operation: TracingError.Operation, _ number: Int32) async throws {
    await expectFailure(LaunchRequest(path: path, arguments: [path], environment: []), operation, number)
  }

  @Test func otherStagesFail() async throws {
    var request = try Scenario.request(["exit", "0"])
    request.directory = "/nonexistent"
    await expectFailure(request, .changeDirectory("/nonexistent"), ENOENT)
    request.directory = nil
    request.standardOutput = .file("/nonexistent/out")
    await expectFailure(request, .open("/nonexistent/out"), ENOENT)
    request.standardOutput = .inherit
    request.terminal = "/dev/null"
    await expectFailure(request, .terminal("/dev/null"), ENOTTY)
  }

  private func expectFailure(_ request: LaunchRequest, _ operation: TracingError.Operation, _ number: Int32) async {
    await #expect(throws: TracingError(operation: operation, errno: number)) {
      try await TracedProcess.launch(request, on: TracerThread()).kill()
    }
  }

  /// What `state` prints, by first word.
  private func state(_ adjust: (inout LaunchRequest) -> Void) async throws -> [String: String] {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
    defer { unlink(file) }
    let scenario = try await Scenario("state") { request in
      request.standardOutput = .file(file)
      adjust(&request)
    }
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 0))
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    return Dictionary(
      uniqueKeysWithValues: lines.map { line in
        let words = line.split(maxSplits: 1) { $0 == " " || $0 == "\t" }
        return (String(words[0]), String(words[1]))
      })
  }

  @Test func theProgramMeetsACleanWorld() async throws {
    let stray = open("/dev/null", O_RDONLY)
    defer { close(stray) }
    let state = try await state { request in
      request.directory = "/usr"
      request.environment.append(Array("COLOUR=blue green".utf8))
    }
    #expect(state["cwd"] == "/usr")
    #expect(state["colour"] == "blue green")
    #expect(state["SigBlk:"] == "0000000000000000")
    #expect(state["SigIgn:"] == "0000000000000000")
    #expect(state["descriptors"] == "3")
    #expect(state["group"] == "own")
    #expect(state["session"] == "other")
    #expect(state["terminal"] == "none")
  }

  @Test func aTerminalBecomesTheControllingOne() async throws {
    var (master, slave): (Int32, Int32) = (-1, -1)
    #expect(openpty(&master, &slave, nil, nil, nil) == 0)
    defer { for end in [master, slave] { close(end) } }
    let name = String(cString: ttyname(slave))
    let state = try await state { request in
      request.terminal = name
      request.standardInput = .inherit
    }
    #expect(state["session"] == "own")
    #expect(state["terminal"] == name)
  }

  @Test func redirections() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
    defer { unlink(file) }
    let input = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
    defer { unlink(input) }
    try "one two".write(toFile: input, atomically: true, encoding: .utf8)
    for _ in 0..<2 {
      let scenario = try await Scenario("echo") { request in
        request.standardInput = .file(input)
        request.standardOutput = .append(file)
        request.standardError = .append(file)
      }
      try await scenario.go()
      #expect(try await scenario.end() == .exited(code: 0))
    }
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "one twoendone twoend")
  }

  @Test func killedWhenReleased() async throws {
    let channel = Channel()
    var scenario: Scenario? = try await Scenario("spin") { $0.standardOutput = .descriptor(channel.writer) }
    let pid = try #require(scenario).process.id.rawValue
    try await scenario?.go()
    #expect(await channel.waitForByte() == UInt8(ascii: "r"))
    channel.closeWriter()
    scenario = nil
    // Nobody has the pipe's other end any more.
    #expect(await channel.waitForByte() == nil)
    #expect(kill(pid, 0) == -1)
  }

  @Test func manyTracersAtOnce() async throws {
    try await withThrowingTaskGroup(of: ProcessEnd.self) { group in
      for number in 0..<16 {
        group.addTask {
          let scenario = try await Scenario("exit", String(number))
          try await scenario.go()
          return try await scenario.end()
        }
      }
      var codes: Set<Int32> = []
      for try await case .exited(let code) in group { codes.insert(code) }
      #expect(codes == Set(0..<16))
    }
  }

  @Test func twoProcessesOnOneTracer() async throws {
    let tracer = TracerThread()
    let first = try await TracedProcess.launch(Scenario.request(["exit", "1"]), on: tracer)
    let second = try await TracedProcess.launch(Scenario.request(["exit", "2"]), on: tracer)
    for process in [second, first] {
      try await process.resume(ResumeRequest(thread: ThreadID(process.id.rawValue)))
      for await event in process.events {
        if case .ended(let end) = event { #expect(end == .exited(code: process === first ? 1 : 2)) }
      }
    }
  }
}
