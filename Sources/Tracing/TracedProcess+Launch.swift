import CPtrace
import Glibc
import MachineModel

/// A forked child on its way to exec.
struct StartedLaunch: Sendable {
  let request: LaunchRequest
  /// Where it says what failed.
  let report: Int32
  /// The program's group is the terminal's foreground one while it runs, ours while it is stopped.
  let sharesTerminal: Bool
}

extension TracedProcess {
  /// Starts the program; returns with it stopped at its first instruction (after exec). Cancelling the task
  /// kills a program that has not got there yet.
  package static func launch(_ request: LaunchRequest, on tracer: TracerThread) async throws(TracingError)
    -> TracedProcess
  {
    if let failure = tracer.failure { throw failure }
    let started = await withCheckedContinuation { continuation in
      tracer.perform { continuation.resume(returning: start(request, on: tracer)) }
    }
    let process = try started.get()
    try await process.execute()
    return process
  }

  /// On the tracer thread: forks and seizes.
  private static func start(_ request: LaunchRequest, on tracer: TracerThread) -> Result<TracedProcess, TracingError> {
    let sharesTerminal = request.terminal == nil && request.standardInput == .inherit && sdb_owns_terminal() == 1
    var gate: Int32 = -1
    var report: Int32 = -1
    let pid = request.withLaunch(takesForeground: sharesTerminal) { launch in sdb_fork(launch, &gate, &report) }
    guard pid > 0 else { return .failure(TracingError(operation: .fork, errno: -pid)) }
    let seized = sdb_seize(pid, 1)
    if seized == 0 { sdb_open_gate(gate) }
    // A gate that was never opened ends the child.
    sdb_close(gate)
    guard seized == 0 else {
      sdb_close(report)
      return .failure(TracingError(operation: .seize, errno: -seized))
    }
    let launch = StartedLaunch(request: request, report: report, sharesTerminal: sharesTerminal)
    let process = TracedProcess(pid, launch: launch, on: tracer)
    process.assumeIsolated { $0.track(pid) }
    return .success(process)
  }

  private func execute() async throws(TracingError) {
    await withTaskCancellationHandler {
      if launchResult == nil { await withCheckedContinuation { launchWaiter = $0 } }
    } onCancel: {
      // It may wait for the other end of a FIFO that it was redirected to, for ever.
      tracer.perform { self.assumeIsolated { $0.cancelLaunch() } }
    }
    if case .failure(let failure) = launchResult { throw failure }
  }

  private func cancelLaunch() {
    if case .launching = phase { sdb_kill(id.rawValue, SIGKILL) }
  }

  /// A stop between fork and exec.
  func noteLaunch(_ status: WaitStatus, of thread: TracedThread) {
    switch status {
    case .executed:
      processMemory.reopen()
      phase = .halted
      thread.isInLaunch = true
      selected = thread
      giveTerminalBack()
      finishLaunch(.success(()))
    case .signal(let number): sdb_continue(thread.id, number)
    case .groupStop: sdb_listen(thread.id)
    default: sdb_continue(thread.id, 0)
    }
    if case .launching = phase { markRunning(thread) }
  }

  func finishLaunch(_ result: Result<Void, TracingError>) {
    if let launch { sdb_close(launch.report) }
    launchResult = result
    launchWaiter?.resume()
    launchWaiter = nil
  }

  /// Why the child ended before it had executed the program.
  func launchFailure(_ status: WaitStatus) -> TracingError {
    var failure = sdb_launch_failure()
    guard let launch, sdb_read_failure(launch.report, &failure) == 1 else {
      if case .killed(let signal, _) = status { return TracingError(operation: .startup(signal), errno: ESRCH) }
      return TracingError(operation: .processGone, errno: ESRCH)
    }
    return TracingError(operation: launch.request.operation(at: failure.stage), errno: failure.error)
  }

  /// The program may read from the terminal that it shares with us, and gets its Ctrl-C.
  func lendTerminal() {
    // A child may have left its parent's group.
    let group = sharesTerminal ? getpgid(id.rawValue) : -1
    if group > 0 { sdb_set_foreground(group) }
  }

  func giveTerminalBack() {
    if sharesTerminal { sdb_set_foreground(0) }
  }
}

extension LaunchRequest {
  fileprivate func operation(at stage: Int32) -> TracingError.Operation {
    switch UInt32(bitPattern: stage) {
    case SDB_LAUNCH_TERMINAL.rawValue: .terminal(terminal ?? "")
    case SDB_LAUNCH_DIRECTORY.rawValue: .changeDirectory(directory ?? "")
    case SDB_LAUNCH_INPUT.rawValue: .open(standardInput.path)
    case SDB_LAUNCH_OUTPUT.rawValue: .open(standardOutput.path)
    case SDB_LAUNCH_ERROR.rawValue: .open(standardError.path)
    case SDB_LAUNCH_EXECUTE.rawValue: .execute(path)
    default: .fork
    }
  }

  /// The request as C has it, for as long as `body` runs.
  fileprivate func withLaunch(takesForeground: Bool, _ body: (UnsafePointer<sdb_launch>) -> Int32) -> Int32 {
    var strings: [UnsafeMutablePointer<CChar>?] = []
    defer { for string in strings { free(string) } }
    func copy(_ text: String?) -> UnsafePointer<CChar>? {
      guard let text else { return nil }
      let copied = strdup(text)
      strings.append(copied)
      return UnsafePointer(copied)
    }
    func stream(_ stream: Stream) -> sdb_stream {
      switch stream {
      case .inherit: sdb_stream(kind: Int32(SDB_STREAM_INHERIT.rawValue), descriptor: -1, path: nil)
      case .file(let path): sdb_stream(kind: Int32(SDB_STREAM_FILE.rawValue), descriptor: -1, path: copy(path))
      case .append(let path): sdb_stream(kind: Int32(SDB_STREAM_APPEND.rawValue), descriptor: -1, path: copy(path))
      case .descriptor(let number):
        sdb_stream(kind: Int32(SDB_STREAM_DESCRIPTOR.rawValue), descriptor: number, path: nil)
      }
    }
    let argv = arguments.map { UnsafeMutablePointer(mutating: copy($0)) } + [nil]
    let envp: [UnsafeMutablePointer<CChar>?] =
      environment.map { variable in
        let copied = (variable + [0]).withUnsafeBytes {
          $0.baseAddress.flatMap { strdup($0.assumingMemoryBound(to: CChar.self)) }
        }
        strings.append(copied)
        return copied
      } + [nil]
    return argv.withUnsafeBufferPointer { argv in
      envp.withUnsafeBufferPointer { envp in
        var launch = sdb_launch()
        launch.path = copy(path)
        launch.arguments = argv.baseAddress
        launch.environment = envp.baseAddress
        launch.directory = copy(directory)
        launch.terminal = copy(terminal)
        launch.streams = (stream(standardInput), stream(standardOutput), stream(standardError))
        launch.disable_randomization = disableRandomization ? 1 : 0
        launch.takes_foreground = takesForeground ? 1 : 0
        return body(&launch)
      }
    }
  }
}

extension LaunchRequest.Stream {
  /// What a message about it names.
  fileprivate var path: String {
    switch self {
    case .inherit: ""
    case .file(let path), .append(let path): path
    case .descriptor(let number): "descriptor \(number)"
    }
  }
}
