import Foundation
import MachineModel
import TestSupport
import Testing

@testable import Tracing

@Suite(.timeLimit(.minutes(2))) struct PlanTests {
  @Test func singleStepsMoveOneInstructionEach() async throws {
    let scenario = try await Scenario("call", "2")
    let target = try scenario["target"]
    try await scenario.go(plan: RunUntil(addresses: [target]))
    var stop = try await scenario.stop()
    #expect(stop.reason == .planFinished)
    #expect(stop.registers.programCounter == target)
    // push %rbp; mov %rsp,%rbp
    for expected in [target + 1, target + 4] {
      try await scenario.go(plan: StepCount(left: 1))
      stop = try await scenario.stop()
      #expect(stop.reason == .planFinished)
      #expect(stop.registers.programCounter == expected)
    }
    #expect(scenario.process.processMemory.rawByte(target) != 0xCC)
    await scenario.process.kill()
  }

  @Test func steppingIsTheSameAsRunning() async throws {
    let scenario = try await Scenario("call", "3")
    let (target, done) = (try scenario["target"], try scenario["done"])
    try await scenario.go(plan: RunUntil(addresses: [target]))
    _ = try await scenario.stop()
    try await scenario.go(plan: StepUntil(address: done))
    #expect(try await scenario.stop().registers.programCounter == done)
    #expect(try scenario.variable("calls") == 3)
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 0))
  }

  /// `stepOff`: a user's site under the program counter as the plan starts.
  @Test(arguments: [false, true]) func returningToTheCallerHoldsThroughRecursion(_ hasSite: Bool) async throws {
    let scenario = try await Scenario("descend", "5")
    let descend = try scenario["descend"]
    if hasSite { try await scenario.process.insertSite(at: descend) }
    for _ in 0..<3 {
      try await scenario.go(plan: hasSite ? nil : RunUntil(addresses: [descend]))
      let stop = try await scenario.stop()
      #expect(stop.registers.programCounter == descend)
    }
    if hasSite { try await scenario.process.removeSite(at: descend) }
    let before = try #require(await scenario.process.registers(of: scenario.leader))
    try await scenario.go(plan: ReturnToCaller())
    let stop = try await scenario.stop()
    #expect(stop.reason == .planFinished)
    #expect(stop.registers.stackPointer == before.stackPointer + 8)
    #expect(stop.registers[.rax] == 3)
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 5))
  }

  @Test func aPlanStartsOffTheSiteItStandsOn() async throws {
    let scenario = try await Scenario("call", "2")
    let target = try scenario["target"]
    try await scenario.process.insertSite(at: target)
    try await scenario.go()
    _ = try await scenario.stop()
    try await scenario.go(plan: StepCount(left: 1))
    let stop = try await scenario.stop()
    #expect(stop.reason == .planFinished)
    #expect(stop.registers.programCounter == target + 1)
    #expect(scenario.process.processMemory.rawByte(target) == 0xCC)
    #expect(await scenario.process.hits(at: target) == 1)
    await scenario.process.kill()
  }

  @Test func runningToWhereItStandsGoesRound() async throws {
    let scenario = try await Scenario("call", "2")
    let target = try scenario["target"]
    for round in 0..<2 {
      try await scenario.go(plan: RunUntil(addresses: [target]))
      #expect(try await scenario.stop().registers.programCounter == target)
      #expect(try scenario.variable("calls") == round)
    }
    await scenario.process.kill()
  }

  @Test func aUsersSiteEndsAPlan() async throws {
    let scenario = try await Scenario("call", "1")
    let (target, done) = (try scenario["target"], try scenario["done"])
    try await scenario.process.insertSite(at: target)
    try await scenario.go(plan: RunUntil(addresses: [done]))
    #expect(try await scenario.stop().reason == .breakpoint(target))
    #expect(scenario.process.processMemory.rawByte(done) != 0xCC)
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 0))
  }

  @Test func arrivingOnAUsersSiteIsAHit() async throws {
    let scenario = try await Scenario("call", "2")
    let target = try scenario["target"]
    try await scenario.process.insertSite(at: target + 1)
    try await scenario.go(plan: RunUntil(addresses: [target]))
    #expect(try await scenario.stop().reason == .planFinished)
    try await scenario.go(plan: StepCount(left: 1))
    #expect(try await scenario.stop().reason == .breakpoint(target + 1))
    #expect(await scenario.process.hits(at: target + 1) == 1)
    // Reported once: the next stop is the second call's.
    try await scenario.go()
    #expect(try await scenario.stop().reason == .breakpoint(target + 1))
    #expect(try scenario.variable("calls") == 1)
    #expect(await scenario.process.hits(at: target + 1) == 2)
    await scenario.process.kill()
  }

  @Test func steppingThroughAUsersSiteStopsThere() async throws {
    let scenario = try await Scenario("call", "2")
    let (target, done) = (try scenario["target"], try scenario["done"])
    try await scenario.process.insertSite(at: target)
    try await scenario.go(plan: StepUntil(address: done))
    #expect(try await scenario.stop().reason == .breakpoint(target))
    await scenario.process.setPolicy(SitePolicy(ignoreCount: 5), at: target)
    try await scenario.go(plan: StepUntil(address: done))
    #expect(try await scenario.stop().reason == .planFinished)
    #expect(await scenario.process.hits(at: target) == 2)
    await scenario.process.kill()
  }

  @Test func otherThreadsRunThroughTemporaryTraps() async throws {
    let scenario = try await Scenario("threads", "4", "200")
    let (target, done) = (try scenario["target"], try scenario["done"])
    try await scenario.process.insertSite(at: done)
    // The leader never comes to `target`: all hits are other threads'.
    try await scenario.go(plan: RunUntil(addresses: [target]))
    #expect(try await scenario.stop().reason == .breakpoint(done))
    #expect(try scenario.variable("calls") == 800)
    #expect(await scenario.process.hits(at: target) == 0)
    await scenario.process.kill()
  }

  @Test func aThreadStepsWhileOthersRun() async throws {
    let scenario = try await Scenario("threads", "4", "300")
    let (target, done) = (try scenario["target"], try scenario["done"])
    try await scenario.process.insertSite(at: target)
    try await scenario.process.insertSite(at: done)
    try await scenario.go()
    let worker = try await scenario.stop().thread
    await scenario.process.setPolicy(SitePolicy(ignoreCount: Int.max), at: target)
    // From one hit to the next by steps of one instruction, with the others hitting the site all the time.
    try await scenario.go(worker, plan: StepCount(left: 200))
    let stop = try await scenario.stop()
    #expect(stop.reason == .planFinished)
    #expect(stop.thread == worker)
    try await scenario.go(worker)
    #expect(try await scenario.stop().reason == .breakpoint(done))
    #expect(try scenario.variable("calls") == 1200)
    #expect(await scenario.process.hits(at: target) == 1200)
    await scenario.process.kill()
  }

  @Test func steppingLeavesNoTrapFlagBehind() async throws {
    let scenario = try await Scenario("flags")
    let done = try scenario["done"]
    try await scenario.go(plan: RunUntil(addresses: [scenario["do_flags"]]))
    _ = try await scenario.stop()
    try await scenario.go(plan: StepUntil(address: done))
    #expect(try await scenario.stop().reason == .planFinished)
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 0))
  }

  @Test func othersCanBeHeld() async throws {
    let scenario = try await Scenario("threads", "4", "300")
    let target = try scenario["target"]
    try await scenario.process.insertSite(at: target)
    try await scenario.go()
    let worker = try await scenario.stop().thread
    for _ in 0..<5 {
      let calls = try scenario.variable("calls")
      try await scenario.go(worker, holdsOthers: true)
      let stop = try await scenario.stop()
      #expect(stop.thread == worker)
      #expect(try scenario.variable("calls") == calls + 1)
    }
    try await scenario.process.removeSite(at: target)
    try await scenario.go(worker)
    #expect(try await scenario.end() == .exited(code: 0))
  }

  @Test func aTargetThatIsNotMappedEndsThePlanHere() async throws {
    let scenario = try await Scenario("call", "1")
    let before = try #require(await scenario.process.registers(of: scenario.leader))
    try await scenario.go(plan: RunUntil(addresses: [VirtualAddress(0x10)]))
    let stop = try await scenario.stop()
    #expect(stop.reason == .planFinished)
    #expect(stop.registers == before)
    await scenario.process.kill()
  }

  @Test func aPlanEndsWithItsProcess() async throws {
    let scenario = try await Scenario("call", "1")
    try await scenario.go(plan: StepUntil(address: VirtualAddress(0)))
    #expect(try await scenario.end() == .exited(code: 0))
  }

  @Test func floatingPointAndGeneralRegistersAreWritten() async throws {
    let scenario = try await Scenario("call", "1")
    var state = try #require(await scenario.process.floatingPoint(of: scenario.leader))
    state.setXMM(0, [0x5A])
    try await scenario.process.setFloatingPoint(state, of: scenario.leader)
    var registers = try #require(await scenario.process.registers(of: scenario.leader))
    registers[.r15] = 0x1234_5678_9ABC_DEF0
    try await scenario.process.setRegisters(registers, of: scenario.leader)
    #expect(await scenario.process.floatingPoint(of: scenario.leader)?.xmm(0).first == 0x5A)
    #expect(await scenario.process.registers(of: scenario.leader) == registers)
    await scenario.process.kill()
    #expect(await scenario.process.registers(of: scenario.leader) == nil)
  }
}
