import MachineModel

/// What is special about an instruction that is to be executed as a single step.
private enum SteppedInstruction {
  case plain
  /// `pushf`: saves the flags.
  case pushesFlags
  /// A system call may take any time.
  case mayBlock

  /// By opcode (Intel SDM volume 2, appendix A), behind legacy and REX prefixes.
  init(_ bytes: UnsafeRawBufferPointer) {
    let opcode = bytes.drop { $0 == 0x66 || $0 == 0xF2 || $0 == 0xF3 || $0 & 0xF0 == 0x40 }
    guard let first = opcode.first, let second = opcode.dropFirst().first else {
      self = .mayBlock
      return
    }
    self =
      switch (first, second) {
      case (0x9C, _): .pushesFlags
      // syscall, sysenter, int
      case (0x0F, 0x05), (0x0F, 0x34), (0xCD, _): .mayBlock
      default: .plain
      }
  }
}

extension TracedProcess {
  /// Looks at the instruction that a stopped thread is about to execute as a step; answers whether it is sure
  /// to end at once.
  func prepareStep(of thread: TracedThread) -> Bool {
    thread.isPushingFlags = false
    guard let registers = registers(of: thread) else { return false }
    let instruction = withUnsafeTemporaryAllocation(byteCount: 8, alignment: 8) { buffer in
      let got = processMemory.readRaw(registers.programCounter, buffer)
      return SteppedInstruction(UnsafeRawBufferPointer(rebasing: buffer[..<got]))
    }
    thread.isPushingFlags = instruction == .pushesFlags
    return instruction != .mayBlock
  }

  /// Removes what the step left in the program: the trap flag in flags that it pushed.
  func finishStep(of thread: TracedThread) {
    guard thread.isPushingFlags, let registers = registers(of: thread) else { return }
    thread.isPushingFlags = false
    // TF is bit 8 (Intel SDM volume 1, §3.4.3).
    let flags = registers.stackPointer + 1
    if let byte = processMemory.rawByte(flags) { processMemory.writeRaw([byte & ~1], at: flags) }
  }
}
