import Glibc
package import MachineModel

/// Calls that are timed by the tracer thread alone: by a trap in the function, and one at each place that it has been called from. What is measured is the time from the first trap's being dealt with to the second's being seen: the call, and
/// the kernel's way to the tracer and back once.
extension TracedProcess {
  /// Notes a call, of a thread that stands at a place in it; the return address is below its frame (psABI §3.2.2). False where that can't
  /// be read, or has no place for a trap.
  func beginCall(at place: VirtualAddress, frame: SiteProgram, by thread: TracedThread) -> Bool {
    guard let registers = registers(of: thread), let frame = frame.evaluate(registers, processMemory) else {
      return false
    }
    let end = VirtualAddress(frame)
    var word: UInt64 = 0
    let got = withUnsafeMutableBytes(of: &word) { processMemory.read(end - 8, into: $0) }
    let returnAddress = VirtualAddress(word)
    guard got == 8, expectReturns(to: returnAddress) else { return false }
    thread.timedCalls.enter(at: place, frame: end, returnAddress: returnAddress, Self.now)
    return true
  }

  /// The same for a hit that was reported, and found to be one of those that are timed.
  package func timeCall(at place: VirtualAddress, frame: SiteProgram, by thread: ThreadID) {
    guard let thread = threadTable[thread.rawValue] else { return }
    _ = beginCall(at: place, frame: frame, by: thread)
  }

  /// A thread has come to where timed calls return to.
  func endCalls(at address: VirtualAddress, by thread: TracedThread) {
    let time = Self.now
    guard let registers = registers(of: thread) else { return }
    for call in thread.timedCalls.arrive(at: address, stackPointer: registers.stackPointer).returned {
      callTimes[call.entry, default: CallTimes()].add(time - min(time, call.content))
    }
  }

  /// What was measured of calls from a place on, since this was asked last.
  package func takeCallTimes(at place: VirtualAddress) -> CallTimes? { callTimes.removeValue(forKey: place) }

  /// Calls whose frames end at `top` or further down the thread's stack will not return.
  package func dropTimedCalls(of thread: ThreadID, upTo top: VirtualAddress) {
    _ = threadTable[thread.rawValue]?.timedCalls.remove { $0.frame <= top }
  }

  private func expectReturns(to address: VirtualAddress) -> Bool {
    if sites[address]?.expectsReturns == true { return true }
    guard (try? insertSite(at: address)) != nil else { return false }
    sites[address]?.expectsReturns = true
    return true
  }

  /// Forgets the calls that are under way, and lifts the traps of their returns.
  package func stopTiming() {
    for (address, site) in sites where site.expectsReturns {
      sites[address]?.expectsReturns = false
      try? removeSite(at: address)
    }
    for thread in threadTable.values { thread.timedCalls = PendingCalls() }
  }

  private static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }
}
