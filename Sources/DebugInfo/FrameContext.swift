package import MachineModel

/// What a location expression may ask of its frame.
package protocol FrameContext {
  /// The address to look things up by: a call's own address in outer frames, not the one it returns to.
  var lookupAddress: VirtualAddress { get }
  var registers: FrameRegisters { get }
  var memory: any MemoryReader { get }
  /// The function whose DW_AT_frame_base holds: the outermost scope of the frame.
  var function: EntryID? { get }
  /// The calling frame (of the physical one), for entry values.
  var caller: (any FrameContext)? { get }
  /// The address of that offset in the thread's block of an image's thread-local storage.
  func threadLocal(image: Int, offset: UInt64) -> VirtualAddress?
  /// The bytes of a register that is not a general one (xmm, x87), in the innermost frame.
  func vectorRegister(_ dwarfNumber: Int) -> [UInt8]?
}
