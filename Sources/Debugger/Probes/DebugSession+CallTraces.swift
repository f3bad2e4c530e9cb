import DebugInfo
import MachineModel
import Tracing

/// Traced calls that have not returned, and where the session has traps for their returns.
struct CallTraces {
  struct Content {
    let breakpoint: Int
    let function: EntryID?
    let frame: FrameSnapshot
  }
  typealias Calls = PendingCalls<Content>

  var threads: [ThreadID: Calls] = [:]
  /// How many calls return there.
  var returns: [VirtualAddress: Int] = [:]
}

/// Calls, returns and lines of traced functions, told as they happen. Each costs a stop of all threads.
extension DebugSession {
  /// A thread has hit a breakpoint that traces.
  func trace(_ breakpoint: Breakpoint, at stop: StopEvent) async {
    guard let process else { return }
    let walker = walker(for: stop.registers, process: process, hiddenInlined: 0, thread: stop.thread)
    guard let frame = walker.frame(0) else { return }
    stacks[stop.thread] = walker
    let snapshot = await snapshot(of: frame, thread: stop.thread, withLocals: false)
    stacks[stop.thread] = nil
    // Nobody can open values of a process that runs.
    openValues.removeAll()
    let address = stop.registers.programCounter
    let isEntry = breakpoint.entries.contains(address)
    if isEntry {
      let isFollowed = await expectReturn(of: frame, walker, snapshot, breakpoint.id, stop, process)
      let depth = (traces.threads[stop.thread]?.calls.count ?? 0) - (isFollowed ? 1 : 0)
      tell(TraceStep(kind: .call, depth: depth, frame: snapshot), by: breakpoint.id, stop.thread)
    }
    if breakpoint.probe == .trace(lines: true) {
      let depth = traces.threads[stop.thread]?.calls.count ?? 0
      let text = await text(ofLineOf: snapshot)
      tell(TraceStep(kind: .line(text), depth: depth, frame: snapshot), by: breakpoint.id, stop.thread)
    }
  }

  /// False where it can't be followed: what is inlined returns nowhere.
  private func expectReturn(
    of frame: Frame, _ walker: StackWalker, _ snapshot: FrameSnapshot, _ breakpoint: Int, _ stop: StopEvent,
    _ process: TracedProcess
  ) async -> Bool {
    guard !frame.isInlined, let place = walker.canonicalFrameAddress(of: frame),
      let address = walker.unwound(from: frame)?.programCounter
    else { return false }
    if traces.returns[address] == nil {
      guard (try? await process.insertSite(at: address)) != nil else { return false }
    }
    traces.returns[address, default: 0] += 1
    let content = CallTraces.Content(breakpoint: breakpoint, function: frame.function?.entry, frame: snapshot)
    let dropped = traces.threads[stop.thread, default: .init()].enter(
      at: stop.registers.programCounter, frame: place, returnAddress: address, content)
    await forget(dropped, of: process)
    return true
  }

  /// A thread has come to where traced calls may return to.
  func traceReturns(_ stop: StopEvent, to address: VirtualAddress, _ process: TracedProcess) async {
    guard traces.returns[address] != nil, var calls = traces.threads[stop.thread] else { return }
    let (returned, dropped) = calls.arrive(at: address, stackPointer: stop.registers.stackPointer)
    traces.threads[stop.thread] = calls
    for (index, call) in returned.enumerated() where breakpointTable[call.content.breakpoint] != nil {
      let value = await valueReturned(by: call.content.function, stop, process)
      // The innermost comes first.
      let depth = calls.calls.count + returned.count - 1 - index
      tell(
        TraceStep(kind: .return(value), depth: depth, frame: call.content.frame), by: call.content.breakpoint,
        stop.thread)
    }
    await forget(returned + dropped, of: process)
  }

  /// True where calls are followed to their end: how control may leave them otherwise has to be seen then.
  var followsCalls: Bool {
    breakpointTable.all.contains { $0.isEnabled && ($0.probe == .time || $0.probe?.kind == .trace) }
  }

  /// A thread has come to a frame by an exception or longjmp(3): what that and the frames within it have called is left. What follows
  /// may well be the very place that a call would have returned to.
  func dropCalls(leftBy stop: StopEvent, _ process: TracedProcess) async {
    let top = stop.registers.stackPointer
    await process.dropTimedCalls(of: stop.thread, upTo: top)
    guard var calls = traces.threads[stop.thread] else { return }
    let dropped = calls.remove { $0.frame <= top }
    traces.threads[stop.thread] = calls
    await forget(dropped, of: process)
  }

  /// Calls of a thread that has ended.
  func forgetTraces(of thread: ThreadID, _ process: TracedProcess) async {
    guard let calls = traces.threads.removeValue(forKey: thread) else { return }
    await forget(calls.calls, of: process)
  }

  private func forget(_ calls: [CallTraces.Calls.Call], of process: TracedProcess) async {
    for call in calls {
      guard let count = traces.returns[call.returnAddress] else { continue }
      traces.returns[call.returnAddress] = count > 1 ? count - 1 : nil
      if count == 1 { try? await process.removeSite(at: call.returnAddress) }
    }
  }

  private func valueReturned(by function: EntryID?, _ stop: StopEvent, _ process: TracedProcess) async -> String? {
    guard let function, let type = symbols.functionType(function)?.target,
      let location = ReturnLocation.location(of: type, registers: stop.registers),
      let state = await process.state(of: stop.thread)
    else { return nil }
    let language = symbols.scopes(at: stop.registers.programCounter).first?.language ?? .c
    let value = Value(type: type, location: location, source: ReturnedState(memory: process.memory, state: state))
    return ValueFormatter(settings: settings, language: language).nestedText(value)
  }

  private func text(ofLineOf frame: FrameSnapshot) async -> String? {
    guard let file = frame.file, let line = frame.line, let text = try? await sourceText(file),
      text.lines.indices.contains(line - 1)
    else { return nil }
    return text.lines[line - 1]
  }

  private func tell(_ step: TraceStep, by breakpoint: Int, _ thread: ThreadID) {
    guard let logger, logger.wants(.info, of: Self.traceLogger) else { return }
    let frame = step.frame
    logger.receive(
      LogEntry(
        breakpoint: breakpoint, thread: threads.number(of: thread), logger: Self.traceLogger, level: .info, text: "",
        place: .init(address: frame.address, file: frame.file, line: frame.line, function: frame.function), step: step))
  }

  /// Traces are log records: handlers and filters are for them too.
  private static let traceLogger = "trace"
}
