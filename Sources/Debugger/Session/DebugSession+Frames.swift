import DebugInfo
import MachineModel
import Tracing

extension DebugSession {
  // MARK: Stacks

  /// - Parameter thread: whose registers these are, where it may stand in a function that was called from here.
  func walker(
    for registers: RegisterFile, process: TracedProcess, hiddenInlined: Int, thread: ThreadID? = nil
  ) -> StackWalker {
    StackWalker(
      registers: registers, symbols: symbols, memory: stopMemory(of: process), stopsAtMain: !settings.backtracePastMain,
      hiddenInlined: hiddenInlined, calls: thread.map(calls.calls(in:)) ?? [])
  }

  /// The stack of a stopped thread; unwound once a stop.
  func walker(of thread: ThreadID) async throws(SessionError) -> StackWalker {
    let process = try stoppedProcess()
    if let walker = stacks[thread] { return walker }
    // Who looks at several threads looks at all.
    if stacks.count >= Self.severalThreads {
      await openStacks(of: process)
      if let walker = stacks[thread] { return walker }
    }
    guard let registers = await process.registers(of: thread) else { throw .noThread(threads.number(of: thread)) }
    return walker(of: thread, registers, process)
  }

  private static let severalThreads = 2

  /// Its memory as it is at this stop.
  func stopMemory(of process: TracedProcess) -> StopMemory {
    if let keptMemory { return keptMemory }
    let memory = StopMemory(process.memory) { process.regions() }
    keptMemory = memory
    return memory
  }

  /// Something may have written to it.
  func forgetMemory() {
    keptMemory?.invalidate()
    keptMemory = nil
  }

  func forgetStacks() {
    stacks = [:]
    forgetMemory()
  }

  /// Asks the tracer's thread for the registers of all threads at once.
  func openStacks(of process: TracedProcess) async {
    for (thread, registers, floatingPoint) in await process.allRegisters() {
      walker(of: thread, registers, process).floatingPoint = floatingPoint
    }
  }

  /// The same where the thread's registers are there already.
  func walker(of thread: ThreadID, _ registers: RegisterFile, _ process: TracedProcess) -> StackWalker {
    if let walker = stacks[thread] { return walker }
    let isReported = lastStop.map { $0.thread.tid == thread && $0.frame.address == registers.programCounter } ?? false
    let made = walker(
      for: registers, process: process, hiddenInlined: isReported ? hiddenInlined : 0, thread: thread)
    stacks[thread] = made
    return made
  }

  func selectedWalker() async throws(SessionError) -> StackWalker {
    _ = try stoppedProcess()
    guard let thread = selection.thread else { throw .noFrame("No thread selected.") }
    return try await walker(of: thread)
  }

  func selectedInternalFrame() async throws(SessionError) -> Frame {
    do throws(SessionError) {
      guard let frame = try await selectedWalker().frame(selection.level) else { throw .noFrame("No stack.") }
      return frame
    } catch .notRunning {
      throw .noFrame("No stack.")
    }
  }

  func innermostFrame(of thread: ThreadID) async -> FrameSnapshot {
    guard let frame = try? await walker(of: thread).frame(0) else {
      return Frame.unknown.snapshot(arguments: [])
    }
    return await snapshot(of: frame, thread: thread, withLocals: false)
  }

  func snapshot(of frame: Frame, thread: ThreadID, withLocals: Bool) async -> FrameSnapshot {
    guard let process else { return frame.snapshot(arguments: []) }
    let scope = await frameScope(frame, thread: thread, process: process)
    let arguments = variableSnapshots(scope, kinds: [.argument])
    return snapshot(
      of: frame, arguments: arguments,
      locals: withLocals ? variableSnapshots(scope, kinds: [.local, .staticLocal]) : nil)
  }

  /// With the variables that are given: the frame's own words cost none of those.
  func snapshot(of frame: Frame, arguments: [VariableSnapshot], locals: [VariableSnapshot]? = nil) -> FrameSnapshot {
    var snapshot = frame.snapshot(arguments: arguments, locals: locals)
    snapshot.isLibraryCode = frame.image.map { $0.number != programImage && $0.mapping.path != "[vdso]" } ?? false
    snapshot.argumentStyle = settings.frameArguments
    if !settings.printDemangle, let linkage = frame.scope?.name.linkage { snapshot.function = linkage }
    snapshot.sourceName = snapshot.file.map { symbols.recordedName(of: $0, at: frame.registers.lookupAddress) }
    return snapshot
  }

  // MARK: Frames

  /// Of the selected thread. `limit` counts from the innermost frame; negative: from the outermost; nil: all.
  package func backtrace(limit: Int?, withLocals: Bool) async throws(SessionError) -> Backtrace {
    _ = try await selectedInternalFrame()
    let walker = try await selectedWalker()
    guard let thread = selection.thread else { throw .noFrame("No stack.") }
    let chosen: ArraySlice<Frame>
    var truncated = false
    switch limit {
    case .some(let count) where count >= 0:
      truncated = walker.hasMore(than: count)
      chosen = walker.frames.prefix(count)
    case .some(let count): chosen = walker.all().suffix(-max(count, -Int(Int32.max)))
    case nil: chosen = walker.all()[...]
    }
    var frames: [FrameSnapshot] = []
    for frame in chosen { frames.append(await snapshot(of: frame, thread: thread, withLocals: withLocals)) }
    return Backtrace(
      thread: threadSnapshot(thread), frames: frames, truncated: truncated,
      endReason: truncated ? nil : walker.end?.complaint)
  }

  /// Throws `.noFrame` without a stopped process.
  package func selectedFrame() async throws(SessionError) -> FrameSnapshot {
    let frame = try await selectedInternalFrame()
    guard let thread = selection.thread else { throw .noFrame("No stack.") }
    return await snapshot(of: frame, thread: thread, withLocals: false)
  }

  /// By level, 0 for the innermost.
  package func selectFrame(_ level: Int) async throws(SessionError) -> FrameSnapshot {
    _ = try await selectedInternalFrame()
    guard level >= 0, try await selectedWalker().frame(level) != nil else {
      throw .noFrame("No frame at level \(level).")
    }
    selection.level = level
    sink.yield(.selectionChanged)
    return try await selectedFrame()
  }

  /// `up` (positive) and `down`: as far as there are frames; throws where there is none in that direction.
  package func moveFrame(by count: Int) async throws(SessionError) -> FrameSnapshot {
    _ = try await selectedInternalFrame()
    let walker = try await selectedWalker()
    if count > 0, walker.frame(selection.level + 1) == nil {
      throw .noFrame("Initial frame selected; you cannot go up.")
    }
    if count < 0, selection.level == 0 { throw .noFrame("Bottom (innermost) frame selected; you cannot go down.") }
    let (sum, isTooMuch) = selection.level.addingReportingOverflow(count)
    var level = isTooMuch ? .max : max(0, sum)
    if walker.frame(level) == nil { level = walker.frames.count - 1 }
    return try await selectFrame(level)
  }

  /// `return [EXPRESSION]`: leaves the selected frame without running the rest of it.
  package func popFrame(returning expression: String?) async throws(SessionError) -> FrameSnapshot {
    let process = try stoppedProcess()
    let walker = try await selectedWalker()
    guard let thread = selection.thread, let frame = walker.frame(selection.level) else {
      throw .noFrame("No stack.")
    }
    guard !frame.isInlined else { throw .refused("Can not force return from an inlined function.") }
    guard let caller = walker.unwound(from: frame), let current = await process.state(of: thread)
    else { throw .refused("Can not force return in the outermost frame.") }
    if let call = walker.call(returningTo: caller) {
      // Back to before the call: what the function would have returned has nowhere to go.
      try await undo(call)
      dataChanged()
      selection.level = 0
      return try await selectedFrame()
    }
    var state = ReturnedRegisters(registers: current.registers, floatingPoint: current.floatingPoint)
    if let expression { try await setReturnValue(expression, function: frame.function?.entry, &state) }
    for number in 0..<17 {
      // What a callee may destroy stays as it is, the value to return among it (psABI figure 3.4).
      guard let register = GeneralRegister(dwarfNumber: number), let value = caller[dwarf: number],
        register.isCalleeSaved || register == .rip || register == .rsp
      else { continue }
      state.registers[register] = value
    }
    state.registers[.origRax] = .max
    let changed = state
    try await traced { () async throws(TracingError) in
      try await process.setFloatingPoint(changed.floatingPoint, of: thread)
      try await process.setRegisters(changed.registers, of: thread)
    }
    dataChanged()
    selection.level = 0
    return try await selectedFrame()
  }
}

extension GeneralRegister {
  /// rbx, rbp, r12–r15 (psABI figure 3.4).
  var isCalleeSaved: Bool {
    switch self {
    case .rbx, .rbp, .r12, .r13, .r14, .r15: true
    default: false
    }
  }
}

extension UnwindEnd {
  /// What `bt` says below the last frame; nil for a stack that ended as it should.
  var complaint: String? {
    switch self {
    case .outermost: nil
    case .noUnwindInformation(let address):
      "Backtrace stopped: nothing is known of the code at \(address) (corrupt stack?)"
    case .unreadable(let address): "Backtrace stopped: Cannot access memory at address \(address)"
    case .cycle: "Backtrace stopped: previous frame identical to this frame (corrupt stack?)"
    case .damaged(let what): "Backtrace stopped: \(what)"
    }
  }
}

extension Frame {
  /// What is shown of a thread that is gone.
  static let unknown = Frame(
    level: 0,
    registers: FrameRegisters(
      values: .init(repeating: nil, count: 17), saved: .init(repeating: nil, count: 17), isInterrupted: true),
    physicalIndex: 0, scope: nil, function: nil, source: nil, image: nil, showsAddress: true)
}

extension TracedProcess {
  /// Of all threads that stand, by one request to the tracer's thread.
  fileprivate func allRegisters() -> [(ThreadID, RegisterFile, FloatingPointState?)] {
    threadIDs().compactMap { thread in
      registers(of: thread).map { (thread, $0, floatingPoint(of: thread)) }
    }
  }
}
