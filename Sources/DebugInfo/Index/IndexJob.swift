import Dispatch
import Elf
import Glibc
import MachineModel
import Synchronization

/// The index of an image in the making: taken from the disk, or made anew on threads of its own and kept for the next run.
///
/// Those who wait for it do so by suspending (`reached`), or by blocking where they cannot suspend. Any thread may ask, and any may
/// cancel it. It goes as far as somebody has asked for: a breakpoint on `main` needs not all names.
package final class IndexJob: Sendable {
  /// What is there one after the other: where code and source files are; what tells in which units a function is, where something
  /// does; all names.
  package enum Stage: Int, Sendable, Comparable {
    case begun, units, functions, names
    package static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
  }

  private struct State {
    var stage = Stage.begun
    var units: UnitTable?
    var functions: FunctionFinder?
    var names: NameIndex?
    var isCancelled = false
    /// All names were asked for.
    var isWhole = false
    /// It has gone as far as it was asked to: no thread is busy with it.
    var isParked = false
    /// Nobody will ask for more.
    var isAbandoned = false
    var waiting: [(stage: Stage, resume: @Sendable () -> Void)] = []
  }
  private let state = Mutex(State())
  private let doneBytes = Atomic(0)
  private let totalBytes = Atomic(0)
  /// Of the image, as users know it.
  package let name: String
  private let source: DwarfSource
  private let onProgress: @Sendable (IndexJob) -> Void

  /// Indexes that are being written to the disk: sdb's end waits for them, a moment.
  private static let writing = DispatchGroup()

  /// - Parameter onProgress: called by its threads, after each unit and at its end.
  init(_ source: DwarfSource, name: String, onProgress: @escaping @Sendable (IndexJob) -> Void) {
    self.source = source
    self.name = name
    self.onProgress = onProgress
  }

  func start() {
    WorkerThread.start { self.run() }
  }

  /// Bytes of entries that have been read, and that are there.
  var done: Int { doneBytes.load(ordering: .relaxed) }
  var total: Int { totalBytes.load(ordering: .relaxed) }

  var isCancelled: Bool { state.withLock { $0.isCancelled } }
  /// Finished or cancelled.
  var isOver: Bool { state.withLock { $0.isCancelled || $0.stage == .names } }
  var isAwaited: Bool { state.withLock { !$0.waiting.isEmpty } }
  func hasReached(_ stage: Stage) -> Bool { state.withLock { $0.stage >= stage } }

  /// Ends it: those who wait go on without. Its threads stop soon after.
  func cancel() {
    let waiting = state.withLock { state in
      guard state.stage != .names else { return [] as [(stage: Stage, resume: @Sendable () -> Void)] }
      state.isCancelled = true
      defer { state.waiting = [] }
      return state.waiting
    }
    onProgress(self)
    for waiter in waiting { waiter.resume() }
  }

  /// Sees that it gets as far as a stage, if need be on another thread; returns at once.
  func want(_ stage: Stage) {
    guard stage == .names else { return }
    let begins = state.withLock { state in
      state.isWhole = true
      defer { state.isParked = false }
      return state.isParked && !state.isCancelled
    }
    if begins { WorkerThread.start { self.addNames() } }
  }

  /// Nobody will ask for more: it ends when it has gone as far as it was asked to.
  func abandon() {
    let isParked = state.withLock { state in
      state.isAbandoned = true
      return state.isParked
    }
    if isParked { cancel() }
  }

  /// Suspends until a stage is reached; false where it was cancelled before.
  package func reached(_ stage: Stage) async -> Bool {
    await withCheckedContinuation { continuation in
      whenReached(stage) { continuation.resume() }
    }
    return hasReached(stage)
  }

  /// Blocks until they are there. nil where it was cancelled.
  func units() -> UnitTable? {
    block(until: .units)
    return state.withLock { $0.units }
  }

  /// Blocks until it is there. nil where it was cancelled, and where the names were there at once.
  func functions() -> FunctionFinder? {
    block(until: .functions)
    return state.withLock { $0.functions }
  }

  /// Blocks until they are there. nil where it was cancelled.
  func names() -> NameIndex? {
    block(until: .names)
    return state.withLock { $0.names }
  }

  /// Waits for what is being written to the disk: milliseconds.
  package static func finishWriting() { writing.wait() }

  private func block(until stage: Stage) {
    if hasReached(stage) { return }
    let semaphore = DispatchSemaphore(value: 0)
    whenReached(stage) { semaphore.signal() }
    semaphore.wait()
  }

  /// Calls `resume` at that stage, or when it is cancelled: at once where that is so already.
  private func whenReached(_ stage: Stage, _ resume: @escaping @Sendable () -> Void) {
    want(stage)
    let isReached = state.withLock { state in
      if state.stage >= stage || state.isCancelled { return true }
      state.waiting.append((stage, resume))
      return false
    }
    if isReached { resume() }
  }

  // MARK: Work

  private func run() {
    if let key = source.cacheKey, let kept = IndexCache()?.load(key) {
      publish(.names) { ($0.units, $0.names) = (kept.units, kept.names) }
      return
    }
    guard let builder = IndexBuilder(source) else {
      publish(.names) { ($0.units, $0.names) = (.empty, NameIndex([])) }
      return
    }
    let units = builder.units()
    publish(.units) { $0.units = units }
    let functions = FunctionFinder(builder.reader)
    var (goesOn, isAbandoned) = (false, false)
    publish(.functions) { state in
      state.functions = functions
      goesOn = state.isWhole
      state.isParked = !goesOn
      isAbandoned = state.isAbandoned
    }
    if goesOn {
      addNames()
    } else if isAbandoned {
      cancel()
    }
  }

  private func addNames() {
    guard case (let units?, let reader?) = state.withLock({ ($0.units, $0.functions?.reader) }) else { return }
    totalBytes.store(reader.size, ordering: .relaxed)
    // Breakpoints on lines need it, and should not have to wait for the names.
    _ = units.files
    let names = reader.names { [self] size in
      doneBytes.add(size, ordering: .relaxed)
      onProgress(self)
      return !isCancelled
    }
    guard let names else { return }
    if let key = source.cacheKey, let cache = IndexCache(), reader.isWhole, names.records.count > Self.leastRecordsKept
    {
      Self.writing.enter()
      publish(.names) { $0.names = names }
      cache.store(units, names, for: key)
      Self.writing.leave()
    } else {
      publish(.names) { $0.names = names }
    }
  }

  /// An index of fewer is built sooner than a file is found.
  private static let leastRecordsKept = 2_000

  private func publish(_ stage: Stage, _ add: (inout State) -> Void) {
    let waiting = state.withLock { state in
      add(&state)
      state.stage = stage
      let ready = state.waiting.filter { $0.stage <= stage }
      state.waiting.removeAll { $0.stage <= stage }
      return ready
    }
    if stage == .names { onProgress(self) }
    for waiter in waiting { waiter.resume() }
  }
}
