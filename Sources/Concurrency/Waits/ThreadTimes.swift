import Glibc
import HostFiles
import MachineModel

/// What the kernel counts of a thread (proc(5), /proc/PID/task/TID/stat).
enum ThreadTimes {
  /// Seconds in user and kernel mode; nil where there is no such thread.
  static func processorTime(of thread: ThreadID, in process: ProcessID) -> Double? {
    let folder = "/proc/\(process)/task/\(thread)/"
    // Nanoseconds come first; kernels without CONFIG_SCHED_INFO have no such file.
    if let first = text(folder + "schedstat")?.split(separator: " ").first, let time = Double(first), time > 0 {
      return time / 1e9
    }
    return text(folder + "stat").flatMap { processorTime($0, ticksPerSecond: Double(sysconf(Int32(_SC_CLK_TCK)))) }
  }

  private static func text(_ path: String) -> String? {
    (try? HostFile.contents(of: path, limit: 4096)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Fields 14 and 15, utime and stime. The second field, the name, may hold blanks and parentheses.
  static func processorTime(_ text: String, ticksPerSecond: Double) -> Double? {
    guard let end = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return nil }
    return (user + system) / ticksPerSecond
  }
}
