package import DebugInfo
import HostFiles
package import MachineModel
import Synchronization
import Tracing

/// One debugged program: its process, symbols, breakpoints, and the thread and frame that are selected.
///
/// An actor off the tracer thread. Calls that move the process return when it has stopped or ended; others may
/// be made meanwhile, and those that need a stopped process throw `.running`. Facts come up as `events`.
/// Its parts stand in extensions by subject: `+Program`, `+Launch`, `+Motion`, `+Stops`, `+Breakpoints`, `+Frames`,
/// `+Values`, `+Memory`, `+Source`.
package actor DebugSession {
  /// What happens, for whoever watches: one consumer. Beyond 4096 that nobody took, the oldest are dropped.
  package nonisolated let events: AsyncStream<SessionEvent>
  nonisolated let sink: AsyncStream<SessionEvent>.Continuation
  package var settings: SessionSettings
  package var launch = LaunchConfiguration()

  var symbols: ProgramSymbols
  nonisolated let indexJobs: IndexJobs
  /// Absolute path of the program.
  package internal(set) var program: String?
  var programImage: Int?
  /// The program's file as it was read.
  var programIdentity: FileIdentity?
  /// Images that the user has named (`add-symbol-file`).
  var addedImages: Set<Int> = []

  let tracer = TracerThread()
  /// The other processes: what follows, as far as it is about one process, is the current one's.
  var inferiors = InferiorTable() {
    didSet {
      let others = inferiors.processes
      interruption.withLock { $0.others = others }
    }
  }
  /// Another one than people know is current for a moment: what it does is no news.
  var isElsewhere = false
  /// The one that the last stop was reported of.
  var shownInferior = 1
  /// A fork that the process stands at: followed when it goes on.
  var pendingFork: Fork?
  /// It runs in the memory of that inferior.
  var vforkParent: VforkParent?
  var process: TracedProcess?
  /// The process, for those who cannot wait for the actor (Ctrl-C).
  nonisolated let interruption = Mutex(Interruption())
  /// Fetches the missing debug files, one after another.
  nonisolated let downloading = Mutex<Task<Void, Never>?>(nil)
  var eventPump: EventPump?
  package internal(set) var state: ProcessState = .none {
    didSet {
      guard state != oldValue, !isElsewhere else { return }
      let isRunning = if case .running = state { true } else { false }
      interruption.withLock { $0.isRunning = isRunning }
      sink.yield(.state(state))
    }
  }
  /// Grows with each stop.
  var generation = 0
  var lastStop: StopSnapshot?
  /// In the motion under way, the selected thread moves alone.
  var isSchedulerLocked = false
  /// Of `step 5`: what is left of the count. Nobody is shown the stops until then.
  /// As read at this stop.
  var keptMemory: StopMemory?
  var stepsToCome = 0

  var breakpointTable = BreakpointTable()
  /// All breakpoints that the last stop at one is due to.
  package internal(set) var claims: [ClaimedBreakpoint] = []
  /// Where traps for breakpoints stand in the process.
  var insertedSites: Set<VirtualAddress> = []
  var policies = SitePolicies()
  /// Who gets the lines that breakpoints print; nil: nobody.
  package internal(set) var logger: (any LogRecipient)?
  /// What the processor watches in the process.
  var sentWatches: [HardwareWatch] = []
  /// What it is told to stop at besides.
  var sentEvents = CaughtEvents()
  /// Where one was refused, and the user was told so.
  var refusedSites: Set<VirtualAddress> = []
  var images = ImageTracker()
  var escapes = EscapeWatch()
  var traces = CallTraces()
  /// `handle`.
  package internal(set) var signals = SignalDispositions()
  /// What the tracer has of it.
  var sentSignals: SignalDispositions?
  /// `queue-signal`: what threads go on with; number 0: nothing.
  var queuedSignals: [ThreadID: Signal] = [:]
  var downloads = Downloads()
  /// Asks a person whether to; nil where there is none.
  var consent: (@Sendable (String) async -> Bool)?

  private var unreported: [SessionEvent] = []
  /// How many more there were than can be kept.
  private var leftOut = 0
  private static let mostUnreported = 65_536

  var threads = ThreadNumbers()
  var selection = Selection()
  /// The unwound stacks of this stop.
  var stacks: [ThreadID: StackWalker] = [:]
  /// Functions inlined at the stop's address that the thread is not shown to have entered yet.
  var hiddenInlined = 0

  /// The calls into the program that have not returned.
  var calls = InferiorCalls()
  /// The calls and conditions under way.
  var nesting = CallNesting()
  /// `std::terminate`, while a function is called from here.
  var terminations: Set<VirtualAddress> = []
  /// The thread as a function has left it that was called from here and finished by `finish`.
  var finishedState: ThreadState?

  var history = ValueHistory()
  var openValues = OpenValues()
  var kept = KeptValues()
  let sources = SourceFiles()
  /// Where `x` goes on when it is given no address.
  var nextExamined: VirtualAddress?

  /// - Parameter indexJobs: nil: their progress is an event.
  package init(settings: SessionSettings = .init(), indexJobs: IndexJobs? = nil) {
    self.settings = settings
    let (events, sink) = AsyncStream.makeStream(of: SessionEvent.self, bufferingPolicy: .bufferingNewest(4096))
    (self.events, self.sink) = (events, sink)
    let jobs = indexJobs ?? IndexJobs { sink.yield(.indexing($0)) }
    self.indexJobs = jobs
    symbols = ProgramSymbols(indexJobs: jobs)
  }

  deinit { sink.finish() }

  /// Changes the settings at once, as one step among other requests.
  package func update(_ change: @Sendable (inout SessionSettings) -> Void) async {
    let old = settings
    change(&settings)
    if settings.sources != old.sources { sources.forget() }
    if settings.debugFileDirectories != old.debugFileDirectories {
      symbols.debugFileLocator.directories = settings.debugFileDirectories
      await resolveBreakpoints()
      sink.yield(.imagesChanged)
    }
    let hasOtherServers = settings.debuginfodServers != old.debuginfodServers
    if settings.debuginfod != old.debuginfod || hasOtherServers {
      if settings.debuginfod == .on || hasOtherServers { downloads.hasFailed = false }
      // Others may have what the former ones had not.
      if hasOtherServers { downloads.asked = [] }
      fetchMissingDebugFiles()
    }
  }
  /// Changes how the next `run` starts the program.
  package func configureLaunch(_ change: @Sendable (inout LaunchConfiguration) -> Void) { change(&launch) }

  /// True while something is fetched that `interrupt` gives up.
  package nonisolated var isDownloading: Bool { downloading.withLock { $0 != nil } }

  /// Asks the running process to pause, and a request that waits for an index or a download to give up; from any thread, at any time.
  package nonisolated func interrupt() {
    downloading.withLock { $0?.cancel() }
    let isEnough = indexJobs.cancelAwaited()
    let process: TracedProcess? = interruption.withLock { state in
      if isEnough, !state.isRunning { return nil }
      state.isRequested = true
      return state.process
    }
    process?.interrupt()
  }

  /// The process, stopped; throws `.notRunning` or `.running`.
  func stoppedProcess() throws(SessionError) -> TracedProcess {
    guard let process else { throw .notRunning }
    guard case .stopped = state else { throw .running }
    return process
  }

  /// The number of the value that `print` recorded last; 0 where there is none.
  package var lastHistoryNumber: Int { history.count }

  /// What happened that no outcome tells, since this was last asked: notices, and the end of a process that was killed
  /// while it was stopped. For those who do not watch `events`; of those beyond 65,536 it is
  /// told how many there were.
  package func takeUnreported() -> [SessionEvent] {
    defer { (unreported, leftOut) = ([], 0) }
    return unreported + (leftOut > 0 ? [.notice("\(leftOut) more messages were left out.")] : [])
  }

  func notify(_ text: String) { tell(.notice(text)) }

  /// How a person is asked whether something may be done that takes their consent.
  package func setConsent(_ consent: (@Sendable (String) async -> Bool)?) { self.consent = consent }

  /// Says which files turned out to be damaged or missing since this was last asked.
  package func tellDamage() {
    for text in symbols.takeDamage() { notify("warning: \(text)") }
    for text in symbols.notices.take() { notify(text) }
  }

  /// Sends an event to those who watch, and keeps it for those who ask.
  func tell(_ event: SessionEvent) {
    sink.yield(event)
    keepUnreported(event)
  }

  /// Keeps an event, which those who watch were sent already, for those who ask.
  func keepUnreported(_ event: SessionEvent) {
    if unreported.count < Self.mostUnreported { unreported.append(event) } else { leftOut += 1 }
  }

  /// How many threads the process has had, as far as they were told of.
  package var threadCount: Int { threads.count }

  /// Carries out a request to the tracer, whose errors become the session's.
  func traced<Result: Sendable>(
    _ body: () async throws(TracingError) -> Result
  ) async throws(SessionError) -> Result {
    do throws(TracingError) {
      return try await body()
    } catch {
      throw .tracing(error)
    }
  }
}

/// Whom to interrupt, and whether it was asked for since the last motion began: the process may have been at a
/// stop that nobody is shown just then, and would run on.
struct Interruption {
  var process: TracedProcess?
  /// Those of the other inferiors.
  var others: [TracedProcess] = []
  var isRequested = false
  /// As the user sees it.
  var isRunning = false
}

/// Which thread and frame commands speak of.
struct Selection {
  var thread: ThreadID?
  var level = 0
}
