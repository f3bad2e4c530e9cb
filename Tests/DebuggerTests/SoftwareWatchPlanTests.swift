import MachineModel
import Testing

@testable import Debugger

/// A plan that steps and looks, and the plan that it moves the thread by.
@Suite struct SoftwareWatchPlanTests {
  private static let watched = VirtualAddress(0x5000)

  private struct Word: MemoryReader {
    var value: UInt64
    func read(_ address: VirtualAddress, into buffer: UnsafeMutableRawBufferPointer) -> Int {
      guard address == SoftwareWatchPlanTests.watched, buffer.count == 8 else { return 0 }
      buffer.storeBytes(of: value, as: UInt64.self)
      return 8
    }
  }

  /// Runs to a place, and is done there.
  private struct Goal: ThreadPlan {
    let place: VirtualAddress
    var seen: [VirtualAddress] = []
    mutating func next(_ observation: PlanObservation) -> PlanDirective {
      seen.append(observation.registers.programCounter)
      return observation.isStart || observation.registers.programCounter != place ? .run(until: [place]) : .finished
    }
  }

  private func observe(
    _ plan: inout SoftwareWatchPlan, pc: UInt64, value: UInt64, rbx: UInt64 = 0, isStart: Bool = false
  ) -> PlanDirective {
    var registers = RegisterFile()
    registers[.rip] = pc
    registers[.rbx] = rbx
    return plan.next(PlanObservation(registers: registers, memory: Word(value: value), isStart: isStart))
  }

  private var dependencies: WatchDependencies {
    var dependencies = WatchDependencies()
    dependencies.add([Self.watched..<Self.watched + 8])
    dependencies.registers = [.rbx]
    return dependencies
  }

  @Test func stepsUntilSomethingChanges() {
    var plan = SoftwareWatchPlan(watching: [dependencies], nil)
    #expect(observe(&plan, pc: 0x1000, value: 1, isStart: true) == .singleStep)
    #expect(observe(&plan, pc: 0x1004, value: 1) == .singleStep)
    #expect(!plan.hasChanged)
    #expect(observe(&plan, pc: 0x1008, value: 2) == .needsSymbols)
    #expect(plan.hasChanged)
    var continued = plan.continued
    #expect(!continued.hasChanged)
    #expect(observe(&continued, pc: 0x1008, value: 2, isStart: true) == .singleStep)
    #expect(observe(&continued, pc: 0x100c, value: 2, rbx: 7) == .needsSymbols)
  }

  @Test func theOtherPlanEndsWhereItWould() {
    var plan = SoftwareWatchPlan(watching: [dependencies], Goal(place: VirtualAddress(0x2000)))
    #expect(observe(&plan, pc: 0x1000, value: 1, isStart: true) == .singleStep)
    #expect(observe(&plan, pc: 0x1004, value: 1) == .singleStep)
    #expect(observe(&plan, pc: 0x2000, value: 1) == .finished)
    #expect(!plan.hasChanged)
  }

  @Test func aChangeComesBeforeTheOtherPlansEnd() {
    var plan = SoftwareWatchPlan(watching: [dependencies], Goal(place: VirtualAddress(0x2000)))
    _ = observe(&plan, pc: 0x1000, value: 1, isStart: true)
    #expect(observe(&plan, pc: 0x2000, value: 9) == .needsSymbols)
    #expect(plan.hasChanged)
  }

  @Test func whatOverlapsIsWatchedOnce() {
    var dependencies = WatchDependencies()
    let start = Self.watched
    dependencies.add([start + 8..<start + 16, start..<start + 4])
    dependencies.add([start + 2..<start + 6, start + 20..<start + 21])
    #expect(dependencies.ranges == [start..<start + 6, start + 8..<start + 16, start + 20..<start + 21])
  }
}
