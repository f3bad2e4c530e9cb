import DebugInfo
import MachineModel
import Tracing

/// What is asked of inferiors by their numbers.
extension DebugSession {
  /// All that are debugged, by number.
  package func inferiorRows() -> [InferiorRow] {
    let all = inferiors.numbers.map { ($0, inferiors[$0] ?? currentInferior) }
    return all.map { number, inferior in
      InferiorRow(
        id: number, process: inferior.process?.id, program: inferior.program, state: inferior.state.word,
        current: number == inferiors.current, isAttached: inferior.process.map { !$0.killsOnExit } ?? false,
        vforkParent: inferior.vforkParent?.inferior,
        vforkChild: all.first { $0.1.vforkParent?.inferior == number }?.0)
    }
  }

  /// Ends an inferior's process. Throws where there is none, or no such inferior.
  package func kill(inferior number: Int) async throws(SessionError) {
    let process = try process(ofInferior: number)
    if number == inferiors.current {
      try await kill()
    } else {
      let parent = inferiors[number]?.vforkParent
      // Its end is no news.
      inferiors[number]?.forgetProcess()
      await process.kill()
      if let parent { await leave(parent, after: "exit") }
    }
    notify("[Inferior \(number) (process \(process.id)) killed]")
  }

  /// Lets go of an inferior's process. Throws where there is none, or no such inferior.
  package func detach(inferior number: Int) async throws(SessionError) {
    let process = try process(ofInferior: number)
    if number == inferiors.current {
      try await detach()
      notify("[Inferior \(number) (process \(process.id)) detached]")
    } else {
      let parent = inferiors[number]?.vforkParent
      await letGo(ofParked: number)
      if let parent { await leave(parent, after: "detach") }
    }
  }

  private func process(ofInferior number: Int) throws(SessionError) -> TracedProcess {
    guard inferiors.numbers.contains(number) else { throw .refused("Inferior ID \(number) not known.") }
    guard let process = number == inferiors.current ? process : inferiors[number]?.process else {
      throw .refused("Inferior ID \(number) is not running.")
    }
    return process
  }

  /// Lets go of the process of an inferior that is not the current one.
  func letGo(ofParked number: Int) async {
    guard let process = inferiors[number]?.process else { return }
    // Its end is no news.
    inferiors[number]?.forgetProcess()
    // One that has ended meanwhile needs no letting go.
    try? await process.detach()
    notify("[Inferior \(number) (process \(process.id)) detached]")
  }

  /// An event of a process that is put aside: kept for when it is taken up. The end of a stopped one is told at once.
  func deliver(_ event: ProcessEvent, toParked id: ProcessID) {
    guard let (number, inferior) = inferiors.parked(with: id) else { return }
    guard case .ended(let end) = event, !inferior.state.isRunning else {
      return inferior.eventPump?.deliver(event) ?? ()
    }
    inferiors[number]?.forgetProcess()
    if end != .detached { notify("[Inferior \(number) (process \(id)) \(end.words)]") }
  }

  // MARK: Threads

  /// The threads of all inferiors, by their numbers and their inferiors'; those that are stopped with their innermost frames.
  package func allThreads() async throws(SessionError) -> [ThreadRow] {
    var rows: [Int: [ThreadRow]] = [:]
    for number in inferiors.numbers where number != inferiors.current { rows[number] = await parkedThreads(number) }
    rows[inferiors.current] = try await threads()
    return rows.sorted { $0.key < $1.key }.flatMap(\.value)
  }

  private func parkedThreads(_ number: Int) async -> [ThreadRow] {
    guard let process = inferiors[number]?.process else { return [] }
    var found: [(thread: ThreadRecord, registers: RegisterFile, floatingPoint: FloatingPointState?)] = []
    for record in await process.threads() {
      guard let registers = await process.registers(of: record.id) else { continue }
      found.append((record, registers, await process.floatingPoint(of: record.id)))
    }
    // It may have been taken up, or have ended, meanwhile.
    guard inferiors[number]?.process === process else { return [] }
    return glance(at: number) {
      found.map { record, registers, floatingPoint in
        let walker = walker(of: record.id, registers, process)
        let frame = walker.frame(0) ?? .unknown
        let scope = frameScope(
          frame, thread: record.id, process: process, registers: registers, floatingPoint: floatingPoint)
        return ThreadRow(
          id: threads.number(of: record.id), tid: record.id, name: threads.names[record.id] ?? record.name,
          state: .stopped, current: false,
          frame: snapshot(of: frame, arguments: variableSnapshots(scope, kinds: [.argument])), inferior: number)
      }.sorted { $0.id < $1.id }
    }
  }

  /// Makes a thread of any inferior the one that frame commands speak of.
  package func selectThread(_ id: Int, ofInferior number: Int) async throws(SessionError) -> ThreadRow {
    guard inferiors.areSeveral || number != inferiors.current else { return try await selectThread(id) }
    guard inferiors.numbers.contains(number) else { throw .refused("No inferior number '\(number)'") }
    let threads = inferiors[number]?.threads ?? threads
    guard threads.thread(numbered: id) != nil else { throw .refused("Unknown thread \(number).\(id).") }
    try await selectInferior(number)
    return try await selectThread(id)
  }
}

extension ProcessEnd {
  /// As it is told of a process that is not the current one.
  var words: String {
    switch self {
    case .exited(0): "exited normally"
    case .exited(let code): "exited with code 0\(String(UInt32(bitPattern: code), radix: 8))"
    case .killed(let signal, _): "terminated with signal \(signal.name)"
    case .detached: "detached"
    }
  }
}

extension ProcessState {
  fileprivate var word: InferiorRow.State? {
    switch self {
    case .none: nil
    case .running: .running
    case .stopped: .stopped
    }
  }
}
