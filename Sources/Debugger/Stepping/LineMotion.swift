import DebugInfo
import MachineModel

/// `step`, `next` and `until`: to the start of another line, in whatever frame that is; `step` also into
/// functions that have lines, and into inlined ones.
struct LineMotion: MotionController {
  let entersCalls: Bool
  /// `step` stops in functions without lines too (`set step-mode on`).
  let entersUnknown: Bool
  /// One of several steps that are alike may follow it.
  let isRepeatable: Bool
  /// What its end is reported as.
  private let cause: StopCause
  /// The frame that is being stepped through.
  private var place: FrameIdentity
  private var line: SourceLocation?
  private var ranges: [Range<VirtualAddress>]
  private var resolution: Resolution?

  /// The way into an indirect function that is called for the first time: the dynamic linker runs its code, and jumps
  /// to what that answers.
  private struct Resolution {
    /// Out of the call as a whole.
    let returnAddress: VirtualAddress
    let frame: VirtualAddress?
    /// Where the resolver begins.
    let resolvers: [VirtualAddress]
    /// Where the resolver returns to; nil until it has been entered.
    var answer: VirtualAddress?
  }

  init(
    entersCalls: Bool, entersUnknown: Bool, place: FrameIdentity, line: SourceLocation?,
    ranges: [Range<VirtualAddress>], isRepeatable: Bool = false, cause: StopCause = .step
  ) {
    self.isRepeatable = isRepeatable
    self.cause = cause
    self.entersCalls = entersCalls
    self.entersUnknown = entersUnknown
    self.place = place
    self.line = line
    self.ranges = ranges
  }

  /// How it sets out, and goes on in the middle of a line.
  var plan: LineStepPlan { LineStepPlan(ranges: ranges, stepsOverCalls: !entersCalls) }

  mutating func arrived(_ situation: MotionSituation) -> MotionDecision {
    if let decision = resolving(situation) { return decision }
    let here = situation.walker.place()
    if !here.isSamePhysicalFrame(as: place), isCalled(from: place, situation) {
      return enteredCall(situation)
    }
    if situation.isLooping, here == place, let plan = loopPlan(situation) { return .resume(plan) }
    if here == place, situation.hidden > 0 { return atInlinedCall(situation) }
    if here.isInlined(into: place) {
      if entersCalls { return .finishedInline(hidden: situation.hidden) }
      return .resume(through(situation.walker.frame(0)?.scope))
    }
    return atLine(here, situation)
  }

  /// Through a line that loops, in one go; nil where the thread has left the line, or it can't be told where the line ends.
  private func loopPlan(_ situation: MotionSituation) -> LineLoopPlan? {
    guard ranges.contains(where: { $0.contains(situation.programCounter) }),
      let frame = place.canonicalFrameAddress,
      let exits = LineExits(
        of: ranges, includesCalls: entersCalls, symbols: situation.symbols, memory: situation.memory)
    else { return nil }
    return LineLoopPlan(exits, frame: frame, ranges: ranges, stepsOverCalls: !entersCalls)
  }

  /// True where the innermost frame was called by the one that is being stepped through.
  private func isCalled(from frame: FrameIdentity, _ situation: MotionSituation) -> Bool {
    guard let innermost = situation.walker.frame(0), let caller = situation.walker.unwound(from: innermost),
      let address = frame.canonicalFrameAddress
    else { return false }
    return situation.symbols.canonicalFrameAddress(of: caller, memory: situation.memory) == address
  }

  private mutating func enteredCall(_ situation: MotionSituation) -> MotionDecision {
    guard let innermost = situation.walker.frame(0), let caller = situation.walker.unwound(from: innermost) else {
      return .finished(.step)
    }
    let stepOut = RunToPlan(
      returnAddress: caller.programCounter, frame: situation.walker.canonicalFrameAddress(of: innermost))
    guard entersCalls else { return .resume(stepOut) }
    let symbols = situation.symbols
    let pc = situation.programCounter
    let adjusted = symbols.thunkTargets(at: pc).compactMap { start(ofFunctionAt: $0.address, symbols) }
    if !adjusted.isEmpty {
      return .resume(
        RunToPlan(
          places: adjusted, returnAddress: caller.programCounter,
          frame: situation.walker.canonicalFrameAddress(of: innermost)))
    }
    if let start = start(ofFunctionAt: pc, symbols) {
      return start == pc ? .finished(.step) : .resume(RunToPlan(places: [start]))
    }
    let frame = situation.walker.canonicalFrameAddress(of: innermost)
    var places: [VirtualAddress]
    if let bound = symbols.boundTarget(ofTrampolineAt: pc, memory: situation.memory) {
      places = start(ofFunctionAt: bound, symbols).map { [$0] } ?? []
    } else {
      let targets = symbols.trampolineTargets(at: pc)
      places = targets.filter { !$0.isIndirect }.compactMap { start(ofFunctionAt: $0.address, symbols) }
      let resolvers = targets.filter(\.isIndirect).map(\.address)
      if !resolvers.isEmpty {
        resolution = Resolution(returnAddress: caller.programCounter, frame: frame, resolvers: resolvers)
        places += resolvers
      }
    }
    if !places.isEmpty {
      return .resume(RunToPlan(places: places, returnAddress: caller.programCounter, frame: frame))
    }
    return entersUnknown ? .finished(.step) : .resume(stepOut)
  }

  /// Where to stop in the function at `address`; nil where it has no lines.
  private func start(ofFunctionAt address: VirtualAddress, _ symbols: ProgramSymbols) -> VirtualAddress? {
    guard let scope = symbols.scopes(at: address).last else { return nil }
    let start = symbols.afterPrologue(ofFunctionAt: scope.ranges.first?.lowerBound ?? address)
    return (symbols.lineRow(at: start)?.source.line ?? 0) > 0 ? start : nil
  }

  /// The line has ended in a jump to another image's function, by way of the linkage table.
  private func throughTrampoline(_ situation: MotionSituation) -> MotionDecision? {
    let symbols = situation.symbols
    guard
      let bound = symbols.boundTarget(ofTrampolineAt: situation.programCounter, memory: situation.memory),
      let innermost = situation.walker.frame(0), let caller = situation.walker.unwound(from: innermost)
    else { return nil }
    let start = entersCalls ? start(ofFunctionAt: bound, symbols) : nil
    return .resume(
      RunToPlan(
        places: start.map { [$0] } ?? [], returnAddress: caller.programCounter,
        frame: situation.walker.canonicalFrameAddress(of: innermost)))
  }

  /// nil where no indirect function is on the way, or it has been left behind.
  private mutating func resolving(_ situation: MotionSituation) -> MotionDecision? {
    guard let current = resolution else { return nil }
    resolution = nil
    let pc = situation.programCounter
    if pc == current.answer {
      // The psABI's register of results (§3.2.3).
      let target = start(ofFunctionAt: VirtualAddress(situation.registers[.rax]), situation.symbols)
      return .resume(
        RunToPlan(
          places: target.map { [$0] } ?? [], returnAddress: current.returnAddress, frame: current.frame))
    }
    guard current.resolvers.contains(pc), let innermost = situation.walker.frame(0),
      let linker = situation.walker.unwound(from: innermost)
    else { return nil }
    resolution = current
    resolution?.answer = linker.programCounter
    return .resume(
      RunToPlan(
        returnAddress: linker.programCounter, frame: situation.walker.canonicalFrameAddress(of: innermost)))
  }

  /// A call of an inlined function begins here: on the line that is being stepped through, `step` enters it
  /// without moving, and `next` goes through its code; on another line, both have arrived.
  private func atInlinedCall(_ situation: MotionSituation) -> MotionDecision {
    let callSite = situation.walker.frame(0)?.source
    let isSameLine = callSite?.line == line?.line && callSite?.file == line?.file
    if entersCalls { return .finishedInline(hidden: isSameLine ? situation.hidden - 1 : situation.hidden) }
    guard isSameLine else { return .finishedInline(hidden: situation.hidden) }
    let scopes = situation.symbols.scopes(at: situation.programCounter)
    return .resume(through(scopes[situation.hidden - 1]))
  }

  /// Through an inlined copy, to its end or to where it begins anew: the loop around it has come back.
  private func through(_ copy: CodeScope?) -> LineStepPlan {
    let ranges = copy?.ranges ?? []
    return LineStepPlan(ranges: ranges.without(ranges.begins()), stepsOverCalls: true)
  }

  private mutating func atLine(_ here: FrameIdentity, _ situation: MotionSituation) -> MotionDecision {
    let pc = situation.programCounter
    guard let row = situation.symbols.lineRow(at: pc), row.source.line > 0 else {
      return throughTrampoline(situation) ?? .finished(cause)
    }
    if row.source.line != line?.line || row.source.file != line?.file, row.range.lowerBound == pc {
      if row.isStatement { return .finished(cause) }
      // A row that is no statement is no place to stop, and belongs to the line before it (DWARF 5 §6.2.2). In another
      // frame, any statement is a place to stop.
      if here != place { line = nil }
      place = here
      return .resume(LineStepPlan(ranges: [row.range], stepsOverCalls: !entersCalls))
    }
    // In the middle of a line, after a return or a jump: on to its end.
    place = here
    line = row.source
    // A call of an inlined function begins: its code is no part of the line.
    ranges = situation.hidden > 0 ? [row.range] : situation.symbols.stepRanges(at: pc)
    return .resume(plan)
  }
}
