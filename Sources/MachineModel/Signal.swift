/// A signal's number (`signal(7)`), of Linux on x86-64.
package struct Signal: Hashable, Sendable, Codable, CustomStringConvertible {
  package let number: Int32
  package init(_ number: Int32) { self.number = number }
  package init(from decoder: any Decoder) throws { number = try .init(from: decoder) }
  package func encode(to encoder: any Encoder) throws { try number.encode(to: encoder) }

  /// `SIGSEGV`; a real-time signal as gdb names it (`SIG34`).
  package var name: String {
    Self.table.indices.contains(Int(number)) ? "SIG" + Self.table[Int(number)].name : "SIG\(number)"
  }
  /// gdb's words for it: `Segmentation fault`.
  package var meaning: String {
    Self.table.indices.contains(Int(number)) ? Self.table[Int(number)].meaning : "Real-time event \(number)"
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

  private static let table: [(name: String, meaning: String)] = [
    ("0", "Signal 0"), ("HUP", "Hangup"), ("INT", "Interrupt"), ("QUIT", "Quit"), ("ILL", "Illegal instruction"),
    ("TRAP", "Trace/breakpoint trap"), ("ABRT", "Aborted"), ("BUS", "Bus error"), ("FPE", "Arithmetic exception"),
    ("KILL", "Killed"), ("USR1", "User defined signal 1"), ("SEGV", "Segmentation fault"),
    ("USR2", "User defined signal 2"), ("PIPE", "Broken pipe"), ("ALRM", "Alarm clock"), ("TERM", "Terminated"),
    ("STKFLT", "Stack fault"), ("CHLD", "Child status changed"), ("CONT", "Continued"),
    ("STOP", "Stopped (signal)"), ("TSTP", "Stopped (user)"), ("TTIN", "Stopped (tty input)"),
    ("TTOU", "Stopped (tty output)"), ("URG", "Urgent I/O condition"), ("XCPU", "CPU time limit exceeded"),
    ("XFSZ", "File size limit exceeded"), ("VTALRM", "Virtual timer expired"), ("PROF", "Profiling timer expired"),
    ("WINCH", "Window size changed"), ("IO", "I/O possible"), ("PWR", "Power fail/restart"),
    ("SYS", "Bad system call"),
  ]
}
