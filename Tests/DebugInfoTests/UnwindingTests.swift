import MachineModel
import Testing

@testable import DebugInfo

struct UnwindingTests {
  @Test("Through a signal's frame, onto the stack it interrupted", arguments: ["gcc", "clang"])
  func signals(compiler: String) throws {
    let program = try StoppedProgram("signals.c", compiler: compiler)
    let (frames, end) = program.frames()
    #expect(frames.prefix(4).map(\.functionName) == ["handler", frames[1].functionName, "interrupted", "main"])
    #expect(frames.prefix(4).map(\.registers.isSignalTrampoline) == [false, true, false, false])
    #expect(frames.prefix(4).map(\.registers.isInterrupted) == [true, false, true, false])
    #expect(end == .outermost)
    #expect(try frames[2].number("local") == 42)
    #expect(try frames[0].number("number") == 11)
  }

  @Test("Without call frame information, by prologue and frame pointer")
  func withoutInformation() throws {
    let program = try StoppedProgram("nocfi.c")
    let (frames, _) = program.frames()
    #expect(frames.prefix(3).map(\.functionName) == ["frameless", "framed", "main"])
    #expect(try frames[2].number("kept") == 11)
    #expect(program.symbols.canonicalFrameAddress(of: frames[0].registers, memory: program.memory) == nil)
  }

  @Test("After a call through a null pointer")
  func wildCall() throws {
    let program = try StoppedProgram("nocfi.c", environment: ["WILD=1"])
    let (frames, _) = program.frames()
    #expect(frames[0].registers.programCounter == VirtualAddress(0))
    #expect(frames.count > 1 && frames[1].functionName == "main")
    #expect(try frames[1].number("kept") == 11)
  }

  @Test("Where callers' registers are saved")
  func savedRegisters() throws {
    let program = try StoppedProgram("locals.c")
    let frames = program.frames().frames
    let base = 6
    let address = try #require(frames[1].registers.savedAddress(dwarf: base))
    #expect(try program.memory.integer(address, as: UInt64.self) == frames[1].registers[dwarf: base])
    let cfa = try #require(program.symbols.canonicalFrameAddress(of: frames[0].registers, memory: program.memory))
    #expect(frames[1].registers.stackPointer == cfa)
    #expect(frames[1].registers.savedAddress(dwarf: 16) == cfa - 8)
  }

  @Test("The frame's address by a register, as the tracer thread finds it", arguments: ["gcc", "clang"])
  func frameRules(compiler: String) throws {
    let program = try StoppedProgram("locals.c", compiler: compiler)
    for frame in program.frames().frames.prefix(2) {
      let pc = frame.registers.programCounter
      let rule = try #require(program.symbols.frameRule(at: pc))
      var registers = RegisterFile()
      for number in 0...16 {
        guard let register = GeneralRegister(dwarfNumber: number) else { continue }
        registers[register] = frame.registers[dwarf: number] ?? 0
      }
      let cfa = program.symbols.canonicalFrameAddress(of: frame.registers, memory: program.memory)
      #expect(rule.address(registers) == cfa)
      #expect(rule.program?.evaluate(registers, program.memory) == cfa?.rawValue)
    }
  }

  @Test("A ruined stack ends the frames with a reason")
  func ruined() throws {
    let program = try StoppedProgram("locals.c")
    let innermost = program.frames().frames[0].registers
    func frame(stackPointer: UInt64, framePointer: UInt64, programCounter: UInt64? = nil) -> FrameRegisters {
      var values = (0...16).map { innermost[dwarf: $0] }
      values[7] = stackPointer
      values[6] = framePointer
      if let programCounter { values[16] = programCounter }
      return FrameRegisters(values: values, saved: .init(repeating: nil, count: 17), isInterrupted: true)
    }
    let unmapped: UInt64 = 0x10
    guard
      case .failure(.unreadable) = program.symbols.caller(
        of: frame(stackPointer: unmapped, framePointer: unmapped), memory: program.memory)
    else {
      Issue.record("read what is not there")
      return
    }
    // The frame pointer below the stack pointer: the caller would be below its callee.
    let stack = try #require(innermost.stackPointer)
    let below = frame(stackPointer: stack.rawValue, framePointer: stack.rawValue - 4096)
    let memory = FilledBelow(limit: stack, memory: program.memory)
    #expect(
      program.symbols.caller(of: below, memory: memory)
        == .failure(.damaged("previous frame inner to this frame (corrupt stack?)")))
    let wild = frame(stackPointer: unmapped, framePointer: unmapped, programCounter: 0x1234)
    #expect(
      program.symbols.caller(of: wild, memory: program.memory)
        == .failure(.noUnwindInformation(VirtualAddress(0x1234))))
  }
}

/// A program's memory with the same byte everywhere below an address: what lies below a stack is left over from earlier
/// calls, and may be anything.
private struct FilledBelow: MemoryReader {
  let limit: VirtualAddress
  let memory: any MemoryReader

  func read(_ address: VirtualAddress, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard address < limit else { return memory.read(address, into: buffer) }
    buffer.initializeMemory(as: UInt8.self, repeating: 0x41)
    return buffer.count
  }
}
