import Elf
import MachineModel

/// Unwinds code without call frame information: hand-written assembler, generated code, a wild jump.
struct FrameGuess {
  let symbols: ProgramSymbols
  let memory: any MemoryReader
  let frame: FrameRegisters

  private static let framePointer = 6
  private static let stackPointer = 7
  private static let programCounter = 16
  /// A function whose prologue is longer than this has none.
  private static let longestScan: UInt64 = 256

  func caller() throws(UnwindEnd) -> FrameRegisters {
    if Self.isTrampoline(frame, memory: memory) { return try interrupted() }
    for guess in guesses() {
      if let caller = caller(returnAddressAt: guess.returnAddress, framePointerAt: guess.framePointer) { return caller }
    }
    throw .noUnwindInformation(frame.programCounter)
  }

  // MARK: Where the return address may be

  private struct Guess {
    let returnAddress: VirtualAddress
    /// Where the caller's frame pointer is saved; nil: still in the register.
    var framePointer: VirtualAddress?
  }

  /// The likeliest first.
  private func guesses() -> [Guess] {
    guard let stack = frame.stackPointer else { return [] }
    var guesses: [Guess] = []
    let pc = frame.programCounter
    let chain = frame[dwarf: Self.framePointer].map(VirtualAddress.init).flatMap { base in
      base >= stack ? Guess(returnAddress: base + 8, framePointer: base) : nil
    }
    if let function = symbols.symbol(at: frame.lookupAddress), function.isFunction, function.address <= pc {
      let code = (try? memory.bytes(function.address, count: Int(min(pc - function.address, Self.longestScan)))) ?? []
      let prologue = StackPrologue(code)
      if frame.isInterrupted, isReturn(pc) { guesses.append(Guess(returnAddress: stack)) }
      if prologue.setsFramePointer, let chain { guesses.append(chain) }
      let pushed = prologue.stackBytes
      guesses.append(
        Guess(
          returnAddress: stack + pushed,
          framePointer: prologue.framePointerOffset.map { stack + pushed - $0 }))
    }
    // A call through a wild pointer has pushed its return address, and done nothing else.
    if frame.isInterrupted, symbols.loadedImage(at: pc) == nil { guesses.append(Guess(returnAddress: stack)) }
    if let chain { guesses.append(chain) }
    if frame.isInterrupted { guesses.append(Guess(returnAddress: stack)) }
    return guesses
  }

  /// `ret`, `rep ret` or `ret N`: the frame is gone.
  private func isReturn(_ pc: VirtualAddress) -> Bool {
    let bytes = (try? memory.bytes(pc, count: 2)) ?? []
    return bytes.first == 0xc3 || bytes.first == 0xc2 || bytes == [0xf3, 0xc3]
  }

  private func caller(returnAddressAt address: VirtualAddress, framePointerAt saved: VirtualAddress?)
    -> FrameRegisters?
  {
    guard let pc = try? memory.integer(address, as: UInt64.self), isCode(VirtualAddress(pc)) else { return nil }
    var values = (0...16).map { frame[dwarf: $0] }
    var places = (0...16).map { frame.savedAddress(dwarf: $0) }
    if let saved {
      guard let base = try? memory.integer(saved, as: UInt64.self) else { return nil }
      values[Self.framePointer] = base
      places[Self.framePointer] = saved
    }
    values[Self.stackPointer] = (address + 8).rawValue
    places[Self.stackPointer] = nil
    values[Self.programCounter] = pc
    places[Self.programCounter] = address
    return FrameRegisters(values: values, saved: places, isInterrupted: false)
  }

  /// Whether a return address may be one: just past an instruction of some image.
  private func isCode(_ address: VirtualAddress) -> Bool {
    guard let image = symbols.loadedImage(at: address - 1) else { return false }
    let inImage = image.imageAddress(address - 1)
    return image.elf.segments.contains {
      $0.isLoaded && $0.isExecutable && inImage >= $0.address && inImage - $0.address < $0.memorySize
    }
  }

  // MARK: Signal trampolines without CFI

  /// `mov $15, %rax; syscall`: rt_sigreturn(2), as every C library's trampoline has it.
  private static let trampoline: [UInt8] = [0x48, 0xc7, 0xc0, 0x0f, 0x00, 0x00, 0x00, 0x0f, 0x05]

  static func isTrampoline(_ frame: FrameRegisters, memory: any MemoryReader) -> Bool {
    let start = trampoline.prefix(7).count
    // The handler returns to the first instruction; within the call it is the second.
    return (try? memory.bytes(frame.programCounter, count: trampoline.count)) == trampoline
      || (try? memory.bytes(frame.programCounter - start, count: trampoline.count)) == trampoline
  }

  /// The kernel's `struct ucontext` is on top of the stack (arch/x86/include/uapi/asm/sigcontext.h).
  private func interrupted() throws(UnwindEnd) -> FrameRegisters {
    guard let stack = frame.stackPointer else { throw .damaged("the stack pointer is lost") }
    // uc_mcontext, then in the kernel's order, by DWARF number.
    let first = stack + 40
    let order = [8, 9, 10, 11, 12, 13, 14, 15, 5, 4, 6, 3, 1, 0, 2, 7, 16]
    var values = [UInt64?](repeating: nil, count: 17)
    var places = [VirtualAddress?](repeating: nil, count: 17)
    for (index, number) in order.enumerated() {
      let address = first + 8 * index
      guard let value = try? memory.integer(address, as: UInt64.self) else { throw .unreadable(address) }
      values[number] = value
      places[number] = address
    }
    return FrameRegisters(values: values, saved: places, isInterrupted: true)
  }
}

/// What a function's first instructions have done to the stack (System V psABI §3.2.2), as far as they are the usual
/// ones: `endbr64`, pushes, `mov %rsp, %rbp`, `sub $N, %rsp`.
struct StackPrologue: Equatable {
  /// From the stack pointer up to the return address.
  private(set) var stackBytes: UInt64 = 0
  /// From the return address down to where the caller's frame pointer is; nil while it isn't pushed.
  private(set) var framePointerOffset: UInt64?
  /// `%rbp` points at the saved frame pointer, with the return address above it.
  private(set) var setsFramePointer = false

  /// - Parameter code: From the function's entry to the program counter.
  init(_ code: [UInt8]) {
    var rest = code[...]
    while let length = step(rest) { rest = rest.dropFirst(length) }
  }

  /// The length of the instruction there; nil where it is another than a prologue's, or cut off.
  private mutating func step(_ code: ArraySlice<UInt8>) -> Int? {
    func begins(_ bytes: [UInt8], then operand: Int = 0) -> Bool {
      code.starts(with: bytes) && code.count >= bytes.count + operand
    }
    func operand(after opcode: Int, size: Int) -> UInt64 {
      code.dropFirst(opcode).prefix(size).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    guard let first = code.first else { return nil }
    switch first {
    case 0x55 where framePointerOffset == nil:
      stackBytes += 8
      framePointerOffset = stackBytes
      return 1
    case 0x50...0x57:
      stackBytes += 8
      return 1
    case 0x41 where code.count > 1 && (0x50...0x57).contains(code[code.startIndex + 1]):
      stackBytes += 8
      return 2
    case 0xf3 where begins([0xf3, 0x0f, 0x1e, 0xfa]): return 4
    case 0x48 where begins([0x48, 0x89, 0xe5]) || begins([0x48, 0x8b, 0xec]):
      setsFramePointer = framePointerOffset == stackBytes
      return 3
    case 0x48 where begins([0x48, 0x83, 0xec], then: 1):
      stackBytes += operand(after: 3, size: 1)
      return 4
    case 0x48 where begins([0x48, 0x81, 0xec], then: 4):
      stackBytes += operand(after: 3, size: 4)
      return 7
    default: return nil
    }
  }
}
