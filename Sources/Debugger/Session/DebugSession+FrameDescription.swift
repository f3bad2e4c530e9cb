import DebugInfo
import MachineModel

extension DebugSession {
  /// What `info frame` tells of the selected frame.
  package func frameDescription() async throws(SessionError) -> FrameDescription {
    let frame = try await selectedInternalFrame()
    let walker = try await selectedWalker()
    // A function that has jumped away stands on the stack no more.
    let jumped = walker.frame(frame.level + 1).flatMap { $0.isTailCall ? $0 : nil }
    let outer = walker.unwound(from: frame)
    let isPhysical = !frame.isInlined && !frame.isTailCall
    return FrameDescription(
      snapshot: try await selectedFrame(), address: walker.canonicalFrameAddress(of: frame),
      sourceName: frame.source.map { symbols.recordedName(of: $0.file, at: frame.registers.lookupAddress) },
      returnAddress: jumped?.programCounter ?? outer?.programCounter,
      caller: caller(of: frame, in: walker, isKnown: outer != nil),
      callee: frame.level > 0 ? walker.frame(frame.level - 1).flatMap(walker.canonicalFrameAddress) : nil,
      base: isPhysical && !frame.registers.isSignalTrampoline ? walker.base(of: frame) : nil,
      outerStackPointer: isPhysical ? stackPointer(outside: frame, in: walker, outer) : sharedStackPointer(frame),
      savedRegisters: savedRegisters(frame, outer, savesReturn: jumped == nil))
  }

  private func caller(of frame: Frame, in walker: StackWalker, isKnown: Bool) -> FrameDescription.Caller {
    if frame.isInlined { return .inlinedInto(level: frame.level + 1) }
    if frame.isTailCall { return .tailCall }
    if let next = walker.frame(frame.level + 1) { return .calledBy(walker.canonicalFrameAddress(of: next)) }
    return isKnown ? .unlisted : .outermost
  }

  /// Call frame information says where it was; the kernel saves it with the other registers.
  private func stackPointer(
    outside frame: Frame, in walker: StackWalker, _ outer: FrameRegisters?
  ) -> FrameDescription.StackPointer? {
    if frame.registers.isSignalTrampoline, let place = outer?.savedAddress(dwarf: 7) { return .savedAt(place) }
    return (outer?.stackPointer ?? walker.canonicalFrameAddress(of: frame)).map { .value($0) }
  }

  /// What is inlined has the registers of the frame around it: those that the callee has saved, or all at hand.
  private func sharedStackPointer(_ frame: Frame) -> FrameDescription.StackPointer {
    if frame.isTailCall || frame.physicalIndex == 0 { return .unchanged }
    if let place = frame.registers.savedAddress(dwarf: 7) { return .savedAt(place) }
    return frame.registers.stackPointer.map { .value($0) } ?? .unchanged
  }

  private func savedRegisters(
    _ frame: Frame, _ outer: FrameRegisters?, savesReturn: Bool
  ) -> [FrameDescription.SavedRegister] {
    guard !frame.isTailCall, let outer = frame.isInlined ? frame.registers : outer else { return [] }
    // By DWARF numbers: rax, rbx, rcx, rdx, rsi, rdi, rbp, r8 … r15, rip. The stack pointer is told apart.
    let order = [0, 3, 2, 1, 4, 5, 6] + Array(8...16)
    return order.compactMap { number in
      // What a callee has saved is shown with that.
      let isOwn = frame.isInlined || outer.savedAddress(dwarf: number) != frame.registers.savedAddress(dwarf: number)
      guard let address = outer.savedAddress(dwarf: number), isOwn || frame.registers.isSignalTrampoline,
        number != 16 || savesReturn || frame.isInlined, let register = GeneralRegister(dwarfNumber: number)
      else { return nil }
      return FrameDescription.SavedRegister(name: register.name, address: address)
    }
  }
}
