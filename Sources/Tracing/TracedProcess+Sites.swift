import CPtrace
import Glibc
package import MachineModel

/// The user's side of a trap.
struct Site {
  var insertions = 1
  var hits = 0
  var policy = SitePolicy()
  /// What the trap stands on, where that needs no step.
  let instruction: PatchedInstruction?
  /// One of the insertions is for calls that are timed, and return here.
  var expectsReturns = false
}

extension TracedProcess {
  /// A trap at `address`. Counted: as many removals as insertions lift it. An exec drops all of them.
  package func insertSite(at address: VirtualAddress) throws(TracingError) {
    guard !hasEnded else { throw TracingError(operation: .insertSite(address), errno: ESRCH) }
    if sites[address] != nil {
      sites[address]?.insertions += 1
      return
    }
    guard insertPatch(address) else {
      throw TracingError(operation: .insertSite(address), errno: EIO)
    }
    var code = CodeWindow(processMemory)
    sites[address] = Site(instruction: code.instruction(at: address))
    // Where the user has been shown the thread, a site is no news to them.
    if case .halted = phase, let selected, registers(of: selected)?.programCounter == address {
      selected.passedSite = address
    }
  }

  /// Without effect where there is no site (an exec may have dropped it).
  package func removeSite(at address: VirtualAddress) throws(TracingError) {
    guard var site = sites[address] else { return }
    site.insertions -= 1
    // What was decided here was the user's, whose trap is gone.
    if site.expectsReturns { site.policy = SitePolicy() }
    sites[address] = site.insertions > 0 ? site : nil
    if site.insertions == 0 { removePatch(address) }
  }

  /// Which hits at `address` the tracer thread passes over by itself, without a stop.
  package func setPolicy(_ policy: SitePolicy, at address: VirtualAddress) { sites[address]?.policy = policy }

  /// How often a thread for which the policy's condition holds has come to the site at `address`, the ignored hits
  /// included; 0 where there is none.
  package func hits(at address: VirtualAddress) -> Int { sites[address]?.hits ?? 0 }

  /// Writes to the program's memory, read-only pages included. Our traps stay: what is under them is written.
  package func write(_ bytes: [UInt8], at address: VirtualAddress) throws(TracingError) {
    let written = patches.withPatches { patches in
      var patched = bytes
      let covered = arePatchesLifted ? 0..<0 : patches.indices(from: address, count: bytes.count)
      for index in covered where patches[index].address != exclusive?.lifted {
        patched[Int(patches[index].address - address)] = PatchTable.trap
      }
      let written = processMemory.writeRaw(patched, at: address)
      for index in patches.indices(from: address, count: written) {
        patches[index].original = bytes[Int(patches[index].address - address)]
      }
      return written
    }
    refreshWatches(overlapping: address..<address + written)
    guard written == bytes.count else {
      throw TracingError(operation: .writeMemory(address + written), errno: hasEnded ? ESRCH : EFAULT)
    }
  }

  var hasEnded: Bool {
    if case .ended = phase { true } else { false }
  }

  /// A thread has come to `address`, where it met a trap of ours.
  func hit(_ address: VirtualAddress, by thread: TracedThread) {
    guard patches.contains(address), let registers = registers(of: thread), registers.programCounter == address
    else { return proceed(thread) }
    if let origin = thread.handlerReturn, origin == (address, registers.stackPointer) {
      thread.handlerReturn = nil
      thread.passedSite = address
      return returnFromHandler(thread)
    }
    thread.passedSite = address
    let arriving = plan.flatMap { $0.thread === thread && $0.progress.targets.contains(address) ? $0 : nil }
    if countHit(at: address, by: thread) {
      arriving?.progress.due = .place
      halt(thread, .breakpoint(address))
    } else if let arriving {
      consultPlan(arriving)
    } else {
      proceed(thread)
    }
  }

  /// Counts a hit of the user's site at `address`, if there is one; true where it is to be reported. For a false condition it allocates nothing.
  func countHit(at address: VirtualAddress, by thread: TracedThread) -> Bool {
    guard let index = sites.index(forKey: address) else { return false }
    if sites.values[index].expectsReturns {
      endCalls(at: address, by: thread)
      if sites.values[index].insertions == 1 { return false }
    }
    let policy = sites.values[index].policy
    if let only = policy.thread, only.rawValue != thread.id { return false }
    if let condition = policy.condition, let registers = registers(of: thread),
      condition.evaluate(registers, processMemory) == 0
    {
      return false
    }
    if policy.ignoreCount > 0 {
      sites.values[index].hits += 1
      sites.values[index].policy.ignoreCount -= 1
      return false
    }
    if let frame = policy.timedFrame {
      guard beginCall(at: address, frame: frame, by: thread) else { return true }
      sites[address]?.hits += 1
      return false
    }
    if let captures = policy.captures, let registers = registers(of: thread) {
      var values: [CapturedValue] = []
      for capture in captures {
        guard let value = capture.take(registers, processMemory) else { return true }
        values.append(value)
      }
      sites.values[index].hits += 1
      emitter.yield(.passed(SitePassage(address: address, thread: ThreadID(thread.id), values: values)))
      return false
    }
    sites.values[index].hits += 1
    return true
  }

  /// Carries out the instruction under a trap in place of the thread, which then stands behind it; false where it has to be
  /// stepped over. No other thread needs to be held.
  func passSite(_ address: VirtualAddress, by thread: TracedThread) -> Bool {
    guard !thread.isStepping, let instruction = sites[address]?.instruction else { return false }
    return carryOut(instruction, by: thread)
  }

  /// False, and nothing has happened, where memory can't be reached, or the kernel has a system call of the thread to restart:
  /// it moves the program counter itself (signal(7)).
  func carryOut(_ instruction: PatchedInstruction, by thread: TracedThread) -> Bool {
    guard var registers = registers(of: thread), registers[.origRax] == .max,
      instruction.execute(&registers, PermittedMemory(memory: processMemory), write: writeWord)
    else { return false }
    change(registers, of: thread)
    return true
  }

  /// A word of the program's own data.
  private func writeWord(_ address: VirtualAddress, _ value: UInt64, _ size: Int) -> Bool {
    let isPatched = patches.withPatches { !$0.indices(from: address, count: size).isEmpty }
    // Of two pages one may refuse what the other has taken already.
    let isOnePage = address.rawValue % Self.pageSize + UInt64(size) <= Self.pageSize
    guard !isPatched, isOnePage else { return false }
    return withUnsafeBytes(of: value) { bytes in
      sdb_write_memory(processMemory.thread, address.rawValue, bytes.baseAddress, size) == size
    }
  }

  private static let pageSize: UInt64 = 4096

  // MARK: Patches

  /// False where nothing is mapped.
  func insertPatch(_ address: VirtualAddress) -> Bool {
    patches.withPatches { patches in
      let index = patches.firstIndex(from: address)
      if index < patches.count && patches[index].address == address {
        patches[index].uses += 1
        return true
      }
      guard let original = processMemory.rawByte(address) else { return false }
      ledger?.add(address, original)
      guard arePatchesLifted || setByte(PatchTable.trap, at: address) else {
        ledger?.remove(address)
        return false
      }
      patches.insert(PatchTable.Patch(address: address, original: original, uses: 1), at: index)
      return true
    }
  }

  func removePatch(_ address: VirtualAddress) {
    patches.withPatches { patches in
      guard let index = patches.find(address) else { return }
      patches[index].uses -= 1
      guard patches[index].uses == 0 else { return }
      if !arePatchesLifted { setByte(patches[index].original, at: address) }
      ledger?.remove(address)
      patches.remove(at: index)
    }
  }

  /// Takes the traps out of memory; the table keeps them.
  func liftPatches() {
    arePatchesLifted = true
    for patch in patches.all { setByte(patch.original, at: patch.address) }
  }

  func restorePatches() {
    arePatchesLifted = false
    for patch in patches.all where patch.address != exclusive?.lifted { setByte(PatchTable.trap, at: patch.address) }
  }

  @discardableResult
  func setByte(_ byte: UInt8, at address: VirtualAddress) -> Bool {
    if processMemory.writeRaw([byte], at: address) == 1 { return true }
    // Kernels can be set to refuse writes through /proc/PID/mem over read-only pages; ptrace still may.
    guard let stopped = threadTable.values.first(where: { !$0.isRunning && !$0.isLeaving }) else { return false }
    return sdb_poke_byte(stopped.id, address.rawValue, byte) == 0
  }
}
