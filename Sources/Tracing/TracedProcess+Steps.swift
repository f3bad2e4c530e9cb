import MachineModel

extension TracedProcess {
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
