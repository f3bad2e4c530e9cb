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
}
