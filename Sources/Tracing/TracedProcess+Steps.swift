import MachineModel

extension TracedProcess {
  /// So many instructions in a row are carried out in a thread's place; then it makes a step of its own, at which its signals
  /// come, and other threads move.
  private static let carriedOutAtMost = 256

  /// Carries out the instruction that a plan's thread is about to step over, in its place: a hundredth of a stop's cost. False
  /// where the processor has to: it is not one of the simple ones, or there is something to meet on the way.
  func carryOutStep(of run: PlanRun, _ code: inout CodeWindow) -> Bool {
    let thread = run.thread
    guard run.plan?.needsProcessor == false, thread.carriedOut < Self.carriedOutAtMost, thread.signalToDeliver == 0,
      thread.ownSignal == 0, thread.pending == nil, !thread.isInGroupStop, watches.all.isEmpty,
      thread.handlerReturn == nil,
      let here = registers(of: thread)?.programCounter, thread.passedSite == here || !patches.contains(here),
      let instruction = code.instruction(at: here), carryOut(instruction, by: thread)
    else {
      thread.carriedOut = 0
      return false
    }
    thread.carriedOut += 1
    thread.passedSite = nil
    return true
  }

  /// Looks at the instruction that a stopped thread is about to execute as a step.
  func prepareStep(of thread: TracedThread) {
    thread.isPushingFlags = false
    guard let registers = registers(of: thread) else { return }
    let opcode = withUnsafeTemporaryAllocation(byteCount: 8, alignment: 8) { buffer in
      let got = processMemory.readRaw(registers.programCounter, buffer)
      // Behind legacy and REX prefixes (Intel SDM volume 2, appendix A).
      return buffer[..<got].first { !($0 == 0x66 || $0 == 0xF2 || $0 == 0xF3 || $0 & 0xF0 == 0x40) }
    }
    thread.isPushingFlags = opcode == Self.pushf
  }

  /// `pushf`: saves the flags.
  private static let pushf: UInt8 = 0x9C

  /// Removes what the step left in the program: the trap flag in flags that it pushed.
  func finishStep(of thread: TracedThread) {
    guard thread.isPushingFlags, let registers = registers(of: thread) else { return }
    thread.isPushingFlags = false
    // TF is bit 8 (Intel SDM volume 1, §3.4.3).
    let flags = registers.stackPointer + 1
    if let byte = processMemory.rawByte(flags) { processMemory.writeRaw([byte & ~1], at: flags) }
  }
}
