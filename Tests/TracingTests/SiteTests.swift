import Foundation
import MachineModel
import TestSupport
import Testing

@testable import Tracing

@Suite(.timeLimit(.minutes(2))) struct SiteTests {
  @Test func hitsAreReportedAtTheSite() async throws {
    let scenario = try await Scenario("call", "3")
    let target = try scenario["target"]
    try await scenario.process.insertSite(at: target)
    for round in 0..<3 {
      try await scenario.go()
      let stop = try await scenario.stop()
      #expect(stop.reason == .breakpoint(target))
      #expect(stop.thread == scenario.leader)
      #expect(stop.registers.programCounter == target)
      #expect(try scenario.variable("calls") == round)
      #expect(await scenario.process.hits(at: target) == round + 1)
    }
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 0))
  }

  @Test func readsHideTheTrapAndWritesGoUnderIt() async throws {
    let scenario = try await Scenario("call", "1")
    let target = try scenario["target"]
    let before = try scenario.process.memory.bytes(target - 4, count: 12)
    try await scenario.process.insertSite(at: target)
    #expect(try scenario.process.memory.bytes(target - 4, count: 12) == before)
    #expect(scenario.process.processMemory.rawByte(target) == 0xCC)
    // The very byte, and its neighbour.
    try await scenario.process.write([0x90, 0x90], at: target)
    #expect(scenario.process.processMemory.rawByte(target) == 0xCC)
    #expect(try scenario.process.memory.bytes(target, count: 2) == [0x90, 0x90])
    try await scenario.process.removeSite(at: target)
    #expect(scenario.process.processMemory.rawByte(target) == 0x90)
    await scenario.process.kill()
  }

  @Test func insertionsAreCounted() async throws {
    let scenario = try await Scenario("call", "1")
    let target = try scenario["target"]
    try await scenario.process.insertSite(at: target)
    try await scenario.process.insertSite(at: target)
    try await scenario.process.removeSite(at: target)
    #expect(scenario.process.processMemory.rawByte(target) == 0xCC)
    try await scenario.process.removeSite(at: target)
    #expect(scenario.process.processMemory.rawByte(target) != 0xCC)
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 0))
  }

  @Test func unmappedAddressesAreRefused() async throws {
    let scenario = try await Scenario("call", "1")
    let nowhere = VirtualAddress(0x10)
    await #expect(throws: TracingError(operation: .insertSite(nowhere), errno: EIO)) {
      try await scenario.process.insertSite(at: nowhere)
    }
    await #expect(throws: TracingError(operation: .writeMemory(nowhere), errno: EFAULT)) {
      try await scenario.process.write([1], at: nowhere)
    }
    #expect(throws: MemoryError(address: nowhere, completed: 0)) {
      try scenario.process.memory.bytes(nowhere, count: 4)
    }
    await scenario.process.kill()
  }

  @Test func aPartialReadSaysHowFarItGot() async throws {
    let scenario = try await Scenario("call", "1")
    let stack = try #require(scenario.process.regions().first { $0.path == "[stack]" })
    #expect(throws: MemoryError(address: stack.range.upperBound, completed: 100)) {
      try scenario.process.memory.bytes(stack.range.upperBound - 100, count: 300)
    }
    await scenario.process.kill()
  }

  @Test func ignoredHitsDoNotStop() async throws {
    let scenario = try await Scenario("call", "10")
    let target = try scenario["target"]
    try await scenario.process.insertSite(at: target)
    await scenario.process.setPolicy(SitePolicy(ignoreCount: 6), at: target)
    try await scenario.go()
    #expect(try await scenario.stop().reason == .breakpoint(target))
    #expect(try scenario.variable("calls") == 6)
    #expect(await scenario.process.hits(at: target) == 7)
    await scenario.process.setPolicy(SitePolicy(ignoreCount: 100), at: target)
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 0))
  }

  @Test func removedSitesLeaveNothing() async throws {
    let scenario = try await Scenario("call", "5")
    let target = try scenario["target"]
    try await scenario.process.insertSite(at: target)
    try await scenario.go()
    #expect(try await scenario.stop().reason == .breakpoint(target))
    try await scenario.process.removeSite(at: target)
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 0))
  }

  @Test func aSitePlacedWhereTheUserStandsIsNoNews() async throws {
    let scenario = try await Scenario("call", "2")
    let target = try scenario["target"]
    try await scenario.go(plan: RunUntil(addresses: [target]))
    #expect(try await scenario.stop().reason == .planFinished)
    try await scenario.process.insertSite(at: target)
    try await scenario.go()
    let stop = try await scenario.stop()
    #expect(stop.reason == .breakpoint(target))
    #expect(try scenario.variable("calls") == 1)
    await scenario.process.kill()
  }

  @Test func aProgramCounterMovedOntoASiteHitsIt() async throws {
    let scenario = try await Scenario("call", "2")
    let (target, done) = (try scenario["target"], try scenario["done"])
    try await scenario.process.insertSite(at: target)
    try await scenario.process.insertSite(at: done)
    try await scenario.go()
    var registers = try await scenario.stop().registers
    registers.programCounter = done
    try await scenario.process.setRegisters(registers, of: scenario.leader)
    try await scenario.go()
    #expect(try await scenario.stop().reason == .breakpoint(done))
    await scenario.process.kill()
  }

  @Test(arguments: [(8, 500), (3, 1000)]) func noHitOfManyThreadsIsLost(_ threads: Int, _ rounds: Int) async throws {
    let scenario = try await Scenario("threads", String(threads), String(rounds))
    let (target, done) = (try scenario["target"], try scenario["done"])
    try await scenario.process.insertSite(at: target)
    try await scenario.process.insertSite(at: done)
    await scenario.process.setPolicy(SitePolicy(ignoreCount: Int.max), at: target)
    try await scenario.go()
    #expect(try await scenario.stop().reason == .breakpoint(done))
    #expect(try scenario.variable("calls") == threads * rounds)
    #expect(await scenario.process.hits(at: target) == threads * rounds)
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 0))
  }

  @Test func everyThreadsHitIsReportedOnce() async throws {
    let scenario = try await Scenario("threads", "6", "20")
    let (target, done) = (try scenario["target"], try scenario["done"])
    try await scenario.process.insertSite(at: target)
    try await scenario.process.insertSite(at: done)
    try await scenario.go()
    var hits: [ThreadID: Int] = [:]
    while true {
      let stop = try await scenario.stop()
      #expect(stop.registers.programCounter == (stop.reason == .breakpoint(done) ? done : target))
      if stop.reason == .breakpoint(done) { break }
      hits[stop.thread, default: 0] += 1
      try await scenario.go(stop.thread)
    }
    #expect(hits.count == 6)
    #expect(hits.values.allSatisfy { $0 == 20 })
    #expect(try scenario.variable("calls") == 120)
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 0))
  }

  @Test func pendingHitsOfARemovedSiteAreForgotten() async throws {
    let scenario = try await Scenario("threads", "8", "50")
    let (target, done) = (try scenario["target"], try scenario["done"])
    try await scenario.process.insertSite(at: target)
    try await scenario.go()
    let stop = try await scenario.stop()
    #expect(stop.reason == .breakpoint(target))
    try await scenario.process.removeSite(at: target)
    try await scenario.process.insertSite(at: done)
    try await scenario.go(stop.thread)
    #expect(try await scenario.stop().reason == .breakpoint(done))
    #expect(try scenario.variable("calls") == 400)
    await scenario.process.kill()
  }

  @Test func theProgramsOwnTrapsArePassed() async throws {
    let scenario = try await Scenario("trap")
    for _ in 0..<2 {
      try await scenario.go()
      let stop = try await scenario.stop()
      #expect(stop.reason == .programTrap)
      let pc = stop.registers.programCounter
      let bytes = try scenario.process.memory.bytes(pc - 2, count: 2)
      #expect(bytes[1] == 0xCC || bytes == [0xCD, 0x03])
      // Also under a site of ours it stays the program's.
    }
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 4))
  }

  @Test func aSiteOverTheProgramsOwnTrap() async throws {
    let scenario = try await Scenario("trap")
    try await scenario.go()
    let trap = try await scenario.stop().registers.programCounter - 1
    await scenario.process.kill()
    let second = try await Scenario("trap")
    try await second.process.insertSite(at: trap)
    try await second.go()
    #expect(try await second.stop().reason == .breakpoint(trap))
    try await second.go()
    let stop = try await second.stop()
    #expect(stop.reason == .programTrap)
    #expect(stop.registers.programCounter == trap + 1)
    await second.process.kill()
  }
}
