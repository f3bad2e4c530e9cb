import CPtrace
import Glibc
package import MachineModel

/// The user's side of a trap.
struct Site {
  var insertions = 1
  var hits = 0
  var ignoreCount = 0
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
    sites[address] = Site()
    // Where the user has been shown the thread, a site is no news to them.
    if case .halted = phase, let selected, registers(of: selected)?.programCounter == address {
      selected.passedSite = address
    }
  }

  /// Without effect where there is no site (an exec may have dropped it).
  package func removeSite(at address: VirtualAddress) throws(TracingError) {
    guard var site = sites[address] else { return }
    site.insertions -= 1
    sites[address] = site.insertions > 0 ? site : nil
    if site.insertions == 0 { removePatch(address) }
  }

  /// The next `count` hits at `address` are passed over on the tracer thread; `hits(at:)` tells how many there
  /// have been, these included.
  package func setIgnoreCount(_ count: Int, at address: VirtualAddress) {
    sites[address]?.ignoreCount = max(0, count)
  }

  /// How often a thread has come to the site at `address`; 0 where there is none.
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
    if countHit(at: address) {
      arriving?.progress.due = .place
      halt(thread, .breakpoint(address))
    } else if let arriving {
      consultPlan(arriving)
    } else {
      proceed(thread)
    }
  }

  /// Counts a hit of the user's site at `address`, if there is one; true where it is to be reported.
  func countHit(at address: VirtualAddress) -> Bool {
    guard var site = sites[address] else { return false }
    site.hits += 1
    let isIgnored = site.ignoreCount > 0
    if isIgnored { site.ignoreCount -= 1 }
    sites[address] = site
    return !isIgnored
  }

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
      guard arePatchesLifted || setByte(PatchTable.trap, at: address) else { return false }
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
