import DebugInfo
import Elf
import Glibc
import HostFiles
import MachineModel
import Tracing

extension DebugSession {
  /// Takes over a process that runs already, with its program's symbols where no program was named before; returns with all its
  /// threads stopped, wherever they were. It goes on when it is detached from, and at sdb's end.
  package func attach(to number: Int32) async throws(SessionError) -> StopSnapshot {
    guard process == nil else {
      throw .refused("A program is being debugged already: kill it, or detach from it, first.")
    }
    let id = ProcessID(number)
    let obstacle = AttachObstacle(of: id)
    // The kernel may well allow what Yama's setting speaks against: a descendant, say.
    if obstacle != .none, !obstacle.isGuess { throw Self.refusal(id, obstacle.words) }
    try await openProgram(of: id)
    let process = try await traced { () async throws(TracingError) in
      try TracedProcess(running: id, on: tracer)
    }
    // While it runs on: it is to stand still for as short as can be.
    await loadInitialImages(of: process)
    await refreshImages(of: process)
    let placed = LaunchAddresses(process.auxiliaryVector())
    do throws(TracingError) {
      try await process.attach()
    } catch {
      forget()
      let obstacle = AttachObstacle(of: id)
      throw Self.refusal(id, obstacle == .none ? errorText(error.errno) : obstacle.words)
    }
    adopt(process)
    let healed = await process.healedTraps
    if healed > 0 {
      notify("warning: \(healed) breakpoint traps that an earlier sdb had left were taken out of the process.")
    }
    let ids = await process.threadIDs()
    for thread in ids { _ = threads.number(of: thread) }
    if LaunchAddresses(process.auxiliaryVector()) == placed {
      await watchLinker(of: process)
      await refreshImages(of: process)
      await resolveBreakpoints()
    } else {
      await takeOverExecutedProgram(process)
    }
    guard let thread = ids.first, let registers = await process.registers(of: thread) else { throw .notRunning }
    let event = StopEvent(thread: thread, reason: .interrupted, registers: registers)
    return await report(event, cause: .attached, origin: nil)
  }

  private static func refusal(_ process: ProcessID, _ why: String) -> SessionError {
    .refused("Cannot attach to process \(process): \(why).")
  }

  /// Its executable becomes the program, unless one was named.
  private func openProgram(of id: ProcessID) async throws(SessionError) {
    let file = Executable(of: id)
    do throws(ElfError) {
      _ = try ElfFile(path: file.path)
    } catch {
      throw .unusableProgram(path: file.name, reason: error.words)
    }
    guard program == nil || programImage == nil else {
      if FileIdentity(of: file.path) != programIdentity {
        notify("warning: process \(id) executes \(file.name); the symbols are those of \(program ?? "another file").")
      }
      return
    }
    program = file.name
    try await readProgram(file.path)
  }

  /// What a process executes: its file, where that is still the one of the name, or what the kernel keeps of it.
  struct Executable {
    /// The name that the process was started by; it may be another file by now, or none.
    let name: String
    /// Where to read it.
    let path: String

    private static let deleted = " (deleted)"

    init(of process: ProcessID) {
      let link = "/proc/\(process)/exe"
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
      let count = readlink(link, &buffer, buffer.count - 1)
      let target = String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let name = target.hasSuffix(Self.deleted) ? String(target.dropLast(Self.deleted.count)) : target
      self.name = name.isEmpty ? link : name
      let isSame = FileIdentity(of: link).map { $0 == FileIdentity(of: name) } ?? false
      path = isSame ? name : link
    }
  }
}

extension AttachObstacle {
  /// True where the kernel alone knows whether it is one.
  fileprivate var isGuess: Bool { if case .scope = self { true } else { false } }

  fileprivate var words: String {
    switch self {
    case .none: "it does not let itself be traced"
    case .noProcess: errorText(ESRCH)
    case .ourselves: "it is sdb itself"
    case .zombie: "it has ended already, and waits for its parent (a zombie)"
    case .tracedBy(let process, let name): "it is traced by process \(process) (\(name)) already"
    case .kernelThread: "it is a thread of the kernel"
    case .foreignUser(let user): "it belongs to another user (\(user)); root may attach to it"
    case .scope(let value):
      "the kernel allows it for \(value > 1 ? "root" : "descendants") only (kernel.yama.ptrace_scope is \(value); "
        + "\"sysctl kernel.yama.ptrace_scope=0\" as root allows it)"
    }
  }
}
