import DebugInfo
import MachineModel

/// One level of a stack: a physical frame, or one of the functions inlined into it.
struct Frame {
  let level: Int
  /// Of the physical frame.
  let registers: FrameRegisters
  /// Which physical frame, from 0: levels that share it were inlined into one another.
  let physicalIndex: Int
  /// nil where no symbol is known.
  let scope: CodeScope?
  /// The function that the physical frame runs, which its frame base belongs to.
  let function: CodeScope?
  let source: SourceLocation?
  let image: ImageInfo?
  /// True for a function that has called on by a jump, and so is no part of the stack any more.
  var isTailCall = false
  /// True for what lies below a function that was called from here.
  var isCallDummy = false
  /// True where the address is in the middle of its line's code.
  let showsAddress: Bool

  var isInlined: Bool { !isTailCall && (scope?.isInlined ?? false) }
  var programCounter: VirtualAddress { registers.programCounter }

  func snapshot(arguments: [VariableSnapshot], locals: [VariableSnapshot]? = nil) -> FrameSnapshot {
    FrameSnapshot(
      level: level, function: scope?.name.qualified, file: source?.file,
      line: source?.line, address: programCounter, inlined: isInlined, language: scope?.language,
      module: image?.mapping.name, arguments: arguments, locals: locals, showsAddress: showsAddress,
      hasDebugInfo: scope?.entry != nil, isSignalTrampoline: registers.isSignalTrampoline,
      isCallDummy: isCallDummy)
  }
}
