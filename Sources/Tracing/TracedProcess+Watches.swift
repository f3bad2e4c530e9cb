import CPtrace
import Glibc
package import MachineModel

/// What the debug registers of all threads are to watch, and what was there when it was last looked at.
struct WatchTable {
  struct Watch {
    let request: HardwareWatch
    let slots: DebugRegisters.SlotSet
    var bytes: [UInt8]
  }
  var registers = DebugRegisters()
  var all: [Watch] = []
}

extension HardwareWatch {
  /// True where the processor has room for all of these at once.
  package static func fit(_ watches: [HardwareWatch]) -> Bool { DebugRegisters(watching: watches) != nil }
}

extension TracedProcess {
  /// Makes these what the processor watches, in all threads of now and later; those that are not among them end. In force for a thread
  /// from when it goes on. An exec drops all of them; a child never has them.
  ///
  /// Throws `.watch`, with ENOSPC where the processor has too few registers, and changes nothing then.
  package func setWatches(_ requests: [HardwareWatch]) throws(TracingError) {
    guard !hasEnded else { throw TracingError(operation: .watch, errno: ESRCH) }
    guard let registers = DebugRegisters(watching: requests) else {
      throw TracingError(operation: .watch, errno: ENOSPC)
    }
    func slots(of request: HardwareWatch) -> DebugRegisters.SlotSet {
      registers.slots(with: DebugRegisters.slots(of: request))
    }
    let former = watches
    watches = WatchTable(
      registers: registers,
      all: requests.map { request in
        // A hit of one that stays may be pending: it is told by what was there before.
        former.all.first { $0.request == request }
          .map { .init(request: request, slots: slots(of: request), bytes: $0.bytes) }
          ?? .init(request: request, slots: slots(of: request), bytes: bytes(in: request.ranges))
      })
    for thread in threadTable.values {
      guard case .watched(let hit, let endsStep) = thread.pending else { continue }
      thread.pending = .watched(registers.slots(with: former.registers.settings(of: hit)), endsStep: endsStep)
    }
    for thread in threadTable.values where !thread.isRunning && !thread.isLeaving {
      let result = arm(thread)
      // One that was killed meanwhile needs no watching.
      guard result < 0, result != -ESRCH else { continue }
      watches = former
      throw TracingError(operation: .watch, errno: -result)
    }
    // Where the user has been shown the thread, a breakpoint is no news to them.
    if case .halted = phase, let selected, let here = self.registers(of: selected)?.programCounter,
      registers.watchesCode(at: here), !former.registers.watchesCode(at: here)
    {
      selected.passedSite = here
    }
  }

  /// True where a debug register waits for the instruction at an address.
  func isWatchedCode(_ address: VirtualAddress) -> Bool { watches.registers.watchesCode(at: address) }

  /// Gives a stopped thread the debug registers that it should have; answers -errno.
  @discardableResult
  func arm(_ thread: TracedThread) -> Int32 { set(watches.registers, of: thread) }

  /// Leaves a stopped thread without a watch of ours.
  func disarm(_ thread: TracedThread) { _ = set(DebugRegisters(), of: thread) }

  private func set(_ registers: DebugRegisters, of thread: TracedThread) -> Int32 {
    guard thread.debugRegisters != registers else { return 0 }
    // An address that does not suit the length of before would be refused.
    var result = sdb_set_debug_register(thread.id, Int32(DebugRegisters.control), 0)
    for (number, slot) in registers.slots.enumerated() where result == 0 {
      result = sdb_set_debug_register(thread.id, Int32(number), slot.address.rawValue)
    }
    if result == 0, !registers.slots.isEmpty {
      result = sdb_set_debug_register(thread.id, Int32(DebugRegisters.control), registers.controlBits)
    }
    if result == 0 { thread.debugRegisters = registers }
    return result
  }

  /// The slots that the last trap of a stopped thread is due to. The kernel forgets earlier ones at each debug exception.
  func hitSlots(of thread: TracedThread) -> DebugRegisters.SlotSet {
    guard !thread.debugRegisters.slots.isEmpty else { return [] }
    var status: UInt64 = 0
    guard sdb_get_debug_register(thread.id, Int32(DebugRegisters.status), &status) == 0 else { return [] }
    return thread.debugRegisters.slots(hitBy: status)
  }

  /// A thread has used what is watched; with `endsStep`, that was a step as well. Allocates nothing where nobody is told.
  func actOnWatch(_ slots: DebugRegisters.SlotSet, endsStep: Bool, by thread: TracedThread) {
    if let code = watches.registers.code(in: slots) { return hitWatchedCode(code, by: thread) }
    var hits: [WatchHit] = []
    for index in watches.all.indices where !watches.all[index].slots.isDisjoint(with: slots) {
      if let hit = takeHit(ofWatch: index, by: thread) { hits.append(hit) }
    }
    guard !hits.isEmpty else { return endsStep ? stepped(thread) : proceed(thread) }
    if endsStep, let plan, plan.thread === thread { plan.progress.due = .place }
    // Whoever asks for it afterwards sees no hit of ours (Intel SDM volume 3, §18.2.3).
    sdb_set_debug_register(thread.id, Int32(DebugRegisters.status), 0)
    halt(thread, .watch(hits))
  }

  /// nil where it is none: nothing has changed, or its condition is false.
  private func takeHit(ofWatch index: Int, by thread: TracedThread) -> WatchHit? {
    withUnsafeTemporaryAllocation(byteCount: watches.all[index].bytes.count, alignment: 8) { now -> WatchHit? in
      read(watches.all[index].request.ranges, into: now)
      let hasChanged = watches.all[index].bytes.withUnsafeBytes { old in
        guard let old = old.baseAddress, let new = now.baseAddress else { return false }
        return memcmp(old, new, now.count) != 0
      }
      let hit =
        isDue(watches.all[index].request, hasChanged: hasChanged, to: thread)
        ? WatchHit(id: watches.all[index].request.id, before: watches.all[index].bytes, hasChanged: hasChanged) : nil
      if hasChanged {
        watches.all[index].bytes.withUnsafeMutableBytes { $0.copyMemory(from: UnsafeRawBufferPointer(now)) }
      }
      return hit
    }
  }

  private func isDue(_ watch: HardwareWatch, hasChanged: Bool, to thread: TracedThread) -> Bool {
    switch watch.access {
    case .write: guard hasChanged else { return false }
    case .read: guard !hasChanged else { return false }
    case .readOrWrite: break
    case .execute: return false
    }
    if let only = watch.thread, only.rawValue != thread.id { return false }
    guard let condition = watch.condition else { return true }
    // Most are about memory alone, and spare the kernel a request.
    guard let registers = condition.usesRegisters ? registers(of: thread) : RegisterFile() else { return true }
    return condition.evaluate(registers, processMemory) != 0
  }

  /// What we write ourselves is no news.
  func refreshWatches(overlapping range: Range<VirtualAddress>) {
    for index in watches.all.indices where watches.all[index].request.ranges.contains(where: range.overlaps) {
      watches.all[index].bytes = bytes(in: watches.all[index].request.ranges)
    }
  }

  private func bytes(in ranges: [Range<VirtualAddress>]) -> [UInt8] {
    let count = ranges.reduce(0) { $0 + Int($1.upperBound - $1.lowerBound) }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      read(ranges, into: UnsafeMutableRawBufferPointer(buffer))
      used = count
    }
  }

  /// One range after another; zeros where nothing is mapped.
  private func read(_ ranges: [Range<VirtualAddress>], into buffer: UnsafeMutableRawBufferPointer) {
    buffer.initializeMemory(as: UInt8.self, repeating: 0)
    var start = 0
    for range in ranges {
      let end = start + Int(range.upperBound - range.lowerBound)
      _ = processMemory.read(range.lowerBound, into: UnsafeMutableRawBufferPointer(rebasing: buffer[start..<end]))
      start = end
    }
  }

  private func hitWatchedCode(_ address: VirtualAddress, by thread: TracedThread) {
    // A trap in memory there is told when it is executed, which comes next.
    guard isWatchedCode(address), !patches.contains(address), registers(of: thread)?.programCounter == address else {
      return proceed(thread)
    }
    if thread.passedSite == address {
      thread.passedSite = nil
      return proceed(thread)
    }
    // The kernel lets the instruction pass next time (the flags' RF bit).
    halt(thread, .breakpoint(address))
  }
}

extension DebugRegisters {
  func watchesCode(at address: VirtualAddress) -> Bool {
    slots.contains { $0.condition == .execution && $0.address == address }
  }
}

extension SiteProgram {
  fileprivate var usesRegisters: Bool { operations.contains { if case .register = $0 { true } else { false } } }
}
