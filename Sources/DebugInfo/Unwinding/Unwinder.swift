import MachineModel

/// Finds callers by call frame information, and by the code where there is none.
struct Unwinder {
  let symbols: ProgramSymbols
  let memory: any MemoryReader

  private static let stackPointer = 7
  private static let returnAddress = 16

  /// The caller of `frame`. Costs a few reads of memory; what CFI says of an address is remembered.
  func caller(of frame: FrameRegisters) throws(UnwindEnd) -> FrameRegisters {
    // The caller of whoever returns to nowhere is shown, but has none itself.
    guard frame.isInterrupted || frame.programCounter.rawValue != 0 else { throw .outermost }
    var caller: FrameRegisters
    if let row = row(for: frame) {
      caller = try unwind(frame, row)
    } else {
      caller = try FrameGuess(symbols: symbols, memory: memory, frame: frame).caller()
    }
    try check(caller, after: frame)
    caller.isSignalTrampoline = isTrampoline(caller)
    return caller
  }

  func isTrampoline(_ frame: FrameRegisters) -> Bool {
    row(for: frame)?.isSignalFrame ?? FrameGuess.isTrampoline(frame, memory: memory)
  }

  func canonicalFrameAddress(of frame: FrameRegisters) -> VirtualAddress? {
    guard let row = row(for: frame) else { return nil }
    return try? canonicalFrameAddress(frame, row)
  }

  private func row(for frame: FrameRegisters) -> CallFrameRow? {
    let address = frame.lookupAddress
    guard let image = symbols.loadedImage(at: address) else { return nil }
    return image.callFrames.row(at: image.imageAddress(address))
  }

  private func canonicalFrameAddress(_ frame: FrameRegisters, _ row: CallFrameRow) throws(UnwindEnd) -> VirtualAddress {
    let context = CallFrameContext(symbols: symbols, frame: frame, memory: memory, cfa: nil)
    do throws(ExpressionFailure) {
      return VirtualAddress(try DwarfExpressionEvaluator.value(of: row.canonicalFrameAddress, in: context).unsigned)
    } catch { throw end(error) }
  }

  private func unwind(_ frame: FrameRegisters, _ row: CallFrameRow) throws(UnwindEnd) -> FrameRegisters {
    if row.rules[Self.returnAddress] == .undefined { throw .outermost }
    let cfa = try canonicalFrameAddress(frame, row)
    let context = CallFrameContext(symbols: symbols, frame: frame, memory: memory, cfa: cfa)
    var values = [UInt64?](repeating: nil, count: row.rules.count)
    var saved = [VirtualAddress?](repeating: nil, count: row.rules.count)
    for (number, rule) in row.rules.enumerated() {
      switch rule {
      case .undefined: break
      case .sameValue:
        // The stack pointer before the call is what the CFA is defined as (psABI §3.7).
        values[number] = number == Self.stackPointer ? cfa.rawValue : frame[dwarf: number]
        saved[number] = frame.savedAddress(dwarf: number)
      case .location(let expression):
        switch DwarfExpressionEvaluator.locate(expression, in: context) {
        case .memory(let address):
          values[number] = try? memory.integer(address, as: UInt64.self)
          if values[number] == nil, number == Self.returnAddress { throw .unreadable(address) }
          saved[number] = address
        case .register(let other):
          values[number] = frame[dwarf: other]
          saved[number] = frame.savedAddress(dwarf: other)
        case .value(let bytes): values[number] = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        case .implicitPointer, .pieces, .optimizedOut, .unavailable: break
        }
      }
    }
    guard values[Self.returnAddress] != nil else { throw .damaged("the return address's rule leads nowhere") }
    return FrameRegisters(values: values, saved: saved, isInterrupted: row.isSignalFrame)
  }

  /// Stacks grow downwards, so a caller's stack pointer is above; only a signal may have changed stacks.
  private func check(_ caller: FrameRegisters, after frame: FrameRegisters) throws(UnwindEnd) {
    guard let before = frame.stackPointer, let after = caller.stackPointer else {
      throw .damaged("the stack pointer is lost")
    }
    if caller.isInterrupted {
      if after == before, caller.programCounter == frame.programCounter { throw .cycle }
    } else if after == before {
      throw .cycle
    } else if after < before {
      throw .damaged("previous frame inner to this frame (corrupt stack?)")
    } else if let saved = caller.savedAddress(dwarf: Self.returnAddress),
      saved == frame.savedAddress(dwarf: Self.returnAddress)
    {
      throw .damaged("frame did not save the PC")
    }
  }

  private func end(_ failure: ExpressionFailure) -> UnwindEnd {
    switch failure {
    case .optimizedOut: .damaged("the frame needs a register that was not saved")
    case .unavailable(let reason): .damaged(reason)
    }
  }
}

/// What the expressions of CFI may ask for: the frame's registers, memory, and the CFA.
private struct CallFrameContext: ExpressionContext {
  let symbols: ProgramSymbols
  let frame: FrameRegisters
  let memory: any MemoryReader
  let cfa: VirtualAddress?

  func register(_ number: Int) throws(ExpressionFailure) -> UInt64 {
    guard let value = frame[dwarf: number] else { throw .optimizedOut }
    return value
  }
  func bytes(at address: UInt64, count: Int) throws(ExpressionFailure) -> [UInt8] {
    do throws(MemoryError) { return try memory.bytes(VirtualAddress(address), count: count) } catch {
      throw .unavailable("cannot read memory at \(error.address)")
    }
  }
  func canonicalFrameAddress() throws(ExpressionFailure) -> UInt64 {
    guard let cfa else { throw .unavailable("the CFA is defined by itself") }
    return cfa.rawValue
  }
  func relocated(_ address: UInt64) throws(ExpressionFailure) -> UInt64 {
    guard let image = symbols.loadedImage(at: frame.lookupAddress) else {
      throw .unavailable("an address of an image that is not known")
    }
    return image.virtualAddress(ImageAddress(address)).rawValue
  }
}
