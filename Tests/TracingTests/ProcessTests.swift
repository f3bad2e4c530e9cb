import Foundation
import MachineModel
import TestSupport
import Testing

@testable import Tracing

@Suite(.timeLimit(.minutes(2))) struct ProcessTests {
  @Test func aSpinningProcessIsInterrupted() async throws {
    let channel = Channel()
    let scenario = try await Scenario("spin") { $0.standardOutput = .descriptor(channel.writer) }
    try await scenario.go()
    #expect(await channel.waitForByte() == UInt8(ascii: "r"))
    for _ in 0..<20 {
      scenario.process.interrupt()
      #expect(try await scenario.stop().reason == .interrupted)
      try await scenario.go()
    }
    // Without effect on a stopped one.
    scenario.process.interrupt()
    #expect(try await scenario.stop().reason == .interrupted)
    scenario.process.interrupt()
    try await scenario.go(plan: StepCount(left: 10))
    #expect(try await scenario.stop().reason == .planFinished)
    await scenario.process.kill()
    #expect(try await scenario.end() == .killed(by: Signal(SIGKILL), coreDumped: false))
  }

  /// The thread that an interrupt is to be reported of may end while the others are stopped.
  @Test func anInterruptIsReportedThoughItsThreadEnds() async throws {
    let scenario = try await Scenario("churn", "1000000")
    let target = try scenario["target"]
    for _ in 0..<150 {
      try await scenario.process.insertSite(at: target)
      try await scenario.go()
      let stop = try await scenario.stop()
      guard case .breakpoint = stop.reason else { continue }
      try await scenario.process.removeSite(at: target)
      try await scenario.go(stop.thread)
      scenario.process.interrupt()
      #expect(try await scenario.stop().reason == .interrupted)
    }
    await scenario.process.kill()
  }

  @Test func anInterruptEndsAPlan() async throws {
    let scenario = try await Scenario("loop", "1000000000")
    try await scenario.go(plan: StepUntil(address: VirtualAddress(0)))
    scenario.process.interrupt()
    #expect(try await scenario.stop().reason == .interrupted)
    try await scenario.go(plan: StepCount(left: 1))
    #expect(try await scenario.stop().reason == .planFinished)
    await scenario.process.kill()
  }

  @Test(arguments: [false, true]) func aBlockedSystemCallIsInterruptedAndRestarted(_ isStepping: Bool) async throws {
    let output = Channel()
    let input = Channel()
    let scenario = try await Scenario("block") { request in
      request.standardOutput = .descriptor(output.writer)
      request.standardInput = .descriptor(input.reader)
    }
    try await scenario.go(plan: isStepping ? StepUntil(address: VirtualAddress(0)) : nil)
    #expect(await output.waitForByte() == UInt8(ascii: "r"))
    for _ in 0..<3 {
      scenario.process.interrupt()
      #expect(try await scenario.stop().reason == .interrupted)
      try await scenario.go()
    }
    input.send(44)
    #expect(try await scenario.end() == .exited(code: 44))
  }

  @Test(arguments: ["fork", "vfork"]) func childrenMeetNoTraps(_ way: String) async throws {
    let scenario = try await Scenario(way)
    let target = try scenario["target"]
    try await scenario.process.insertSite(at: target)
    try await scenario.go()
    #expect(try await scenario.stop().reason == .breakpoint(target))
    #expect(await scenario.process.hits(at: target) == 1)
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 7))
  }

  @Test func steppingOverVfork() async throws {
    let scenario = try await Scenario("vfork")
    let (target, vfork) = (try scenario["target"], try scenario["vfork_once"])
    try await scenario.process.insertSite(at: target)
    try await scenario.go(plan: RunUntil(addresses: [vfork]))
    let frame = try await scenario.stop().registers.stackPointer
    try await scenario.go(plan: StepOut(end: frame + 8))
    let stop = try await scenario.stop()
    #expect(stop.reason == .planFinished)
    #expect(stop.registers[.rax] == 7)
    #expect(scenario.process.processMemory.rawByte(target) == 0xCC)
    try await scenario.go()
    #expect(try await scenario.stop().reason == .breakpoint(target))
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 7))
  }

  @Test func aProcessSpawnsWhileAThreadHitsTraps() async throws {
    let scenario = try await Scenario("spawn")
    let (target, done) = (try scenario["target"], try scenario["done"])
    try await scenario.process.insertSite(at: target)
    try await scenario.process.insertSite(at: done)
    await scenario.process.setPolicy(SitePolicy(ignoreCount: Int.max), at: target)
    try await scenario.go()
    #expect(try await scenario.stop().reason == .breakpoint(done))
    #expect(await scenario.process.hits(at: target) == 100)
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 9))
  }

  @Test(arguments: [[], ["thread"]]) func executingDropsThreadsAndSites(_ way: [String]) async throws {
    let scenario = way.isEmpty ? try await Scenario("exec") : try await Scenario("exec", "thread")
    let target = try scenario["target"]
    try await scenario.process.insertSite(at: target)
    try await scenario.go()
    let stop = try await scenario.stop()
    #expect(stop.reason == .executed)
    #expect(stop.thread == scenario.leader)
    #expect(await scenario.process.threads().map(\.id) == [scenario.leader])
    #expect(scenario.process.processMemory.rawByte(target) != 0xCC)
    #expect(await scenario.process.hits(at: target) == 0)
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 5))
  }

  @Test func theLeaderMayExitFirst() async throws {
    let scenario = try await Scenario("leaderexit")
    let target = try scenario["target"]
    try await scenario.process.insertSite(at: target)
    try await scenario.go()
    let stop = try await scenario.stop()
    #expect(stop.reason == .breakpoint(target))
    #expect(stop.thread != scenario.leader)
    #expect(await scenario.process.threads().map(\.id) == [stop.thread])
    #expect(try scenario.variable("calls") == 0)
    let byte = try scenario.process.memory.bytes(target, count: 1)
    #expect(byte != [0xCC])
    try await scenario.process.write(byte, at: target)
    #expect(scenario.process.processMemory.rawByte(target) == 0xCC)
    #expect(scenario.process.regions().contains { $0.range.contains(target) })
    #expect(!scenario.process.auxiliaryVector().isEmpty)
    try await scenario.process.removeSite(at: target)
    try await scenario.go(stop.thread)
    #expect(try await scenario.end() == .exited(code: 3))
  }

  @Test(arguments: [100, 1000]) func manyThreads(_ count: Int) async throws {
    let scenario = try await Scenario("many", String(count))
    let target = try scenario["target"]
    try await scenario.process.insertSite(at: target)
    try await scenario.go()
    #expect(try await scenario.stop().reason == .breakpoint(target))
    let threads = await scenario.process.threads()
    #expect(threads.count == count + 1)
    #expect(threads.first?.id == scenario.leader)
    #expect(threads.contains { $0.name == "worker \(count - 1)" })
    for thread in threads { #expect(await scenario.process.registers(of: thread.id) != nil) }
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 0))
  }

  @Test func threadsComeAndGo() async throws {
    let scenario = try await Scenario("churn", "50")
    let (target, done) = (try scenario["target"], try scenario["done"])
    try await scenario.process.insertSite(at: target)
    try await scenario.process.insertSite(at: done)
    await scenario.process.setPolicy(SitePolicy(ignoreCount: Int.max), at: target)
    try await scenario.go()
    var started = 0
    var ended = 0
    var stops: [StopReason] = []
    for await event in scenario.process.events {
      switch event {
      case .threadStarted: started += 1
      case .threadEnded: ended += 1
      case .forked, .signalled, .passed: break
      case .stopped(let stop): stops.append(stop.reason)
      case .ended: break
      }
      if !stops.isEmpty { break }
    }
    #expect(stops == [.breakpoint(done)])
    #expect(await scenario.process.hits(at: target) == 200)
    #expect(started == 200)
    try await scenario.go()
    for await event in scenario.process.events { if case .threadEnded = event { ended += 1 } }
    #expect(ended == 200)
  }

  @Test func detachingLeavesTheProcessAsItWas() async throws {
    let input = Channel()
    let output = Channel()
    let scenario = try await Scenario("block") { request in
      request.standardInput = .descriptor(input.reader)
      request.standardOutput = .descriptor(output.writer)
    }
    let target = try scenario["target"]
    try await scenario.process.insertSite(at: target)
    try await scenario.go()
    #expect(await output.waitForByte() == UInt8(ascii: "r"))
    try await scenario.process.detach()
    #expect(try await scenario.end() == .detached)
    let pid = scenario.process.id.rawValue
    let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
    #expect(status.contains("TracerPid:\t0\n"))
    let memory = FileHandle(forReadingAtPath: "/proc/\(pid)/mem")
    try memory?.seek(toOffset: target.rawValue)
    #expect(try memory?.read(upToCount: 1) != Data([0xCC]))
    output.closeWriter()
    input.send(1)
    #expect(await output.waitForByte() == nil)
  }

  /// Interrupts and steps at any moment of a program whose threads hit a site all the time.
  @Test func interruptsLoseNoHit() async throws {
    let scenario = try await Scenario("threads", "6", "60")
    let (target, done) = (try scenario["target"], try scenario["done"])
    try await scenario.process.insertSite(at: target)
    try await scenario.process.insertSite(at: done)
    await scenario.process.setPolicy(SitePolicy(ignoreCount: Int.max), at: target)
    var stop: StopEvent?
    while stop?.reason != .breakpoint(done) {
      let thread = await scenario.process.threads().last?.id
      try await scenario.go(thread, plan: stop?.reason == .interrupted ? StepCount(left: 3) : nil)
      scenario.process.interrupt()
      stop = try await scenario.stop()
    }
    #expect(try scenario.variable("calls") == 360)
    #expect(await scenario.process.hits(at: target) == 360)
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 0))
  }

  @Test func forksOfAThreadedProgram() async throws {
    let scenario = try await Scenario("forks", "20")
    let (target, done) = (try scenario["target"], try scenario["done"])
    try await scenario.process.insertSite(at: target)
    try await scenario.process.insertSite(at: done)
    await scenario.process.setPolicy(SitePolicy(ignoreCount: Int.max), at: target)
    try await scenario.go()
    #expect(try await scenario.stop().reason == .breakpoint(done))
    #expect(await scenario.process.hits(at: target) == 2000)
    try await scenario.go()
    #expect(try await scenario.end() == .exited(code: 0))
  }

  @Test func detachingFromThreadsThatHitTraps() async throws {
    let output = Channel()
    let scenario = try await Scenario("threads", "6", "200000") { $0.standardOutput = .descriptor(output.writer) }
    let target = try scenario["target"]
    try await scenario.process.insertSite(at: target)
    try await scenario.go()
    let stop = try await scenario.stop()
    await scenario.process.setPolicy(SitePolicy(ignoreCount: Int.max), at: target)
    try await scenario.go(stop.thread)
    while await scenario.process.hits(at: target) < 50 { await Task.yield() }
    try await scenario.process.detach()
    output.closeWriter()
    #expect(await output.waitForByte() == UInt8(ascii: "k"))
    #expect(await output.waitForByte() == nil)
  }

  @Test func killingRunningThreads() async throws {
    let scenario = try await Scenario("threads", "8", "1000000")
    let target = try scenario["target"]
    try await scenario.process.insertSite(at: target)
    await scenario.process.setPolicy(SitePolicy(ignoreCount: Int.max), at: target)
    try await scenario.go()
    while await scenario.process.hits(at: target) < 50 { await Task.yield() }
    await scenario.process.kill()
    #expect(try await scenario.end() == .killed(by: Signal(SIGKILL), coreDumped: false))
  }

  @Test func detachingWhileStoppedHandsTheSignalBack() async throws {
    let output = Channel()
    let scenario = try await Scenario("raise", String(SIGUSR1)) { $0.standardOutput = .descriptor(output.writer) }
    try await scenario.go()
    _ = try await scenario.stop()
    try await scenario.process.detach()
    output.closeWriter()
    #expect(await output.waitForByte() == nil)
    await #expect(throws: TracingError.self) { try await scenario.process.detach() }
  }

  /// The process vanishes under whatever is asked of it.
  @Test func nothingHangsOnAKilledProcess() async throws {
    let scenario = try await Scenario("many", "20")
    let target = try scenario["target"]
    try await scenario.process.insertSite(at: target)
    try await scenario.go()
    _ = try await scenario.stop()
    kill(scenario.process.id.rawValue, SIGKILL)
    _ = await scenario.process.registers(of: scenario.leader)
    _ = await scenario.process.threads()
    try? await scenario.process.insertSite(at: target + 1)
    try? await scenario.process.write([1, 2, 3], at: target)
    try? await scenario.go(plan: StepCount(left: 1000))
    #expect(try await scenario.end() == .killed(by: Signal(SIGKILL), coreDumped: false))
    await scenario.process.kill()
    await #expect(throws: TracingError.self) { try await scenario.process.insertSite(at: target) }
  }

  @Test func aRunningProcessRefusesAnotherResumption() async throws {
    let channel = Channel()
    let scenario = try await Scenario("spin") { $0.standardOutput = .descriptor(channel.writer) }
    try await scenario.go()
    await #expect(throws: TracingError(operation: .resume, errno: EBUSY)) { try await scenario.go() }
    await scenario.process.kill()
  }
}
