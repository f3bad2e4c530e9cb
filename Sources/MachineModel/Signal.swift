/// A signal's number (`signal(7)`), of Linux on x86-64.
package struct Signal: Hashable, Sendable, Codable, CustomStringConvertible {
  package let number: Int32
  package init(_ number: Int32) { self.number = number }
  package init(from decoder: any Decoder) throws { number = try .init(from: decoder) }
  package func encode(to encoder: any Encoder) throws { try number.encode(to: encoder) }

  /// They are numbered from 1 (signal(7)).
  package static let count = 64
  /// Ctrl-C's.
  package static let interrupt = Signal(2)
  /// A breakpoint's or a step's.
  package static let trap = Signal(5)

  /// `SIGSEGV`; a real-time signal as gdb names it (`SIG34`).
  package var name: String {
    row.map { "SIG" + $0.name } ?? "SIG\(number)"
  }
  /// gdb's words for it: `Segmentation fault`.
  package var meaning: String {
    row?.meaning ?? "Real-time event \(number)"
  }
  package var description: String { name }

  /// The signal of that name (`SIGINT` or `INT`), or nil.
  package init?(name: String) {
    let bare = name.uppercased().hasPrefix("SIG") ? String(name.uppercased().dropFirst(3)) : name.uppercased()
    if let index = Self.table.firstIndex(where: { $0.name == bare }), index > 0 {
      self.init(Int32(index))
    } else if let number = Int32(bare), (1...64).contains(number) {
      self.init(number)
    } else {
      return nil
    }
  }

  /// Whether it stops the process, as in gdb's table: what programs use in normal life is delivered without a stop.
  package var stopsByDefault: Bool {
    if let row { return row.stops }
    // glibc's own, for the cancellation of threads and for setuid (nptl(7)).
    return number != 32 && number != 33
  }
  /// Whether the program gets it once it has stopped, as in gdb's table: an interrupt and a trap are the debugger's own.
  package var isPassedByDefault: Bool { row?.isPassed ?? true }

  private struct Row {
    let name: String
    let meaning: String
    let stops: Bool
    let isPassed: Bool
    init(_ name: String, _ meaning: String, stops: Bool = true, isPassed: Bool = true) {
      self.name = name
      self.meaning = meaning
      self.stops = stops
      self.isPassed = isPassed
    }
  }

  private var row: Row? { Self.table.indices.contains(Int(number)) ? Self.table[Int(number)] : nil }

  /// By number.
  private static let table: [Row] = [
    Row("0", "Signal 0"), Row("HUP", "Hangup"), Row("INT", "Interrupt", isPassed: false), Row("QUIT", "Quit"),
    Row("ILL", "Illegal instruction"), Row("TRAP", "Trace/breakpoint trap", isPassed: false), Row("ABRT", "Aborted"),
    Row("BUS", "Bus error"), Row("FPE", "Arithmetic exception"), Row("KILL", "Killed"),
    Row("USR1", "User defined signal 1"), Row("SEGV", "Segmentation fault"), Row("USR2", "User defined signal 2"),
    Row("PIPE", "Broken pipe"), Row("ALRM", "Alarm clock", stops: false), Row("TERM", "Terminated"),
    Row("STKFLT", "Stack fault"), Row("CHLD", "Child status changed", stops: false), Row("CONT", "Continued"),
    Row("STOP", "Stopped (signal)"), Row("TSTP", "Stopped (user)"), Row("TTIN", "Stopped (tty input)"),
    Row("TTOU", "Stopped (tty output)"), Row("URG", "Urgent I/O condition", stops: false),
    Row("XCPU", "CPU time limit exceeded"), Row("XFSZ", "File size limit exceeded"),
    Row("VTALRM", "Virtual timer expired", stops: false), Row("PROF", "Profiling timer expired", stops: false),
    Row("WINCH", "Window size changed", stops: false), Row("IO", "I/O possible", stops: false),
    Row("PWR", "Power fail/restart"), Row("SYS", "Bad system call"),
  ]
}
