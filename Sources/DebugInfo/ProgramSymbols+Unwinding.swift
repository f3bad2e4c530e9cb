package import MachineModel

/// From a frame to its caller.
extension ProgramSymbols {
  /// The caller of a frame: by CFI (`.eh_frame`, `.debug_frame`), else by frame pointer and prologue analysis.
  package func caller(of frame: FrameRegisters, memory: any MemoryReader) -> Result<FrameRegisters, UnwindEnd> {
    fatalError("skeleton")
  }
  /// The canonical frame address of a frame, or nil where there is no CFI for it.
  package func canonicalFrameAddress(of frame: FrameRegisters, memory: any MemoryReader) -> VirtualAddress? {
    fatalError("skeleton")
  }
}
