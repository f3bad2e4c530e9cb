import Foundation
import MachineModel
import TestSupport
import Testing

@testable import Tracing

@Suite(.timeLimit(.minutes(2))) struct SignalTests {
  private let user = Signal(SIGUSR1)

  @Test func aSignalStopsAndIsDeliveredOnceWithItsInformation() async throws {
    let scenario = try await Scenario("signal", String(SIGUSR1))
    try await scenario.go()
    let stop = try await scenario.stop()
    let information = SignalInfo(signal: user, code: -1, sender: scenario.process.id)
    #expect(stop.reason == .signal(information))
    #expect(try scenario.variable("handled") == 0)
    try await scenario.go(signal: user)
    #expect(try await scenario.end() == .exited(code: 10))
  }

  @Test func aSignalCanBeWithheld() async throws {
    let scenario = try await Scenario("signal", String(SIGUSR1))
    try await scenario.go()
    _ = try await scenario.stop()
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 0))
  }

  @Test func othersPassWithoutAStop() async throws {
    let scenario = try await Scenario("signal", String(SIGUSR1))
    await scenario.process.setSignalDispositions(passing([SIGUSR1]))
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 10))
  }

  @Test(arguments: [SIGALRM, SIGCHLD, SIGWINCH, SIGPROF]) func passedByDefault(_ number: Int32) async throws {
    let scenario = try await Scenario("signal", String(number))
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 10))
  }

  @Test func aSignalThatWasNotThereCanBeDelivered() async throws {
    let scenario = try await Scenario("signal", String(SIGALRM))
    let done = try scenario["done"]
    try await scenario.process.insertSite(at: done)
    try await scenario.go()
    #expect(try await scenario.stop().reason == .breakpoint(done))
    try await scenario.go(signal: Signal(SIGALRM))
    #expect(try await scenario.end() == .exited(code: 2))
    #expect(await scenario.process.hits(at: done) == 1)
  }

  @Test func thereIsNoSuchSignal() async throws {
    let scenario = try await Scenario("call", "1")
    await #expect(throws: TracingError(operation: .resume, errno: EINVAL)) {
      try await scenario.go(signal: Signal(99))
    }
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 0))
  }

  @Test func aSignalSentFromAnEventStopIsDeliveredWithoutAnother() async throws {
    let scenario = try await Scenario("call", "1")
    try await scenario.go(signal: Signal(SIGUSR1))
    #expect(try await scenario.end() == .killed(by: Signal(SIGUSR1), coreDumped: false))
  }

  @Test func aFaultTellsItsAddress() async throws {
    let scenario = try await Scenario("call", "1")
    let target = try scenario["target"]
    try await scenario.process.insertSite(at: target)
    try await scenario.go()
    var registers = try await scenario.stop().registers
    // push %rbp faults on that stack.
    registers[.rsp] = 0x1008
    try await scenario.process.setRegisters(registers, of: scenario.leader)
    try await scenario.go()
    let stop = try await scenario.stop()
    let information = SignalInfo(signal: Signal(SIGSEGV), code: 1, faultAddress: VirtualAddress(0x1000))
    #expect(stop.reason == .signal(information))
    #expect(stop.registers.programCounter == target)
    try await scenario.go(signal: Signal(SIGSEGV))
    #expect(try await scenario.end() == .killed(by: Signal(SIGSEGV), coreDumped: false))
  }

  @Test func aStepEndsInTheFrameThatASignalInterrupts() async throws {
    let scenario = try await Scenario("alarm")
    let (target, send, done) = (try scenario["target"], try scenario["send_alarm"], try scenario["done"])
    try await scenario.process.insertSite(at: send)
    try await scenario.go()
    let frame = try await scenario.stop().registers.stackPointer
    await scenario.process.setPolicy(SitePolicy(ignoreCount: 1), at: target)
    // Every instruction until the sender returns, the handler's not among them.
    try await scenario.go(plan: StepOut(end: frame + 8, forbidden: scenario["handler"]))
    let stop = try await scenario.stop()
    #expect(stop.reason == .planFinished)
    #expect(stop.registers.stackPointer == frame + 8)
    #expect(try scenario.variable("handled") == 1)
    try await scenario.process.insertSite(at: done)
    try await scenario.go()
    #expect(try await scenario.stop().reason == .breakpoint(done))
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 1))
  }

  @Test func aStormOfSignalsLosesNoHit() async throws {
    let scenario = try await Scenario("storm", "300")
    let (target, done) = (try scenario["target"], try scenario["done"])
    try await scenario.process.insertSite(at: target)
    try await scenario.process.insertSite(at: done)
    await scenario.process.setPolicy(SitePolicy(ignoreCount: Int.max), at: target)
    try await scenario.go()
    #expect(try await scenario.stop().reason == .breakpoint(done))
    #expect(try scenario.variable("calls") == 300)
    #expect(await scenario.process.hits(at: target) == 300)
    await scenario.process.kill()
  }

  @Test func stepsSurviveAStorm() async throws {
    let scenario = try await Scenario("storm", "200")
    let (target, done) = (try scenario["target"], try scenario["done"])
    try await scenario.process.insertSite(at: target)
    try await scenario.go()
    _ = try await scenario.stop()
    try await scenario.process.removeSite(at: target)
    try await scenario.go(plan: StepCount(left: 300))
    #expect(try await scenario.stop().reason == .planFinished)
    try await scenario.process.insertSite(at: done)
    try await scenario.go()
    #expect(try await scenario.stop().reason == .breakpoint(done))
    #expect(try scenario.variable("calls") == 200)
    await scenario.process.kill()
  }

  @Test func jobControlStopsAndContinues() async throws {
    let channel = Channel()
    let scenario = try await Scenario("stopself") { $0.standardOutput = .descriptor(channel.writer) }
    await scenario.process.setSignalDispositions(passing([SIGSTOP, SIGCONT]))
    try await scenario.go()
    let pid = scenario.process.id.rawValue
    // A stopped process is told of to its parent only; its state shows it ("t": stopped by the tracer's leave).
    while try !stateOf(pid).contains("T") && !stateOf(pid).contains("t") { sched_yield() }
    #expect(kill(pid, SIGCONT) == 0)
    #expect(await channel.waitForByte() == UInt8(ascii: "c"))
    #expect(try await scenario.end() == .exited(code: 6))
  }

  private func stateOf(_ pid: Int32) throws -> Substring {
    let text = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
    return text[(try #require(text.lastIndex(of: ")")))...].dropFirst(2).prefix(1)
  }
}

/// gdb's, but for signals that pass without a stop.
private func passing(_ numbers: [Int32]) -> SignalDispositions {
  var dispositions = SignalDispositions()
  for number in numbers { dispositions[Signal(number)] = SignalDisposition(stops: false, prints: false, passes: true) }
  return dispositions
}
