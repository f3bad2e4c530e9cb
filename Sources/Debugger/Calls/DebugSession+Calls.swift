import DebugInfo
import MachineModel
import Synchronization
import Tracing

/// What was learnt of a stop, kept while a call into the program runs.
private struct StopContext {
  let openValues: OpenValues
  let lastStop: StopSnapshot?
  let hiddenInlined: Int
  let selection: Selection
  let state: ProcessState
  let stepsToCome: Int
}

extension DebugSession {
  // MARK: Evaluation

  /// Evaluates in the selected frame. What the expression calls in the program is carried out as it comes to it, and
  /// what it writes before that too.
  func evaluating<Result>(
    _ expression: String, _ body: (ExpressionEvaluator) throws(ExpressionError) -> Result
  ) async throws(SessionError) -> (result: Result, scope: FrameScope) {
    try await evaluating(
      in: { () async throws(SessionError) in try await self.selectedScope(for: expression) }, body)
  }

  /// Evaluates in a scope, which stays the same: after a call the thread's registers are as they were.
  func evaluating<Result>(
    in makeScope: () async throws(SessionError) -> FrameScope,
    _ body: (ExpressionEvaluator) throws(ExpressionError) -> Result
  ) async throws(SessionError) -> (result: Result, scope: FrameScope) {
    let journal = EvaluationJournal()
    // Results that are returned in memory stay there until the expression has its value.
    var bottom: VirtualAddress?
    let scope = try await makeScope()
    for _ in 0..<Self.mostCalls {
      journal.begin()
      let outcome: Result?
      do throws(ExpressionError) {
        outcome = try body(ExpressionEvaluator(scope: scope, journal: journal))
      } catch {
        guard journal.request != nil else { throw .expression(error.message) }
        outcome = nil
      }
      try await carryOut(scope.takeWrites(), thread: scope.thread)
      for warning in scope.takeWarnings() { notify("warning: \(warning)") }
      if let outcome { return (outcome, scope) }
      guard let request = journal.request, let thread = scope.thread else { break }
      let returned = try await call(request, in: thread, below: &bottom)
      journal.answer(returned.value(scope))
    }
    throw .expression("The expression calls too many functions.")
  }

  /// A loop in an expression there is none: more calls than this are a fault.
  private static var mostCalls: Int { 10_000 }

  // MARK: Calls

  /// What a function has answered.
  private struct Returned {
    let type: DataType
    let bytes: [UInt8]
    /// Where a result that is returned in memory is.
    let address: VirtualAddress?

    func value(_ source: any ValueSource) -> Value {
      guard let address else { return Value(type: type, bytes: bytes, source: source) }
      return Value(
        type: type, location: .memory(address), offset: 0, bitField: nil, source: source,
        loadedBytes: ValueBytes(bytes[...]))
    }
  }

  /// Calls a function in a stopped thread, whose registers are as before afterwards. All threads run meanwhile, as with
  /// gdb's default of `set scheduler-locking`.
  /// - Parameter bottom: the lowest address that earlier results of the same expression take up; lowered by this one's.
  private func call(_ call: FunctionCall, in thread: ThreadID, below bottom: inout VirtualAddress?)
    async throws(SessionError) -> Returned
  {
    guard let process else { throw .expression("You can't do that without a process to debug.") }
    guard let before = await process.state(of: thread) else { throw .notRunning }
    let (frame, place) = try await prepare(call, before, thread, process, &bottom)
    let context = StopContext(
      openValues: openValues, lastStop: lastStop, hiddenInlined: hiddenInlined, selection: selection, state: state,
      stepsToCome: stepsToCome)
    if case .stopped = state { interruption.withLock { $0.isRequested = false } }
    state = .running(process.id)
    stepsToCome = 0
    await watchTermination(settings.unwindsOnTermination, of: process)
    let arrival = try await resumeUntilStopped(ResumeRequest(thread: thread), motion: nil)
    await watchTermination(false, of: process)
    switch arrival {
    case .ended(let outcome):
      tell(.ended(outcome))
      throw .expression(Self.abandoned(call, "The program being debugged exited"))
    case .stopped(let stop, .callReturned, _) where dummies.frames.last?.isReached(by: stop) == true:
      let returned = try await result(of: call, at: place, frame: frame, process)
      try await leave(frame)
      restore(context)
      return returned
    case .stopped(_, .callReturned, _):
      try await leave(frame)
      restore(context)
      throw .expression(Self.terminated(call))
    case .stopped(let stop, let cause, let hidden):
      try await abandon(call, frame, stop: stop, cause: cause, hidden: hidden)
    }
  }

  /// Nothing has happened since, as far as anybody can see.
  private func restore(_ context: StopContext) {
    stacks = [:]
    openValues = context.openValues
    lastStop = context.lastStop
    hiddenInlined = context.hiddenInlined
    selection = context.selection
    state = context.state
    stepsToCome = context.stepsToCome
  }

  /// Has traps at `std::terminate`, or lifts them: an exception that leaves a function called from here has nobody to
  /// catch it.
  private func watchTermination(_ isWanted: Bool, of process: TracedProcess) async {
    for address in terminations { try? await process.removeSite(at: address) }
    terminations = []
    guard isWanted else { return }
    for symbol in symbols.symbols(named: "std::terminate") where symbol.isFunction {
      if (try? await process.insertSite(at: symbol.address)) != nil { terminations.insert(symbol.address) }
    }
  }

  /// Puts the arguments where the function expects them, and the thread at its entry. Answers where the result will be
  /// that is returned in memory too.
  private func prepare(
    _ call: FunctionCall, _ before: ThreadState, _ thread: ThreadID, _ process: TracedProcess,
    _ bottom: inout VirtualAddress?
  ) async throws(SessionError) -> (frame: DummyFrame, result: VirtualAddress?) {
    guard let returnAddress = callReturnAddress(of: process) else {
      throw .expression("The program has no entry point for a call to return to.")
    }
    // Leaf functions keep data in the 128 bytes below the stack pointer (psABI §3.2.2).
    let free = bottom ?? VirtualAddress(before.registers[.rsp] &- 128)
    var layout = CallLayout(below: free)
    layout.addResult(call.result)
    for argument in call.arguments {
      switch argument {
      case .value(let value): layout.add(try bytes(of: value), value.type)
      case .copy(let value): layout.addPointer(toCopyOf: try bytes(of: value))
      }
    }
    let entry = VirtualAddress(layout.stackPointer.rawValue &- 8)
    let returnBytes = IntegerBits(bits: UInt128(returnAddress.rawValue), width: 64, isSigned: false).littleEndian
    let image = layout
    try await traced { () async throws(TracingError) in
      for copy in image.copies { try await process.write(copy.bytes, at: copy.address) }
      try await process.write(returnBytes + image.stack, at: entry)
    }
    var registers = before.registers
    for (register, value) in layout.integers { registers[register] = value }
    registers[.rax] = UInt64(layout.vectors.count)
    registers[.rsp] = entry.rawValue
    registers.programCounter = call.function
    // The direction flag is clear on entry (psABI §3.2.1); a trap flag is not the function's.
    registers[.eflags] &= ~0x500
    // No system call is to be restarted: the function's is another.
    registers[.origRax] = .max
    var floating = before.floatingPoint
    floating.clearX87Stack()
    for (index, bytes) in layout.vectors.enumerated() {
      floating.setXMM(index, bytes + .init(repeating: 0, count: max(0, 16 - bytes.count)))
    }
    let (changed, changedFloating) = (registers, floating)
    try await traced { () async throws(TracingError) in
      // First what may be refused, so that the thread stays as it was.
      try await process.insertSite(at: returnAddress)
      try await process.setFloatingPoint(changedFloating, of: thread)
      try await process.setRegisters(changed, of: thread)
    }
    if let result = layout.result { bottom = result }
    let frame = DummyFrame(
      thread: thread, state: before, returnAddress: returnAddress, stackPointer: entry + 8)
    dummies.push(frame)
    return (frame, layout.result)
  }

  func bytes(of value: Value) throws(SessionError) -> [UInt8] {
    do throws(Unavailability) {
      if value.bitField != nil {
        let bits = try value.integer()
        return bits.resized(width: Int(value.type.size ?? 8) * 8, isSigned: bits.isSigned).littleEndian
      }
      let contents = try value.contents()
      if let missing = contents.missing { throw missing }
      return Array(contents.bytes)
    } catch {
      throw .expression(error.message)
    }
  }

  /// Nobody executes a program's entry point a second time, so a trap there is in nobody's way.
  private func callReturnAddress(of process: TracedProcess) -> VirtualAddress? {
    let entry = process.auxiliaryVector().first { $0.type == AuxiliaryType.entryPoint.rawValue }
    return entry.map { VirtualAddress($0.value) }
  }

  private func result(
    of call: FunctionCall, at place: VirtualAddress?, frame: DummyFrame, _ process: TracedProcess
  ) async throws(SessionError) -> Returned {
    guard let after = await process.state(of: frame.thread) else { throw .notRunning }
    let location = place.map(Location.memory) ?? ReturnLocation.location(of: call.result, registers: after.registers)
    guard let location else { return Returned(type: call.result, bytes: [], address: nil) }
    let value = Value(
      type: call.result, location: location, source: ReturnedState(memory: process.memory, state: after))
    return Returned(type: call.result, bytes: try bytes(of: value), address: place)
  }

  // MARK: Ends

  /// Puts the thread back to before the call.
  func leave(_ frame: DummyFrame) async throws(SessionError) {
    guard let process else { throw .notRunning }
    let count = dummies.pop(frame)
    try await traced { () async throws(TracingError) in
      for _ in 0..<count { try await process.removeSite(at: frame.returnAddress) }
      try await process.restore(frame.state, of: frame.thread)
    }
    stacks[frame.thread] = nil
  }

  /// The function stopped before it returned: says so, and stays there, or goes back where the settings want it.
  private func abandon(
    _ call: FunctionCall, _ frame: DummyFrame, stop: StopEvent, cause: StopCause, hidden: Int?
  ) async throws(SessionError) -> Never {
    let unwinds = settings.unwindsOnSignal && stop.thread == frame.thread && cause.isSignal
    let snapshot = await report(stop, cause: cause, origin: nil, hiddenInlined: hidden)
    keepUnreported(.stopped(snapshot))
    guard stop.thread == frame.thread else {
      throw .expression(
        "The program received a signal in another thread while\nmaking a function call from sdb.\n"
          + Self.evaluation(of: call) + "\nWhen the function is done executing, sdb will silently stop.")
    }
    guard cause.isSignal else {
      throw .expression(
        Self.abandoned(call, "The program being debugged stopped")
          + "\nWhen the function is done executing, sdb will silently stop.")
    }
    guard unwinds else {
      throw .expression(
        """
        The program being debugged was signaled while in a function called from sdb.
        sdb remains in the frame where the signal was received.
        To change this behavior use "set unwindonsignal on".
        \(Self.evaluation(of: call))
        When the function is done executing, sdb will silently stop.
        """)
    }
    try await leave(frame)
    // The signal was the function's, and is gone with it.
    lastStop = nil
    dataChanged()
    throw .expression(
      """
      The program being debugged was signaled while in a function called from sdb.
      sdb has restored the context to what it was before the call.
      To change this behavior use "set unwindonsignal off".
      \(Self.evaluation(of: call))
      """)
  }

  private static func terminated(_ call: FunctionCall) -> String {
    """
    The program being debugged entered a std::terminate call, most likely
    caused by an unhandled C++ exception.  sdb blocked this call in order
    to prevent the program from being terminated, and has restored the
    context to its original state before the call.
    To change this behaviour use "set unwind-on-terminating-exception off".
    Evaluation of the expression containing the function (\(call.name))
    will be abandoned.
    """
  }
  private static func evaluation(of call: FunctionCall) -> String {
    "Evaluation of the expression containing the function\n(\(call.name)) will be abandoned."
  }
  private static func abandoned(_ call: FunctionCall, _ what: String) -> String {
    "\(what) while in a function called from sdb.\n" + evaluation(of: call)
  }
}

extension DummyFrame {
  func isReached(by stop: StopEvent) -> Bool {
    stop.thread == thread && stop.registers.programCounter == returnAddress
      && stop.registers.stackPointer == stackPointer
  }
}

extension StopCause {
  fileprivate var isSignal: Bool {
    switch self {
    case .signal, .interrupted, .trap: true
    default: false
    }
  }
}

/// The registers as a function has left them, to read its result from.
struct ReturnedState: ValueSource {
  let memory: any MemoryReader
  let state: ThreadState

  func registerBytes(_ number: Int) -> [UInt8]? {
    switch VectorRegister(dwarfNumber: number) {
    case .xmm(let index)?: state.floatingPoint.ymm(index) ?? Array(state.floatingPoint.xmm(index))
    case .x87(let index)?: state.floatingPoint.x87(index) + [UInt8](repeating: 0, count: 6)
    case nil:
      GeneralRegister(dwarfNumber: number).map {
        IntegerBits(bits: UInt128(state.registers[$0]), width: 64, isSigned: false).littleEndian
      }
    }
  }
  func evaluate(_ expression: [UInt8], initial: [UInt64]) -> Location { .optimizedOut }
  func implicitTarget(_ entry: EntryID) -> Location { .optimizedOut }
  func staticMember(_ name: String, of type: DataType) -> Value? { nil }
  func symbol(at address: VirtualAddress) -> (symbol: SymbolAddress, offset: UInt64)? { nil }
  func write(_ bytes: [UInt8], to address: VirtualAddress) throws(ExpressionError) {
    throw ExpressionError("Left operand of assignment is not an lvalue.")
  }
  func write(_ bytes: [UInt8], toRegister number: Int) throws(ExpressionError) {
    throw ExpressionError("Left operand of assignment is not an lvalue.")
  }
}
