package import MachineModel

/// A file that the loader mapped into the process (or that will be, while `bias` is 0).
package struct ImageMapping: Sendable, Hashable {
  /// Where to read it from: a path, `/proc/PID/root/…` or `/proc/PID/map_files/…`.
  package let path: String
  /// The name to show, and that the loader knows it by.
  package let name: String
  /// Virtual address minus image address.
  package let bias: UInt64
  package init(path: String, name: String, bias: UInt64) {
    self.path = path
    self.name = name
    self.bias = bias
  }
}

package struct DebugInfoError: Error, Sendable, Equatable {
  package enum Reason: Sendable, Equatable {
    case cannotOpen(errno: Int32)
    case notElf
    case foreignMachine(String)
    case damaged(String)
  }
  package let path: String
  package let reason: Reason
  package init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }
}

/// All that is known of the program's code and data: its images, their symbols, lines, scopes, types and
/// unwind tables, in the process's addresses. Belongs to one session: not to be shared between threads.
package final class ProgramSymbols {
  package init() {}

  // MARK: Images

  /// Maps an image; cheap: nothing that grows with its debug information is read yet.
  /// `memory` instead of `path` for the vDSO. Answers the image's number.
  package func add(_ mapping: ImageMapping) throws(DebugInfoError) -> Int { fatalError("skeleton") }
  package func add(_ mapping: ImageMapping, contents: [UInt8]) throws(DebugInfoError) -> Int { fatalError("skeleton") }
  package func remove(image: Int) { fatalError("skeleton") }
  package func image(containing address: VirtualAddress) -> ImageInfo? { fatalError("skeleton") }
  package var images: [ImageInfo] { fatalError("skeleton") }

  // MARK: From an address

  /// The scopes at an address, innermost first; the last is the function itself. Empty where nothing is known.
  package func scopes(at address: VirtualAddress) -> [CodeScope] { fatalError("skeleton") }
  /// What the line table says of an address (the nearest row at or before it, in its sequence).
  package func source(at address: VirtualAddress) -> SourceLocation? { fatalError("skeleton") }
  /// The rows around `address` that belong to its line: what `step` and `next` run through. Rows of line 0
  /// belong to the line before them. Each range lies within the innermost function.
  package func lineRanges(at address: VirtualAddress) -> [Range<VirtualAddress>] { fatalError("skeleton") }
  /// True where `address` is the first of an `is_stmt` row: where a step may end.
  package func isStatementStart(_ address: VirtualAddress) -> Bool { fatalError("skeleton") }
  package func symbol(at address: VirtualAddress) -> SymbolAddress? { fatalError("skeleton") }

  // MARK: From a name or a line

  /// Where to stop for a function: every overload, template and inlined copy of that name, after its prologue.
  /// `name` is unqualified, partly or fully qualified, with or without parameters or template arguments, a
  /// linkage name, or an ELF symbol where DWARF has nothing. `file` limits it to functions of that source file.
  package func locations(ofFunction name: String, inFile file: String? = nil) -> [CodeLocation] {
    fatalError("skeleton")
  }
  /// Where to stop for a line: the first `is_stmt` row of each function (and inlined copy) that has the line;
  /// where no code has it, the next line of that file that some has. `file` is a base name, an ending of a path,
  /// or a whole path. Empty where the file is unknown, or the line is past its last one.
  package func locations(ofLine line: Int, inFile file: String) -> [CodeLocation] { fatalError("skeleton") }
  /// The address after the prologue of the function that `entry` is the entry of (by its line table: the
  /// end-of-prologue mark, else the second line's row, else `entry` itself).
  package func afterPrologue(ofFunctionAt entry: VirtualAddress) -> VirtualAddress { fatalError("skeleton") }
  /// ELF symbols of that name (as is, or demangled), functions and objects.
  package func symbols(named name: String) -> [SymbolAddress] { fatalError("skeleton") }
  /// The source file (and line) that `list` without arguments begins with: the one of `main`.
  package func mainLocation() -> SourceLocation? { fatalError("skeleton") }
  /// Source files with code, absolute, sorted.
  package func sourceFiles() -> [String] { fatalError("skeleton") }
  /// Functions whose (qualified or last) name begins with `prefix`, sorted, at most `limit`: for completion.
  package func functionNames(prefix: String, limit: Int) -> [String] { fatalError("skeleton") }
  /// Functions that a predicate on the full name accepts, with their entries.
  package func functions(where accepts: (String) -> Bool, limit: Int) -> [CodeLocation] { fatalError("skeleton") }

  // MARK: Variables and types

  /// The variables of a scope that hold at `address`: of a function or inlined copy and its lexical blocks,
  /// innermost block first, in each in the order of their declaration; arguments with `.argument`.
  package func variables(in scope: EntryID, at address: VirtualAddress) -> [Variable] { fatalError("skeleton") }
  /// Global and static variables of that (partly) qualified name; those of `near`'s unit come first.
  package func globals(named name: String, near address: VirtualAddress?) -> [Variable] { fatalError("skeleton") }
  /// A type of that name, with or without `struct`, `class`, `union`, `enum`; the definition rather than a declaration.
  package func type(named name: String, near address: VirtualAddress?) -> DataType? { fatalError("skeleton") }
  /// The type of a function (`.function` with result and parameters).
  package func functionType(_ function: EntryID) -> DataType? { fatalError("skeleton") }
  /// Where a variable lives in a frame. Every failure is a case of the result.
  package func locate(_ variable: Variable, in frame: any FrameContext) -> Location { fatalError("skeleton") }
  /// Evaluates a bare DWARF expression with `initial` on the stack (a member's DW_AT_data_member_location).
  package func evaluate(_ expression: [UInt8], initial: [UInt64], in frame: any FrameContext) -> Location {
    fatalError("skeleton")
  }

  // MARK: Unwinding

  /// The caller of a frame: by CFI (`.eh_frame`, `.debug_frame`), else by frame pointer and prologue analysis.
  package func caller(of frame: FrameRegisters, memory: any MemoryReader) -> Result<FrameRegisters, UnwindEnd> {
    fatalError("skeleton")
  }
  /// The canonical frame address of a frame, or nil where there is no CFI for it.
  package func canonicalFrameAddress(of frame: FrameRegisters, memory: any MemoryReader) -> VirtualAddress? {
    fatalError("skeleton")
  }
}

/// An image as `info sharedlibrary` shows it.
package struct ImageInfo: Sendable, Hashable {
  package let number: Int
  package let mapping: ImageMapping
  /// Hexadecimal, lower case; nil where the file has none.
  package let buildID: String?
  package let hasDebugInfo: Bool
  /// The addresses of its loaded segments, from the lowest to past the highest.
  package let range: Range<VirtualAddress>
  /// `.text`, or the executable segment where the sections are stripped.
  package let text: Range<VirtualAddress>
  package let entryPoint: VirtualAddress
  package let isPositionIndependent: Bool
  package init(
    number: Int, mapping: ImageMapping, buildID: String?, hasDebugInfo: Bool, range: Range<VirtualAddress>,
    text: Range<VirtualAddress>, entryPoint: VirtualAddress, isPositionIndependent: Bool
  ) {
    self.number = number
    self.mapping = mapping
    self.buildID = buildID
    self.hasDebugInfo = hasDebugInfo
    self.range = range
    self.text = text
    self.entryPoint = entryPoint
    self.isPositionIndependent = isPositionIndependent
  }
}

/// A variable or parameter as declared.
package struct Variable {
  package enum Kind: Sendable, Equatable { case argument, local, staticLocal, global }
  package let name: String
  package let kind: Kind
  package let type: DataType
  package let entry: EntryID
  /// 0 for the function's own block, more for the blocks inside it.
  package let blockDepth: Int
  package let declaration: SourceLocation?
  package init(name: String, kind: Kind, type: DataType, entry: EntryID, blockDepth: Int, declaration: SourceLocation?)
  {
    self.name = name
    self.kind = kind
    self.type = type
    self.entry = entry
    self.blockDepth = blockDepth
    self.declaration = declaration
  }
}

/// Where a value is (DWARF 5 §2.6).
package indirect enum Location: Sendable, Equatable {
  case memory(VirtualAddress)
  /// A register, by DWARF number (psABI figure 3.36: 0…15 general, 17…32 xmm, 33…40 x87).
  case register(Int)
  /// The value itself: DW_OP_stack_value, DW_OP_implicit_value, DW_AT_const_value.
  case value([UInt8])
  /// A pointer whose target exists only as that entry's value, `offset` bytes into it.
  case implicitPointer(EntryID, offset: Int64)
  /// Parts in order, each `bitSize` bits; a part's own value begins `bitOffset` bits into its location.
  case pieces([LocationPiece])
  case optimizedOut
  /// It cannot be computed, with the reason ("register rdi is not saved in this frame").
  case unavailable(String)
}

package struct LocationPiece: Sendable, Equatable {
  package let location: Location
  package let bitSize: UInt64
  package let bitOffset: UInt64
  package init(location: Location, bitSize: UInt64, bitOffset: UInt64) {
    self.location = location
    self.bitSize = bitSize
    self.bitOffset = bitOffset
  }
}

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

/// A physical frame's registers, as far as they are known.
package struct FrameRegisters: Sendable, Equatable {
  /// By DWARF number 0…16 (16: the program counter); nil: not saved, and so unknown.
  private var values: [UInt64?]
  /// Where a caller's register is saved in memory, for writing to it; nil where it is still in the register.
  private var saved: [VirtualAddress?]
  /// True for the innermost frame and one interrupted by a signal: its program counter is the next
  /// instruction's, not a return address.
  package var isInterrupted: Bool
  /// True where this frame was called by the kernel to handle a signal (a trampoline).
  package var isSignalTrampoline = false

  package init(_ registers: RegisterFile) {
    values = GeneralRegister.allCases.prefix(17).map { registers[$0] }
    saved = .init(repeating: nil, count: 17)
    isInterrupted = true
  }
  package init(values: [UInt64?], saved: [VirtualAddress?], isInterrupted: Bool) {
    precondition(values.count == 17 && saved.count == 17)
    self.values = values
    self.saved = saved
    self.isInterrupted = isInterrupted
  }
  package subscript(dwarf number: Int) -> UInt64? { (0..<17).contains(number) ? values[number] : nil }
  package func savedAddress(dwarf number: Int) -> VirtualAddress? { (0..<17).contains(number) ? saved[number] : nil }
  package var programCounter: VirtualAddress { VirtualAddress(values[16] ?? 0) }
  package var stackPointer: VirtualAddress? { values[7].map(VirtualAddress.init) }
  /// The one place of the rule: a return address may already belong to the next line, scope or function, so
  /// what the frame is doing is looked up one byte before it.
  package var lookupAddress: VirtualAddress { isInterrupted ? programCounter : programCounter - 1 }
}

/// Why there is no further frame.
package enum UnwindEnd: Error, Sendable, Equatable {
  /// The outermost frame (its return address is undefined, or zero).
  case outermost
  /// The stack could not be read there.
  case unreadable(VirtualAddress)
  /// The caller would be the same frame again, or below it.
  case cycle
  /// No CFI, and no frame pointer that leads on.
  case noUnwindInformation(VirtualAddress)
  case damaged(String)
}
