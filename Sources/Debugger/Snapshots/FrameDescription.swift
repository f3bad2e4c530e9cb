package import MachineModel

/// Of a frame, what `info frame` tells.
package struct FrameDescription: Sendable {
  /// How a frame is connected with the one that it returns to.
  package enum Caller: Sendable, Equatable {
    /// With its canonical frame address; nil where that is not known.
    case calledBy(VirtualAddress?)
    case inlinedInto(level: Int)
    /// It has called on by a jump.
    case tailCall
    /// The list of frames ends here, though the stack may not.
    case unlisted
    /// The stack ends here.
    case outermost
  }
  /// Where the stack pointer of the frame outside is to be had.
  package enum StackPointer: Sendable, Equatable {
    case value(VirtualAddress)
    case savedAt(VirtualAddress)
    case unchanged
  }
  package struct SavedRegister: Sendable, Equatable {
    package let name: String
    package let address: VirtualAddress
  }

  package let snapshot: FrameSnapshot
  /// The canonical frame address (DWARF 5 §6.4): what frames are known by.
  package let address: VirtualAddress?
  /// As the compiler was given it; nil without line information.
  package let sourceName: String?
  /// nil where it is not saved.
  package let returnAddress: VirtualAddress?
  package let caller: Caller
  /// Of the frame that this one has called or that is inlined into it: its canonical frame address. nil in the innermost.
  package let callee: VirtualAddress?
  /// Where saved frame pointers are found, or would be; nil in frames that have no part of the stack of their own.
  package let base: VirtualAddress?
  package let outerStackPointer: StackPointer?
  /// Those that this frame has saved, in gdb's order.
  package let savedRegisters: [SavedRegister]
}
