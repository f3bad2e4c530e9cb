import Glibc
package import MachineModel

/// When a function was entered, on the tracer's clock.
struct CallBegin {
  let function: VirtualAddress
  let time: UInt64
}

/// Calls that are timed by the tracer thread alone: a trap at the function's first instruction, and one at each place that it has
/// been called from. What is measured is the time from the first trap's being dealt with to the second's being seen: the call, and
/// the kernel's way to the tracer and back once.
extension TracedProcess {
  /// Notes a call at the function's first instruction, where the return address is the topmost word of the stack (psABI §3.2.2).
  /// False where that can't be read, or has no place for a trap.
  func beginCall(at function: VirtualAddress, by thread: TracedThread) -> Bool {
    guard let registers = registers(of: thread) else { return false }
    let top = registers.stackPointer
    var word: UInt64 = 0
    let got = withUnsafeMutableBytes(of: &word) { processMemory.read(top, into: $0) }
    let returnAddress = VirtualAddress(word)
    guard got == 8, expectReturns(to: returnAddress) else { return false }
    thread.timedCalls.enter(
      at: function, frame: top + 8, returnAddress: returnAddress, CallBegin(function: function, time: Self.now))
    return true
  }

  /// A thread has come to where timed calls return to.
  func endCalls(at address: VirtualAddress, by thread: TracedThread) {
    let time = Self.now
    guard let registers = registers(of: thread) else { return }
    for call in thread.timedCalls.arrive(at: address, stackPointer: registers.stackPointer).returned {
      callTimes[call.content.function, default: CallTimes()].add(time - min(time, call.content.time))
    }
  }

  /// What was measured of the function that begins at an address, since this was asked last.
  package func takeCallTimes(at function: VirtualAddress) -> CallTimes? { callTimes.removeValue(forKey: function) }

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

  /// Lifts the traps of returns once no function is timed any more.
  func liftReturns() {
    guard !sites.values.contains(where: \.policy.timesCalls) else { return }
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
