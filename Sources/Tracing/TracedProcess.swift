package import MachineModel

/// What to start, and how it meets the world.
package struct LaunchRequest: Sendable {
  /// A redirection of one standard descriptor of the program.
  package enum Stream: Sendable, Equatable {
    case inherit
    /// Opened for reading (descriptor 0) or created and truncated (1, 2).
    case file(String)
    case append(String)
    /// A descriptor of ours, duplicated.
    case descriptor(Int32)
  }
  /// The executable's path; no search is made here.
  package var path: String
  /// argv, with the program's name first.
  package var arguments: [String]
  /// `NAME=VALUE` each.
  package var environment: [String]
  package var directory: String?
  package var standardInput: Stream = .inherit
  package var standardOutput: Stream = .inherit
  package var standardError: Stream = .inherit
  /// A terminal that becomes the program's controlling one (in a session of its own), and its
  /// standard descriptors where they are `.inherit`; nil leaves the program in our session, in a process
  /// group of its own.
  package var terminal: String?
  package var disableRandomization = true

  package init(path: String, arguments: [String], environment: [String]) {
    self.path = path
    self.arguments = arguments
    self.environment = environment
  }
}

/// A request to the kernel, or a step of a launch, that failed.
package struct TracingError: Error, Sendable, Equatable {
  package enum Operation: Sendable, Equatable {
    case fork
    case changeDirectory(String)
    case open(String)
    case terminal(String)
    case personality
    case execute(String)
    case seize, interrupt, readRegisters, writeRegisters
    case writeMemory(VirtualAddress)
    case insertSite(VirtualAddress)
    case resume, kill, detach, processGone
  }
  package let operation: Operation
  package let errno: Int32
  package init(operation: Operation, errno: Int32) {
    self.operation = operation
    self.errno = errno
  }
}

/// How the process goes on.
package struct ResumeRequest: Sendable {
  /// The thread that `plan` and `signal` are about.
  package var thread: ThreadID
  /// nil: run freely.
  package var plan: (any ThreadPlan)?
  /// Delivered to `thread` as it resumes; nil: none, also not the one that it stopped with.
  package var signal: Signal?
  /// Other threads stay stopped.
  package var holdsOthers = false
  package init(thread: ThreadID, plan: (any ThreadPlan)? = nil, signal: Signal? = nil) {
    self.thread = thread
    self.plan = plan
    self.signal = signal
  }
}

/// A live process under ptrace. Isolated to the tracer thread, the one OS thread that the kernel answers.
/// All-stop: an event in `events` of kind `.stopped` means that every thread is stopped.
package actor TracedProcess: Inferior {
  private let tracer: TracerThread
  package nonisolated let id: ProcessID
  package nonisolated let memory: any MemoryReader
  /// Everything that happens to the process, in order; ends after `.ended`.
  package nonisolated let events: AsyncStream<ProcessEvent>

  private init() { fatalError("skeleton") }

  /// Starts the program; returns with it stopped at its first instruction (after exec).
  package static func launch(_ request: LaunchRequest, on tracer: TracerThread) async throws(TracingError)
    -> TracedProcess
  { fatalError("skeleton") }

  /// Resumes a stopped process. The next `.stopped` or `.ended` in `events` answers it.
  package func resume(_ request: ResumeRequest) throws(TracingError) { fatalError("skeleton") }

  /// Asks a running process to stop (`.interrupted`); without effect on a stopped one. From any thread.
  package nonisolated func interrupt() { fatalError("skeleton") }

  /// A trap at `address`. Counted: as many removals as insertions lift it.
  package func insertSite(at address: VirtualAddress) throws(TracingError) { fatalError("skeleton") }
  package func removeSite(at address: VirtualAddress) throws(TracingError) { fatalError("skeleton") }
  /// The next `count` hits at `address` (by `thread` alone, unless nil) are passed over on the tracer thread;
  /// `hits(at:)` tells how many there have been, these included.
  package func setIgnoreCount(_ count: Int, at address: VirtualAddress) { fatalError("skeleton") }
  package func hits(at address: VirtualAddress) -> Int { fatalError("skeleton") }

  /// Which signals stop the process and are reported; all others are delivered without a stop.
  package func setStoppingSignals(_ stops: @escaping @Sendable (Signal) -> Bool) { fatalError("skeleton") }

  package func write(_ bytes: [UInt8], at address: VirtualAddress) throws(TracingError) { fatalError("skeleton") }
  package func setRegisters(_ registers: RegisterFile, of thread: ThreadID) throws(TracingError) {
    fatalError("skeleton")
  }
  package func setFloatingPoint(_ state: FloatingPointState, of thread: ThreadID) throws(TracingError) {
    fatalError("skeleton")
  }
  package func kill() async { fatalError("skeleton") }
  package func detach() async throws(TracingError) { fatalError("skeleton") }

  package func threads() async -> [ThreadRecord] { fatalError("skeleton") }
  package func registers(of thread: ThreadID) async -> RegisterFile? { fatalError("skeleton") }
  package func floatingPoint(of thread: ThreadID) async -> FloatingPointState? { fatalError("skeleton") }
  package nonisolated func auxiliaryVector() -> [(type: UInt64, value: UInt64)] { fatalError("skeleton") }
  package nonisolated func regions() -> [MemoryRegion] { fatalError("skeleton") }
}
