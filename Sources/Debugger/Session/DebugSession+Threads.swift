import MachineModel
import Tracing

extension DebugSession {
  func threadSnapshot(_ thread: ThreadID) -> ThreadSnapshot {
    ThreadSnapshot(
      id: threads.number(of: thread), tid: thread, name: name(of: thread), inferior: namedInferior)
  }

  /// The number that threads are named with besides their own; nil where there is but one.
  private var namedInferior: Int? { inferiors.areSeveral ? inferiors.current : nil }

  /// The user's name for it, or the program's.
  private func name(of thread: ThreadID) -> String { threads.names[thread] ?? process?.name(of: thread) ?? "" }

  /// By number; empty without a process. While it runs, without their frames.
  package func threads() async throws(SessionError) -> [ThreadRow] {
    guard case .stopped = state else { return try await threadRecords() }
    var rows: [ThreadRow] = []
    for row in try await threadRecords() {
      rows.append(
        ThreadRow(
          id: row.id, tid: row.tid, name: row.name, state: row.state, current: row.current,
          frame: await innermostFrame(of: row.tid), inferior: row.inferior))
    }
    return rows
  }

  /// The same without frames, which are what takes time.
  package func threadRecords() async throws(SessionError) -> [ThreadRow] {
    guard let process else { return [] }
    let isStopped = if case .stopped = state { true } else { false }
    return await process.threads().map { record in
      ThreadRow(
        id: threads.number(of: record.id), tid: record.id, name: threads.names[record.id] ?? record.name,
        state: isStopped ? .stopped : .running, current: record.id == selection.thread, frame: nil,
        inferior: namedInferior)
    }.sorted { $0.id < $1.id }
  }

  /// Makes a thread the one that frame commands speak of, with its innermost frame selected.
  package func selectThread(_ id: Int) async throws(SessionError) -> ThreadRow {
    guard let thread = threads.thread(numbered: id), process != nil else { throw .noThread(id) }
    _ = try await walker(of: thread)
    selection = Selection(thread: thread)
    sink.yield(.selectionChanged)
    return ThreadRow(
      id: id, tid: thread, name: name(of: thread), state: .stopped, current: true,
      frame: await innermostFrame(of: thread), inferior: namedInferior)
  }

  /// Gives the selected thread a name to be shown instead of its own; nil: its own again.
  package func nameThread(_ name: String?) throws(SessionError) {
    guard process != nil, let thread = selection.thread else { throw .noFrame("No thread selected") }
    threads.names[thread] = name
    sink.yield(.selectionChanged)
  }
}
