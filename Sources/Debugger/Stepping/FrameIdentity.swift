import DebugInfo
import MachineModel

/// What tells one frame from another while the program moves: the physical frame, by where its caller's stack
/// ends and which function it runs, and the functions inlined there that the thread has entered.
struct FrameIdentity: Equatable {
  let canonicalFrameAddress: VirtualAddress?
  /// Entry of the physical frame's function.
  let function: VirtualAddress?
  /// From the outermost inlined one to the innermost.
  let inlined: [EntryID]

  func isSamePhysicalFrame(as other: FrameIdentity) -> Bool {
    canonicalFrameAddress == other.canonicalFrameAddress && function == other.function
  }

  /// The place without that many of the innermost inlined functions.
  func outer(by count: Int) -> FrameIdentity {
    FrameIdentity(canonicalFrameAddress: canonicalFrameAddress, function: function, inlined: inlined.dropLast(count))
  }

  /// True where the thread is in functions inlined into `outer`.
  func isInlined(into outer: FrameIdentity) -> Bool {
    isSamePhysicalFrame(as: outer) && inlined.count > outer.inlined.count && inlined.starts(with: outer.inlined)
  }
}

extension StackWalker {
  /// Which frame is the innermost, or that of an index known already, without the inlined functions that are not shown
  /// as entered.
  func place(ofPhysical index: Int = 0) -> FrameIdentity {
    guard self.frame(0) != nil, let frame = frames.first(where: { $0.physicalIndex == index }) else {
      return FrameIdentity(canonicalFrameAddress: nil, function: nil, inlined: [])
    }
    let levels = frames.dropFirst(frame.level).prefix { $0.physicalIndex == index }
    let inlined = levels.filter(\.isInlined).compactMap(\.scope?.entry)
    return FrameIdentity(
      canonicalFrameAddress: canonicalFrameAddress(of: frame),
      function: frame.function?.ranges.first?.lowerBound, inlined: inlined.reversed())
  }
}
