package import MachineModel

/// From a frame to its caller.
extension ProgramSymbols {
  /// The caller of a frame: by CFI (`.eh_frame`, `.debug_frame`), else by frame pointer and prologue analysis.
  /// A stack that a program has ruined may lead on for long, over alternate signal stacks even round: the caller of
  /// this bounds the number of frames.
  package func caller(of frame: FrameRegisters, memory: any MemoryReader) -> Result<FrameRegisters, UnwindEnd> {
    Result { () throws(UnwindEnd) in try Unwinder(symbols: self, memory: memory).caller(of: frame) }
  }
  /// True for a frame that the kernel made to have a signal handled. Callers are told so already.
  package func isSignalTrampoline(_ frame: FrameRegisters, memory: any MemoryReader) -> Bool {
    Unwinder(symbols: self, memory: memory).isTrampoline(frame)
  }
  /// The canonical frame address of a frame, or nil where there is no CFI for it.
  package func canonicalFrameAddress(of frame: FrameRegisters, memory: any MemoryReader) -> VirtualAddress? {
    Unwinder(symbols: self, memory: memory).canonicalFrameAddress(of: frame)
  }
  /// How the canonical frame address follows from a register at `address`; nil where CFI says nothing, or something else.
  package func frameRule(at address: VirtualAddress) -> FrameRule? {
    guard let image = loadedImage(at: address) else { return nil }
    return image.callFrames.row(at: image.imageAddress(address)).flatMap { FrameRule($0.canonicalFrameAddress) }
  }
  /// Where the frame pointer points, or would if the function had set it, as far as its first instructions show. Costs a
  /// read of at most 8 bytes.
  package func frameBase(
    of frame: FrameRegisters, inFunctionAt entry: VirtualAddress, memory: any MemoryReader
  ) -> VirtualAddress? {
    // `endbr64`, `push %rbp`, `mov %rsp, %rbp`.
    let done = frame.programCounter >= entry ? min(8, frame.programCounter - entry) : 0
    let prologue = StackPrologue((try? memory.bytes(entry, count: Int(done))) ?? [])
    // Only what is pushed first is taken for a frame.
    let isPushed = prologue.framePointerOffset == 8
    if isPushed, prologue.setsFramePointer { return frame[dwarf: 6].map(VirtualAddress.init) }
    return frame.stackPointer.map { isPushed ? $0 : $0 - 8 }
  }
}
