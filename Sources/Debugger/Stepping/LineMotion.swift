import DebugInfo
import MachineModel

/// `step`, `next` and `until`: to the start of another line, in whatever frame that is; `step` also into
/// functions that have lines, and into inlined ones.
struct LineMotion: MotionController {
  let entersCalls: Bool
  /// `step` stops in functions without lines too (`set step-mode on`).
  let entersUnknown: Bool
  /// The frame that is being stepped through.
  private var place: FrameIdentity
  private var line: SourceLocation?
  private var ranges: [Range<VirtualAddress>]

  init(
    entersCalls: Bool, entersUnknown: Bool, place: FrameIdentity, line: SourceLocation?, ranges: [Range<VirtualAddress>]
  ) {
    self.entersCalls = entersCalls
    self.entersUnknown = entersUnknown
    self.place = place
    self.line = line
    self.ranges = ranges
  }

  /// How it sets out, and goes on in the middle of a line.
  var plan: LineStepPlan { LineStepPlan(ranges: ranges, stepsOverCalls: !entersCalls) }

  mutating func arrived(_ situation: MotionSituation) -> MotionDecision {
    let here = situation.walker.place()
    if !here.isSamePhysicalFrame(as: place), isCalled(from: place, situation) {
      return enteredCall(situation)
    }
    if here == place, situation.hidden > 0 { return atInlinedCall(situation) }
    if here.isInlined(into: place) {
      if entersCalls { return .finishedInline(hidden: situation.hidden) }
      let inlined = situation.walker.frame(0)?.scope?.ranges ?? []
      return .resume(LineStepPlan(ranges: inlined, stepsOverCalls: true))
    }
    return atLine(here, situation)
  }

  /// True where the innermost frame was called by the one that is being stepped through.
  private func isCalled(from frame: FrameIdentity, _ situation: MotionSituation) -> Bool {
    guard let innermost = situation.walker.frame(0), let caller = situation.walker.unwound(from: innermost),
      let address = frame.canonicalFrameAddress
    else { return false }
    return situation.symbols.canonicalFrameAddress(of: caller, memory: situation.memory) == address
  }

  private func enteredCall(_ situation: MotionSituation) -> MotionDecision {
    guard let innermost = situation.walker.frame(0), let caller = situation.walker.unwound(from: innermost) else {
      return .finished(.step)
    }
    let stepOut = RunToPlan(
      returnAddress: caller.programCounter, frame: situation.walker.canonicalFrameAddress(of: innermost))
    guard entersCalls else { return .resume(stepOut) }
    let symbols = situation.symbols
    let pc = situation.programCounter
    if let scope = symbols.scopes(at: pc).last, scope.hasLines {
      let start = symbols.afterPrologue(ofFunctionAt: scope.ranges.first?.lowerBound ?? pc)
      return start == pc ? .finished(.step) : .resume(RunToPlan(places: [start]))
    }
    let targets = symbols.trampolineTargets(at: pc).filter {
      symbols.scopes(at: $0).last?.hasLines ?? false
    }
    if !targets.isEmpty {
      return .resume(
        RunToPlan(
          places: targets.map(symbols.afterPrologue(ofFunctionAt:)), returnAddress: caller.programCounter,
          frame: situation.walker.canonicalFrameAddress(of: innermost)))
    }
    return entersUnknown ? .finished(.step) : .resume(stepOut)
  }

  /// A call of an inlined function begins here: on the line that is being stepped through, `step` enters it
  /// without moving, and `next` goes through its code; on another line, both have arrived.
  private func atInlinedCall(_ situation: MotionSituation) -> MotionDecision {
    let callSite = situation.walker.frame(0)?.source
    let isSameLine = callSite?.line == line?.line && callSite?.file == line?.file
    if entersCalls { return .finishedInline(hidden: isSameLine ? situation.hidden - 1 : situation.hidden) }
    guard isSameLine else { return .finishedInline(hidden: situation.hidden) }
    let scopes = situation.symbols.scopes(at: situation.programCounter)
    return .resume(LineStepPlan(ranges: scopes[situation.hidden - 1].ranges, stepsOverCalls: true))
  }

  private mutating func atLine(_ here: FrameIdentity, _ situation: MotionSituation) -> MotionDecision {
    let pc = situation.programCounter
    guard let row = situation.symbols.lineRow(at: pc), row.source.line > 0 else { return .finished(.step) }
    if row.source.line != line?.line || row.source.file != line?.file, row.range.lowerBound == pc {
      if row.isStatement { return .finished(.step) }
      // A row that is no statement is no place to stop, and belongs to the line before it (DWARF 5 §6.2.2).
      if here == place { return .resume(LineStepPlan(ranges: [row.range], stepsOverCalls: !entersCalls)) }
    }
    // In the middle of a line, after a return or a jump: on to its end.
    place = here
    line = row.source
    ranges = situation.symbols.lineRanges(at: pc)
    return .resume(plan)
  }
}
