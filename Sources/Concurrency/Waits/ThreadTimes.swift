import Glibc
import HostFiles
import MachineModel

/// What the kernel counts of a thread (proc(5), /proc/PID/task/TID/stat).
enum ThreadTimes {
  /// Seconds in user and kernel mode; nil where there is no such thread.
  static func processorTime(of thread: ThreadID, in process: ProcessID) -> Double? {
    guard let bytes = try? HostFile.contents(of: "/proc/\(process)/task/\(thread)/stat", limit: 4096) else {
      return nil
    }
    return processorTime(String(decoding: bytes, as: UTF8.self), ticksPerSecond: Double(sysconf(Int32(_SC_CLK_TCK))))
  }

  /// Fields 14 and 15, utime and stime. The second field, the name, may hold blanks and parentheses.
  static func processorTime(_ text: String, ticksPerSecond: Double) -> Double? {
    guard let end = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return nil }
    return (user + system) / ticksPerSecond
  }
}
