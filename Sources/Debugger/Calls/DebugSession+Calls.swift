import DebugInfo
import MachineModel
import Synchronization
import Tracing

/// What was learnt of a stop, kept while a call into the program runs.
struct StopContext {
  let openValues: OpenValues
  let lastStop: StopSnapshot?
  let hiddenInlined: Int
  let selection: Selection
  let state: ProcessState
  let stepsToCome: Int
}

/// How a call ended that could be made.
enum CallOutcome {
  case returned(ReturnedValue)
  case abandoned(AbandonedCall)
}

extension DebugSession {
  /// Calls a function in a stopped thread. Where it returns, comes to `std::terminate`, or can't be called or its result
  /// not be read (which throws), all is as before afterwards; the thread stays where it came to otherwise. All threads
  /// run meanwhile, as with gdb's default of `set scheduler-locking`; where a condition calls, only after a while.
  /// - Parameter bottom: the lowest address that earlier results of the same expression take up; lowered by this one's.
  func call(_ function: FunctionCall, in thread: ThreadID, below bottom: inout VirtualAddress?)
    async throws(SessionError) -> CallOutcome
  {
    guard let process else { throw .expression("You can't do that without a process to debug.") }
    guard !nesting.isFull else { throw .expression("Conditions of breakpoints call each other too deeply.") }
    guard let before = await process.state(of: thread) else { throw .notRunning }
    let setup = try setup(of: function, before, process, below: bottom)
    let context = stopContext
    let call = calls.begin(
      in: thread, state: before, returnAddress: setup.returnAddress, stackPointer: setup.stackPointer)
    do throws(SessionError) {
      let arrival = try await carryOut(setup, call, process)
      switch arrival {
      case .returned(let other, _) where other.id == call.id:
        let value = try await result(of: function, at: setup.result, call, process)
        try await undo(call)
        restore(context, of: process)
        bottom = setup.result ?? bottom
        return .returned(value)
      case .terminated(let other, _) where other.id == call.id: throw .expression(Self.terminated(function))
      default:
        return .abandoned(
          AbandonedCall(
            name: function.name, call: call, context: context, arrival: arrival, isOpen: calls[call.id] != nil,
            unwindsOnSignal: settings.unwindsOnSignal))
      }
    } catch {
      // What failed is what is told, not that undoing it did too.
      try? await undo(call)
      restore(context, of: process)
      throw error
    }
  }

  /// Puts the thread back to before a call, and all that was called further in there. Without effect on a call that is
  /// not open any more: the thread, or the whole program, is another now.
  func undo(_ call: InferiorCall) async throws(SessionError) {
    let ended = calls.end(call)
    guard let process, !ended.isEmpty else { return }
    forgetStacks()
    await liftTraps(of: ended, process)
    try await traced { () async throws(TracingError) in try await process.restore(call.state, of: call.thread) }
  }

  func liftTraps(of calls: [InferiorCall], _ process: TracedProcess) async {
    for call in calls { try? await process.removeSite(at: call.returnAddress) }
  }

  // MARK: What was known before

  private var stopContext: StopContext {
    StopContext(
      openValues: openValues, lastStop: lastStop, hiddenInlined: hiddenInlined, selection: selection, state: state,
      stepsToCome: stepsToCome)
  }

  /// Nothing has happened since, as far as anybody can see.
  func restore(_ context: StopContext, of process: TracedProcess) {
    guard self.process === process else { return }
    forgetStacks()
    openValues = context.openValues
    lastStop = context.lastStop
    hiddenInlined = context.hiddenInlined
    selection = context.selection
    state = context.state
    stepsToCome = context.stepsToCome
  }

  // MARK: Running

  /// Works out where the arguments go, and the result that is returned in memory.
  private func setup(
    of call: FunctionCall, _ before: ThreadState, _ process: TracedProcess, below bottom: VirtualAddress?
  ) throws(SessionError) -> CallSetup {
    // Nobody executes a program's entry point a second time, so a trap there is in nobody's way.
    let entry = process.auxiliaryVector().first { $0.type == AuxiliaryType.entryPoint.rawValue }
    guard let entry else { throw .expression("The program has no entry point for a call to return to.") }
    // Leaf functions keep data in the 128 bytes below the stack pointer (psABI §3.2.2).
    var layout = CallLayout(below: bottom ?? VirtualAddress(before.registers[.rsp] &- 128))
    layout.addResult(call.result)
    for argument in call.arguments {
      switch argument {
      case .value(let value): layout.add(try bytes(of: value), value.type)
      case .copy(let value): layout.addPointer(toCopyOf: try bytes(of: value))
      }
    }
    return CallSetup(of: call.function, layout, in: before, returningTo: VirtualAddress(entry.value))
  }

  /// Puts the thread at the function's entry, and lets it run until there is something to hear of.
  private func carryOut(_ setup: CallSetup, _ call: InferiorCall, _ process: TracedProcess)
    async throws(SessionError) -> Arrival
  {
    try await traced { () async throws(TracingError) in
      try await process.insertSite(at: setup.returnAddress)
      for part in setup.memory { try await process.write(part.bytes, at: part.address) }
      try await process.setFloatingPoint(setup.floatingPoint, of: call.thread)
      try await process.setRegisters(setup.registers, of: call.thread)
    }
    if case .stopped = state { interruption.withLock { $0.isRequested = false } }
    state = .running(process.id)
    stepsToCome = 0
    nesting.call(call)
    await watchTermination(of: process)
    let release = nesting.holdsOthers ? Task { try await self.releaseOthers(from: call, process) } : nil
    let arrival: Result<Arrival, SessionError>
    var nowhere: MotionOrigin?
    do throws(SessionError) {
      arrival = .success(
        try await resumeUntilStopped(ResumeRequest(thread: call.thread), motion: nil, origin: &nowhere))
    } catch {
      arrival = .failure(error)
    }
    release?.cancel()
    nesting.leave()
    await watchTermination(of: process)
    return try arrival.get()
  }

  /// A condition's call that has not returned after a second may wait for a lock that a held thread has.
  private func releaseOthers(from call: InferiorCall, _ process: TracedProcess) async throws {
    try await Task.sleep(for: .seconds(1))
    guard nesting.innermostCall?.id == call.id, nesting.holdsOthers else { return }
    nesting.releaseOthers()
    await process.releaseOthers()
  }

  /// Has traps at `std::terminate` while functions are called, or lifts them: an exception that leaves a function called
  /// from here has nobody to catch it.
  private func watchTermination(of process: TracedProcess) async {
    guard self.process === process else { return }
    let isWanted = settings.unwindsOnTermination && nesting.innermostCall != nil
    guard isWanted == terminations.isEmpty else { return }
    for address in terminations { try? await process.removeSite(at: address) }
    terminations = []
    guard isWanted else { return }
    for symbol in symbols.symbols(named: "std::terminate") where symbol.isFunction {
      if (try? await process.insertSite(at: symbol.address)) != nil { terminations.insert(symbol.address) }
    }
  }

  // MARK: Results

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

  private func result(
    of function: FunctionCall, at place: VirtualAddress?, _ call: InferiorCall, _ process: TracedProcess
  ) async throws(SessionError) -> ReturnedValue {
    guard let after = await process.state(of: call.thread) else { throw .notRunning }
    let location =
      place.map(Location.memory) ?? ReturnLocation.location(of: function.result, registers: after.registers)
    guard let location else { return ReturnedValue(type: function.result, bytes: [], address: nil) }
    let value = Value(
      type: function.result, location: location, source: ReturnedState(memory: process.memory, state: after))
    return ReturnedValue(type: function.result, bytes: try bytes(of: value), address: place)
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
}
