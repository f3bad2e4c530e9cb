import CPtrace
import Glibc
import HostFiles
import MachineModel

/// The traps in the memory of a process that was attached to, where they are found if sdb ends without lifting them: on a fault,
/// its handler does; what SIGKILL leaves is listed in a file, which the next attachment reads.
final class TrapLedger {
  private let path: String?
  private let ledger: OpaquePointer?

  /// - Parameter memory: open, for as long as this lives.
  init(of process: ProcessID, memory: Int32) {
    let path = Self.path(of: process)
    if let path {
      // Without a folder there is no file; a fault is still answered.
      try? HostFile.makeFolders(above: path)
      Self.forgetEnded()
    }
    self.path = path
    ledger = sdb_ledger_open(path, memory)
  }

  deinit {
    if let ledger { sdb_ledger_close(ledger) }
    if let path { unlink(path) }
  }

  /// Before the trap is written.
  func add(_ address: VirtualAddress, _ original: UInt8) {
    // One too many is lifted in all cases but those.
    if let ledger { _ = sdb_ledger_add(ledger, address.rawValue, original) }
  }

  /// After the trap was taken out.
  func remove(_ address: VirtualAddress) {
    if let ledger { sdb_ledger_remove(ledger, address.rawValue) }
  }

  /// Takes out the traps that an sdb which was killed has left in a process that is stopped; answers how many there were.
  static func heal(_ process: ProcessID, memory: Int32) -> Int {
    path(of: process).map { sdb_ledger_heal($0, memory) } ?? 0
  }

  /// Removes what is listed of processes that are no more.
  private static func forgetEnded() {
    guard let folder = BaseDirectory.state.folder.map({ $0 + "/traps" }) else { return }
    for name in HostFolder.names(in: folder) {
      let id = name.split(separator: "-").first.flatMap { Int32($0) }
      if id.flatMap({ path(of: ProcessID($0)) }) != "\(folder)/\(name)" { unlink("\(folder)/\(name)") }
    }
  }

  /// By the process's id and when it began, in ticks since the system did (proc_pid_stat(5), field 22): ids are given again.
  private static func path(of process: ProcessID) -> String? {
    // The name before may have blanks and brackets.
    let fields = ProcFiles.contents("/proc/\(process)/stat").split(separator: UInt8(ascii: ")")).last?
      .split(separator: UInt8(ascii: " "))
    guard let folder = BaseDirectory.state.folder, let fields, fields.count > 19 else { return nil }
    return "\(folder)/traps/\(process)-\(String(decoding: fields[19], as: UTF8.self))"
  }
}
