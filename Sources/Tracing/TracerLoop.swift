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

  /// nil where the system has no descriptor left.
  /// Any thread may ring it.
  private nonisolated(unsafe) let bell: OpaquePointer?
  private let inbox = Mutex(Inbox())
  /// Used on the thread alone, but for its beginning and end.
  private let routes = Mutex(Routes())
  private let thread = Atomic<UInt>(0)
  /// Since a stop was last reported: many in a row are answered here, and the thread goes where they come from.
  private let stops = Atomic<Int>(0)

  init() { bell = sdb_bell_create() }

  deinit { if let bell { sdb_bell_destroy(bell) } }

  /// Debug builds of deep Swift frames need more than the smallest stack, and far less than 8 MiB.
  private static let stackSize = 2 << 20

  /// Starts the thread; answers why it could not.
  func start() -> TracingError? {
    guard bell != nil else { return TracingError(operation: .fork, errno: EMFILE) }
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
  }

  func bury(_ pid: Int32) {
    sdb_kill(pid, SIGKILL)
    routes.withLock { _ = $0.dying.insert(pid) }
  }

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
      if isClosing && routes.withLock({ $0.dying.isEmpty }) { return }
      var stop = sdb_stop()
      drain(&touched, after: sdb_bell_wait(bell, &stop) == 1 ? stop : nil)
    }
  }

  private func perform(_ item: Item) {
    switch item {
    case .job(let job, let executor): job.runSynchronously(on: executor.asUnownedSerialExecutor())
    case .work(let work): work()
    }
  }

  /// Takes every pending status, after one that has been taken already, before any process acts on one, so that no thread's
  /// stop starves another's.
  private func drain(_ touched: inout [TracedProcess], after taken: sdb_stop?) {
    // What has come while the thread was doing something else is taken by its next wait: a second look costs as much again.
    guard let taken else { return }
    note(taken, &touched)
    var stop = sdb_stop()
    for process in touched { process.assumeIsolated { $0.collectStops() } }
    while sdb_wait(-1, &stop) > 0 { note(stop, &touched) }
    for process in touched { process.assumeIsolated { $0.advance() } }
    touched.removeAll(keepingCapacity: true)
  }

  /// A stop is shown to somebody: the next one takes long to come.
  func settle() {
    stops.store(0, ordering: .relaxed)
    sdb_follow_nobody()
  }

  /// Stops from one look at a tracee's processor to the next.
  private static let lookInterval = 256

  private func note(_ stop: sdb_stop, _ touched: inout [TracedProcess]) {
    if stops.wrappingAdd(1, ordering: .relaxed).newValue % Self.lookInterval == 0 { sdb_follow(stop.tid) }
    let status = WaitStatus(stop)
    guard let process = routes.withLock({ $0.processes[stop.tid]?.process }) else { return hold(stop.tid, status) }
    process.assumeIsolated { $0.note(status, of: stop.tid) }
    if !touched.contains(where: { $0 === process }) { touched.append(process) }
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
