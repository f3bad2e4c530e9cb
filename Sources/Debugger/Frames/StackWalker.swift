import DebugInfo
import MachineModel
import Tracing

/// The frames of one stopped thread, unwound as far as somebody has asked so far.
final class StackWalker {
  private let symbols: ProgramSymbols
  private let memory: any MemoryReader
  /// Those that the thread stopped with.
  let registers: RegisterFile
  /// Its vector registers, once they have been asked for.
  var floatingPoint: FloatingPointState?
  private(set) var frames: [Frame] = []
  private var physical: [FrameRegisters]
  /// The physical frame to unwind next; nil once the stack has ended.
  private var pending: FrameRegisters?
  private(set) var end: UnwindEnd?
  /// What `tailCalls` found between two addresses: a recursion asks for the same over and over.
  private var tailCalls: [[VirtualAddress]: [VirtualAddress]] = [:]
  private let stopsAtMain: Bool
  /// How many functions inlined at the innermost address are not shown as entered yet: their code begins there, and
  /// `step` enters them without moving.
  private let hiddenInlined: Int
  /// The thread's calls from here that have not returned.
  private let calls: [InferiorCall]

  /// A runaway recursion has a million frames; nobody asks for more than this.
  private static let mostFrames = 10_000_000

  init(
    registers: RegisterFile, symbols: ProgramSymbols, memory: any MemoryReader, stopsAtMain: Bool, hiddenInlined: Int,
    calls: [InferiorCall] = []
  ) {
    self.registers = registers
    self.calls = calls
    self.symbols = symbols
    self.memory = memory
    self.stopsAtMain = stopsAtMain
    self.hiddenInlined = hiddenInlined
    pending = FrameRegisters(registers)
    physical = []
  }

  /// The frame of that level, or nil where the stack ends before it.
  func frame(_ level: Int) -> Frame? {
    while frames.count <= level, advance() {}
    return frames.indices.contains(level) ? frames[level] : nil
  }

  /// True where there are frames past `count`.
  func hasMore(than count: Int) -> Bool { frame(count) != nil }

  /// All frames, to the stack's end.
  func all() -> [Frame] {
    while advance() {}
    return frames
  }

  /// The physical frame that called that of `frame`.
  func caller(of frame: Frame) -> Frame? {
    var level = frame.level + 1
    while let next = self.frame(level) {
      if next.physicalIndex > frame.physicalIndex { return next }
      level += 1
    }
    return nil
  }

  func canonicalFrameAddress(of frame: Frame) -> VirtualAddress? {
    symbols.canonicalFrameAddress(of: frame.registers, memory: memory)
  }

  /// What gdb counts arguments and locals from: the frame pointer where the function has set it, else where it would be.
  func base(of frame: Frame) -> VirtualAddress? {
    guard let entry = frame.function?.ranges.first?.lowerBound else { return nil }
    return symbols.frameBase(of: frame.registers, inFunctionAt: entry, memory: memory)
  }

  /// The next physical frame's registers even where the list ends at `main`.
  func unwound(from frame: Frame) -> FrameRegisters? { try? symbols.caller(of: frame.registers, memory: memory).get() }

  /// Adds the levels of one more physical frame.
  private func advance() -> Bool {
    guard var registers = pending, frames.count < Self.mostFrames else { return false }
    pending = nil
    if let call = call(returningTo: registers) {
      appendDummy(registers)
      pending = FrameRegisters(call.state.registers)
      return true
    }
    if physical.isEmpty { registers.isSignalTrampoline = symbols.isSignalTrampoline(registers, memory: memory) }
    if let callee = physical.last, !callee.isSignalTrampoline {
      for address in tailCalls(from: registers, to: callee) {
        let jumped = registers.inTailCall(at: address)
        append(jumped, symbols.scopes(at: jumped.lookupAddress), isTailCall: true)
      }
    }
    let scopes = symbols.scopes(at: registers.lookupAddress)
    append(registers, scopes)
    if stopsAtMain, let function = scopes.last, isMain(function) {
      end = .outermost
      return true
    }
    switch symbols.caller(of: registers, memory: memory) {
    case .success(let caller): pending = caller
    case .failure(let reason): end = reason
    }
    return true
  }

  /// Rust's `main` is a stub below the library's start, which gdb does not take for the end.
  private func isMain(_ function: CodeScope) -> Bool {
    function.name.qualified == "main" && (function.entry != nil || symbols.mainLanguage != .rust)
  }

  /// The call from here whose function returns to where these registers are.
  func call(returningTo registers: FrameRegisters) -> InferiorCall? {
    calls.last { $0.returnAddress == registers.programCounter && $0.stackPointer == registers.stackPointer }
  }

  private func appendDummy(_ registers: FrameRegisters) {
    frames.append(
      Frame(
        level: frames.count, registers: registers, physicalIndex: physical.count, scope: nil, function: nil,
        source: nil, image: nil, isCallDummy: true, showsAddress: false))
    physical.append(registers)
  }

  private func tailCalls(from caller: FrameRegisters, to callee: FrameRegisters) -> [VirtualAddress] {
    let key = [caller.programCounter, callee.lookupAddress]
    if let known = tailCalls[key] { return known }
    let found = symbols.tailCalls(from: caller, to: callee)
    tailCalls[key] = found
    return found
  }

  /// - Parameter isTailCall: gdb shows such a frame as the innermost function inlined there, and no others.
  private func append(_ registers: FrameRegisters, _ scopes: [CodeScope], isTailCall: Bool = false) {
    let image = symbols.image(containing: registers.lookupAddress)
    let row = symbols.lineRow(at: registers.lookupAddress)
    let index = physical.count
    let hidden = index == 0 ? min(hiddenInlined, max(0, scopes.count - 1)) : 0
    physical.append(registers)
    guard !scopes.isEmpty else {
      frames.append(
        Frame(
          level: frames.count, registers: registers, physicalIndex: index, scope: nil, function: nil, source: nil,
          image: image, isTailCall: isTailCall, showsAddress: true))
      return
    }
    let atLineStart = row?.range.lowerBound == registers.programCounter
    for (depth, scope) in scopes.enumerated().dropFirst(hidden).prefix(isTailCall ? 1 : scopes.count) {
      // The place of a call is known by the call alone: no row of its own tells its address.
      let source = (depth == 0 ? row?.source : scopes[depth - 1].callSite)?.known
      frames.append(
        Frame(
          level: frames.count, registers: registers, physicalIndex: index, scope: scope, function: scopes.last,
          source: source, image: image, isTailCall: isTailCall, showsAddress: depth == 0 && !atLineStart))
    }
  }
}

extension SourceLocation {
  /// Line 0 is code that no line accounts for (DWARF 5 §6.2.2).
  fileprivate var known: SourceLocation? { line > 0 ? self : nil }
}
