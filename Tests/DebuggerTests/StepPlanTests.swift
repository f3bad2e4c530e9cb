import Debugger
import MachineModel
import Testing

/// A stack of eight-byte words, as a plan sees memory.
private struct StackMemory: MemoryReader {
  var words: [UInt64: UInt64]
  func read(_ address: VirtualAddress, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard let word = words[address.rawValue], buffer.count == 8 else { return 0 }
    buffer.storeBytes(of: word, as: UInt64.self)
    return 8
  }
}

/// Drives a plan through program counters and stack pointers that a program might have had.
private struct Rehearsal {
  var words: [UInt64: UInt64] = [:]

  func observe(_ plan: inout some ThreadPlan, pc: UInt64, sp: UInt64, isStart: Bool = false) -> PlanDirective {
    var registers = RegisterFile()
    registers[.rip] = pc
    registers[.rsp] = sp
    return plan.next(PlanObservation(registers: registers, memory: StackMemory(words: words), isStart: isStart))
  }
}

private let line = [VirtualAddress(0x1000)..<VirtualAddress(0x1010)]

@Suite struct LineStepPlanTests {
  @Test func stepsWhileInTheLine() {
    var plan = LineStepPlan(ranges: line, stepsOverCalls: true)
    let run = Rehearsal()
    #expect(run.observe(&plan, pc: 0x1000, sp: 0x8000, isStart: true) == .singleStep)
    #expect(run.observe(&plan, pc: 0x1004, sp: 0x8000) == .singleStep)
    #expect(run.observe(&plan, pc: 0x1010, sp: 0x8000) == .needsSymbols)
  }

  @Test func nextRunsACallToItsReturn() {
    var plan = LineStepPlan(ranges: line, stepsOverCalls: true)
    let run = Rehearsal(words: [0x7ff8: 0x1009])
    _ = run.observe(&plan, pc: 0x1004, sp: 0x8000, isStart: true)
    #expect(run.observe(&plan, pc: 0x2000, sp: 0x7ff8) == .run(until: [VirtualAddress(0x1009)]))
    #expect(run.observe(&plan, pc: 0x1009, sp: 0x8000) == .singleStep)
  }

  /// A deeper recursion returns to the same address first, with its stack below ours.
  @Test func nextIsNotEndedByADeeperRecursion() {
    var plan = LineStepPlan(ranges: line, stepsOverCalls: true)
    let run = Rehearsal(words: [0x7ff8: 0x1009])
    _ = run.observe(&plan, pc: 0x1004, sp: 0x8000, isStart: true)
    _ = run.observe(&plan, pc: 0x1000, sp: 0x7ff8)
    #expect(run.observe(&plan, pc: 0x1009, sp: 0x7f00) == .run(until: [VirtualAddress(0x1009)]))
    #expect(run.observe(&plan, pc: 0x1009, sp: 0x8000) == .singleStep)
  }

  @Test func stepAsksAboutACall() {
    var plan = LineStepPlan(ranges: line, stepsOverCalls: false)
    let run = Rehearsal(words: [0x7ff8: 0x1009])
    _ = run.observe(&plan, pc: 0x1004, sp: 0x8000, isStart: true)
    #expect(run.observe(&plan, pc: 0x2000, sp: 0x7ff8) == .needsSymbols)
  }

  /// `push` moves the stack like a call does, but what it pushes is no return address.
  @Test func aPushIsNoCall() {
    var plan = LineStepPlan(ranges: line, stepsOverCalls: true)
    let run = Rehearsal(words: [0x7ff8: 0xdead])
    _ = run.observe(&plan, pc: 0x1000, sp: 0x8000, isStart: true)
    #expect(run.observe(&plan, pc: 0x1001, sp: 0x7ff8) == .singleStep)
  }

  /// `call` to the next instruction reads the program counter.
  @Test func aCallOfTheNextInstructionIsNone() {
    var plan = LineStepPlan(ranges: line, stepsOverCalls: true)
    let run = Rehearsal(words: [0x7ff8: 0x1005])
    _ = run.observe(&plan, pc: 0x1000, sp: 0x8000, isStart: true)
    #expect(run.observe(&plan, pc: 0x1005, sp: 0x7ff8) == .singleStep)
  }
}

@Suite struct InstructionStepPlanTests {
  @Test(arguments: [1, 2, 5])
  func takesAsManyStepsAsAsked(count: Int) {
    var plan = InstructionStepPlan(count: count, stepsOverCalls: false)
    let run = Rehearsal()
    var directives = [run.observe(&plan, pc: 0x1000, sp: 0x8000, isStart: true)]
    for step in 1...count { directives.append(run.observe(&plan, pc: 0x1000 + UInt64(step), sp: 0x8000)) }
    #expect(directives == .init(repeating: .singleStep, count: count) + [.finished])
  }

  @Test func nextiCountsACallAsOne() {
    var plan = InstructionStepPlan(count: 1, stepsOverCalls: true)
    let run = Rehearsal(words: [0x7ff8: 0x1005])
    _ = run.observe(&plan, pc: 0x1000, sp: 0x8000, isStart: true)
    #expect(run.observe(&plan, pc: 0x2000, sp: 0x7ff8) == .run(until: [VirtualAddress(0x1005)]))
    #expect(run.observe(&plan, pc: 0x1005, sp: 0x8000) == .finished)
  }
}

@Suite struct RunToPlanTests {
  @Test func finishWaitsForItsOwnFrame() {
    var plan = RunToPlan(returnAddress: VirtualAddress(0x1009), frame: VirtualAddress(0x8000))
    let run = Rehearsal()
    #expect(run.observe(&plan, pc: 0x2000, sp: 0x7f00, isStart: true) == .run(until: [VirtualAddress(0x1009)]))
    #expect(run.observe(&plan, pc: 0x1009, sp: 0x7f00) == .run(until: [VirtualAddress(0x1009)]))
    #expect(run.observe(&plan, pc: 0x1009, sp: 0x8000) == .finished)
  }

  @Test func advanceEndsAtAnyOfItsPlaces() {
    var plan = RunToPlan(places: [VirtualAddress(0x3000)], returnAddress: VirtualAddress(0x1009))
    let run = Rehearsal()
    let both = PlanDirective.run(until: [VirtualAddress(0x3000), VirtualAddress(0x1009)])
    #expect(run.observe(&plan, pc: 0x3000, sp: 0x7f00, isStart: true) == both)
    #expect(run.observe(&plan, pc: 0x3000, sp: 0x7f00) == .finished)
  }
}
