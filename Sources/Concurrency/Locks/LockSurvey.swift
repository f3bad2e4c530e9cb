import Debugger
import MachineModel

/// Finds the locks that threads wait for, and who has them. Reads a few words a lock; looks at variables only where a
/// lock has no name or does not say who has it.
struct LockSurvey {
  private let session: DebugSession
  private let memory: any MemoryReader
  private let stacks: [ThreadStack]
  private let byThread: [ThreadID: ThreadStack]
  private let threads: Set<ThreadID>
  private var states: [VirtualAddress: LockState] = [:]
  private(set) var locks: [Lock] = []
  /// Index into `locks` by the waiting thread.
  private var awaited: [ThreadID: Int] = [:]
  private var meanings: [String: LibraryWait?] = [:]
  /// The guards on all stacks, looked for when the first lock asks.
  private var guards: [ThreadID: [ReferringObject]]?
  private(set) var joined: [ThreadID: ThreadSnapshot] = [:]

  /// Frames of one thread that are searched for variables.
  private static let mostFrames = 12

  init(_ session: DebugSession, stacks: [ThreadStack], memory: any MemoryReader) {
    self.session = session
    self.stacks = stacks
    self.memory = memory
    byThread = Dictionary(stacks.map { ($0.thread.tid, $0) }) { first, _ in first }
    threads = Set(byThread.keys)
  }

  func target(of thread: ThreadID) -> WaitTarget? {
    if let other = joined[thread] { return .end(of: other) }
    return awaited[thread].map { .lock(locks[$0]) }
  }

  mutating func run(_ waits: [ThreadID: KernelWait]) async {
    for stack in stacks {
      if let wait = waits[stack.thread.tid].flatMap(FutexWait.init) { note(stack, wait) }
    }
    for index in locks.indices {
      await nameLock(index)
      await findHolders(index)
    }
  }

  private mutating func note(_ stack: ThreadStack, _ wait: FutexWait) {
    if let other = threadEnding(at: wait.word) {
      joined[stack.thread.tid] = other
      return
    }
    var purpose = LibraryWait(stack, meanings: &meanings)
    // A thread that was woken takes its mutex again.
    if purpose == .condition, wait.isLowLevelLock { purpose = .mutex }
    guard let (state, inferredFrom) = state(of: wait, purpose, stack) else { return }
    let isNew = states.updateValue(state, forKey: state.address) == nil
    if isNew {
      var lock = Lock(address: state.address, kind: state.kind)
      lock.attributes = state.attributes
      lock.readers = state.readers
      lock.note = inferredFrom
      locks.append(lock)
    }
    guard let index = locks.firstIndex(where: { $0.address == state.address }) else { return }
    awaited[stack.thread.tid] = index
    let isShared = purpose == .readLock || purpose == .rustReadLock
    locks[index].waiters.append(
      Lock.Waiter(thread: stack.thread, mode: isShared ? .shared : .exclusive, frame: stack.frameOfInterest))
  }

  /// The lock that a futex word belongs to, and how that was found where neither the word nor the library's function
  /// says so.
  private func state(
    of wait: FutexWait, _ purpose: LibraryWait?, _ stack: ThreadStack
  ) -> (LockState, inferredFrom: String?)? {
    if purpose == .mutex || purpose == nil {
      if RefusedMutex.isPrivate(wait.word, of: stack) {
        guard let state = RefusedMutex.search(stack, threads: threads, memory: memory) else { return nil }
        return (state, "inferred from the registers and the stack of \(ThreadWords.name(stack.thread))")
      }
      // Functions that are not exported have no name without debug information.
      if let state = LockState(mutexAt: wait.word, heldBy: threads, memory: memory) { return (state, nil) }
    }
    return LockState(word: wait.word, wait: purpose, inheritsPriority: wait.inheritsPriority, memory: memory)
      .map { ($0, nil) }
  }

  /// The thread whose end is waited for by a word. The kernel clears the id in the descriptor that the thread's fs
  /// points to (glibc's struct pthread, whose size is below 4 KiB; set_tid_address(2)).
  private func threadEnding(at word: VirtualAddress) -> ThreadSnapshot? {
    guard let id = try? memory.integer(word, as: Int32.self), let stack = byThread[ThreadID(id)],
      word.rawValue &- stack.registers[.fsBase] < 4096
    else { return nil }
    return stack.thread
  }

  // MARK: Names

  private mutating func nameLock(_ index: Int) async {
    let lock = locks[index]
    let symbol = await session.symbolName(at: lock.address)
    if let symbol, !symbol.contains("+") { locks[index].name = symbol }
    for waiter in lock.waiters.prefix(3) {
      guard let stack = byThread[waiter.thread.tid] else { continue }
      let levels = stack.ownFrames.prefix(4).map(\.level)
      guard let object = await session.object(at: lock.address, seenFrom: waiter.thread.tid, levels: levels),
        let step = LockType.step(of: object)
      else { continue }
      locks[index].type = step.type
      if locks[index].name == nil { locks[index].name = step.expression }
      return
    }
    if locks[index].name == nil { locks[index].name = symbol }
  }

  // MARK: Holders

  private mutating func findHolders(_ index: Int) async {
    guard let state = states[locks[index].address] else { return }
    if let owner = state.owner {
      if let thread = byThread[owner]?.thread {
        locks[index].holders = [Lock.Holder(thread: thread, mode: .exclusive)]
      } else {
        locks[index].note = "its owner, LWP \(owner), is no thread of this process any more"
      }
      return
    }
    guard state.isHeld, state.isExclusive || state.readers != nil else { return }
    locks[index].holders = holders(of: locks[index], state, by: await allGuards())
    if !state.isExclusive, locks[index].holders.isEmpty { await findReaders(index) }
    let unknown =
      state.isExclusive ? (locks[index].holders.isEmpty ? 1 : 0) : (state.readers ?? 0) - locks[index].holders.count
    if unknown > 0 { locks[index].note = "it does not record who has it" }
  }

  /// Threads with an object on their stack that holds the lock.
  private func holders(
    of lock: Lock, _ state: LockState, by guards: [ThreadID: [ReferringObject]]
  ) -> [Lock.Holder] {
    let wanted: Lock.Mode = state.isExclusive ? .exclusive : .shared
    var found: [Lock.Holder] = []
    for stack in stacks {
      guard let objects = guards[stack.thread.tid] else { continue }
      let own = stack.ownFrames
      let waits = awaited[stack.thread.tid].map { locks[$0].address } == lock.address
      let holding = objects.first { object in
        guard LockGuard.mode(ofType: object.type) == wanted, LockGuard.isEngaged(object),
          object.referents.contains(where: { $0.contains(lock.address) })
        else {
          return false
        }
        // The one that the thread makes just now has nothing yet.
        return !(waits && own.first { $0.level == object.level }?.line == object.line)
      }
      guard let holding, let frame = own.first(where: { $0.level == holding.level }) else { continue }
      let place = holding.line.map { ", declared on line \($0)" } ?? ""
      found.append(
        Lock.Holder(
          thread: stack.thread, mode: wanted,
          inferredFrom: "\(holding.variable) in \(frame.function ?? "??")\(place)"))
    }
    return found
  }

  private mutating func allGuards() async -> [ThreadID: [ReferringObject]] {
    if let guards { return guards }
    var found: [ThreadID: [ReferringObject]] = [:]
    for stack in stacks {
      let levels = stack.ownFrames.prefix(Self.mostFrames).map(\.level)
      let objects = await session.referringObjects(of: stack.thread.tid, levels: levels) {
        LockGuard.mode(ofType: $0) != nil
      }
      if !objects.isEmpty { found[stack.thread.tid] = objects }
    }
    guards = found
    return found
  }

  /// Threads that wait to write what they have taken to read: by the calls that their functions made before.
  private mutating func findReaders(_ index: Int) async {
    for waiter in locks[index].waiters where waiter.mode == .exclusive {
      guard let stack = byThread[waiter.thread.tid] else { continue }
      for frame in stack.ownFrames.prefix(Self.mostFrames) {
        guard let rows = try? await session.instructions(around: frame.address, before: 4096, after: 0),
          let taken = ReadLockScan(rows).lastTaken(locks[index].address)
        else { continue }
        let place = taken.line.map { " on line \($0)" } ?? ""
        locks[index].holders.append(
          Lock.Holder(
            thread: waiter.thread, mode: .shared,
            inferredFrom: "\(frame.function ?? "??") took a lock to read\(place) and has not released it"))
        break
      }
    }
  }
}
