import Glibc
package import MachineModel

/// Why a process cannot be attached to, as far as /proc tells (ptrace(2), "Ptrace access mode checking").
package enum AttachObstacle: Sendable, Equatable {
  case none
  case noProcess
  case ourselves
  /// It has ended, and its parent has not waited for it.
  case zombie
  case tracedBy(ProcessID, name: String)
  case kernelThread
  /// It belongs to another user.
  case foreignUser(id: UInt32)
  /// Yama's `kernel.yama.ptrace_scope` (Documentation/admin-guide/LSM/Yama.rst): 1 allows descendants only.
  case scope(Int)

  package init(of process: ProcessID) {
    let id = process.rawValue
    guard id != getpid() else {
      self = .ourselves
      return
    }
    guard id > 0, let status = ThreadStatus(of: id, in: id) else {
      self = .noProcess
      return
    }
    let scope = ProcFiles.contents("/proc/sys/kernel/yama/ptrace_scope").first.map { Int($0) - 0x30 } ?? 0
    self =
      if let tracer = status.tracer, tracer != 0 {
        Self.traced(by: tracer)
      } else if status.hasEnded, ProcFiles.threads(of: id).count <= 1 {
        .zombie
      } else if status.isKernelThread {
        .kernelThread
      } else if geteuid() != 0, let user = status.user, user != geteuid() {
        .foreignUser(id: user)
      } else if scope > 0, geteuid() != 0 || scope > 2 {
        .scope(scope)
      } else {
        .none
      }
  }
}

extension AttachObstacle {
  /// The process of the thread that traces.
  private static func traced(by thread: Int32) -> Self {
    let process = ThreadStatus(of: thread, in: thread)?.process ?? thread
    return .tracedBy(ProcessID(process), name: ProcFiles.name(of: process, in: process))
  }
}

/// What `/proc/PID/task/TID/status` says (proc(5)).
struct ThreadStatus {
  /// Zombie, or dead.
  private(set) var hasEnded = false
  private(set) var process: Int32?
  /// The thread that traces it; 0: none.
  private(set) var tracer: Int32?
  /// The effective one.
  private(set) var user: UInt32?
  /// It has no memory of its own.
  private(set) var isKernelThread = true

  /// nil where there is no such thread.
  init?(of tid: Int32, in pid: Int32) {
    let text = String(decoding: ProcFiles.contents("/proc/\(pid)/task/\(tid)/status"), as: UTF8.self)
    guard !text.isEmpty else { return nil }
    for line in text.split(separator: "\n") {
      let words = line.split { $0 == "\t" || $0 == " " }
      guard words.count > 1 else { continue }
      switch words[0] {
      case "State:": hasEnded = words[1] == "Z" || words[1] == "X"
      case "Tgid:": process = Int32(words[1])
      case "TracerPid:": tracer = Int32(words[1])
      case "Uid:": user = words.count > 2 ? UInt32(words[2]) : nil
      case "VmSize:": isKernelThread = false
      default: break
      }
    }
  }
}
