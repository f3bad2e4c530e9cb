import DebugInfo
import MachineModel
import Tracing

/// Where the session has traps for control that leaves calls otherwise than by returning: `next` over a call that
/// throws, or jumps to a setjmp(3), ends where control arrives, as in gdb.
struct EscapeWatch {
  var exits: [VirtualAddress: NonlocalExit] = [:]
  /// Where control has been seen to go.
  var targets: Set<VirtualAddress> = []
}

extension DebugSession {
  /// Places the traps, or lifts them: exceptions cost nothing while nobody steps.
  func watchEscapes(_ isWanted: Bool, of process: TracedProcess) async {
    for target in escapes.targets { try? await process.removeSite(at: target) }
    escapes.targets = []
    let wanted = isWanted ? symbols.nonlocalExits : []
    for address in escapes.exits.keys where !wanted.contains(where: { $0.address == address }) {
      try? await process.removeSite(at: address)
      escapes.exits[address] = nil
    }
    for exit in wanted where escapes.exits[exit.address] == nil {
      guard (try? await process.insertSite(at: exit.address)) != nil else { continue }
      escapes.exits[exit.address] = exit
    }
  }

  /// Looks at a stop at a trap that may be one of these: true where the thread has escaped from the frames that the
  /// motion is about.
  func hasEscaped(_ stop: StopEvent, at address: VirtualAddress, _ origin: MotionOrigin?, _ process: TracedProcess)
    async -> Bool
  {
    let hasLanded = escapes.targets.contains(address)
    if hasLanded { await dropCalls(leftBy: stop, process) }
    let limit = stop.thread == origin?.thread ? origin?.escapeLimit : nil
    guard limit != nil || followsCalls else { return false }
    if hasLanded, let limit {
      let walker = walker(for: stop.registers, process: process, hiddenInlined: 0)
      // Handlers of the functions that were called are none of the motion's business.
      if let frame = walker.frame(0), let place = walker.canonicalFrameAddress(of: frame), place >= limit {
        return true
      }
    }
    if let exit = escapes.exits[address],
      let target = exit.target(
        stop.registers, memory: process.memory, isCode: { symbols.image(containing: $0) != nil }),
      !escapes.targets.contains(target), (try? await process.insertSite(at: target)) != nil
    {
      escapes.targets.insert(target)
    }
    return false
  }
}
