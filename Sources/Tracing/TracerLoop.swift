import CPtrace
import Glibc
import MachineModel
import Synchronization

/// What the tracer's thread runs: jobs of the actors on it, and the stops of their processes.
/// Knows `TracedProcess`es weakly: who holds one keeps it alive.
final class TracerLoop: Sendable {
  enum Item: Sendable {
    /// A job, and the executor that it must find alive.
    case job(UnownedJob, TracerThread)
    case work(@Sendable () -> Void)
  }

  private struct Inbox {
    var items: [Item] = []
    var isClosing = false
  }

  private struct Route {
    weak var process: TracedProcess?
  }

  private struct Routes {
    var processes: [Int32: Route] = [:]
    /// Stops of tracees that no event has announced yet.
    var unclaimed: [Int32: WaitStatus] = [:]
    /// Killed processes whose end is still to come.
    var dying: Set<Int32> = []
  }

  private let bell: Int32
  private let inbox = Mutex(Inbox())
  /// Used on the thread alone, but for its beginning and end.
  private let routes = Mutex(Routes())
  private let thread = Atomic<UInt>(0)
  /// A thread that executes an instruction which ends at once, or 0: its stop is waited for, which is cheaper
  /// than to sleep until the bell rings.
  private let steppingThread = Atomic<Int32>(0)

  init() { bell = sdb_bell_create() }

  deinit { sdb_bell_destroy(bell) }

  /// Debug builds of deep Swift frames need more than the smallest stack, and far less than 8 MiB.
  private static let stackSize = 2 << 20

  /// Starts the thread; answers why it could not.
  func start() -> TracingError? {
    guard bell >= 0 else { return TracingError(operation: .fork, errno: -bell) }
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, Self.stackSize)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var created = pthread_t()
    let loop = Unmanaged.passRetained(self)
    let result = pthread_create(
      &created, &attributes,
      { argument in
        guard let argument else { return nil }
        Unmanaged<TracerLoop>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, loop.toOpaque())
    if result == 0 { return nil }
    loop.release()
    return TracingError(operation: .fork, errno: result)
  }

  var isCurrent: Bool { thread.load(ordering: .relaxed) == UInt(pthread_self()) }

  func add(_ item: Item) {
    let wasEmpty = inbox.withLock { inbox in
      inbox.items.append(item)
      return inbox.items.count == 1
    }
    // Ringing costs a system call: once is enough until the thread has taken the items.
    if wasEmpty && !isCurrent { sdb_ring(bell) }
  }

  func close() {
    inbox.withLock { $0.isClosing = true }
    sdb_ring(bell)
  }

  // MARK: - Routes

  func route(_ tid: Int32, to process: TracedProcess) {
    routes.withLock { $0.processes[tid] = Route(process: process) }
  }

  func takeUnclaimed(_ tid: Int32) -> WaitStatus? { routes.withLock { $0.unclaimed.removeValue(forKey: tid) } }

  func forget(_ tid: Int32) {
    routes.withLock { _ = $0.processes.removeValue(forKey: tid) }
    endStep(of: tid)
  }

  private func endStep(of tid: Int32) {
    if steppingThread.load(ordering: .relaxed) == tid { steppingThread.store(0, ordering: .relaxed) }
  }

  func bury(_ pid: Int32) {
    sdb_kill(pid, SIGKILL)
    routes.withLock { _ = $0.dying.insert(pid) }
  }

  /// `tid` stops within an instruction's time.
  func expectStop(of tid: Int32) { steppingThread.store(tid, ordering: .relaxed) }

  // MARK: - The loop

  private func run() {
    thread.store(UInt(pthread_self()), ordering: .relaxed)
    sdb_block_signals()
    var touched: [TracedProcess] = []
    while true {
      let (items, isClosing) = inbox.withLock { inbox in
        defer { inbox.items = [] }
        return (inbox.items, inbox.isClosing)
      }
      for item in items { perform(item) }
      if drain(&touched) || !items.isEmpty { continue }
      if isClosing && routes.withLock({ $0.dying.isEmpty }) { return }
      sdb_bell_wait(bell)
    }
  }

  private func perform(_ item: Item) {
    switch item {
    case .job(let job, let executor): job.runSynchronously(on: executor.asUnownedSerialExecutor())
    case .work(let work): work()
    }
  }

  /// Takes every pending status before any process acts on one, so that no thread's stop starves another's.
  private func drain(_ touched: inout [TracedProcess]) -> Bool {
    defer { touched.removeAll(keepingCapacity: true) }
    var stop = sdb_stop()
    var found = false
    let waits = steppingThread.load(ordering: .relaxed) != 0
    while sdb_wait(&stop, waits && !found ? 1 : 0) > 0 {
      found = true
      endStep(of: stop.tid)
      let status = WaitStatus(stop)
      guard let process = routes.withLock({ $0.processes[stop.tid]?.process }) else {
        hold(stop.tid, status)
        continue
      }
      let tid = stop.tid
      process.assumeIsolated { $0.note(status, of: tid) }
      if !touched.contains(where: { $0 === process }) { touched.append(process) }
    }
    for process in touched { process.assumeIsolated { $0.advance() } }
    return found
  }

  private func hold(_ tid: Int32, _ status: WaitStatus) {
    routes.withLock { routes in
      if status.isEnd {
        routes.unclaimed[tid] = nil
        routes.processes[tid] = nil
        routes.dying.remove(tid)
      } else if case .exiting = status {
        // Nobody waits for this process any more: let it end.
        sdb_continue(tid, 0)
      } else {
        routes.unclaimed[tid] = status
      }
    }
  }
}
