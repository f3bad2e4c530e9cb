import HostFiles
package import MachineModel

/// A system call that a thread sleeps in, with those of its arguments that say what it waits for: `read(3</dev/tty>,
/// …)`.
package struct SystemCallText {
  /// What an argument is.
  private enum Argument {
    case descriptor, pointer, number, count, milliseconds, process
    /// `struct timespec`; absolute or relative, as the call has it.
    case time
    /// The array that the next argument counts.
    case polls
    case futexOperation
  }

  private let wait: KernelWait
  private let memory: any MemoryReader
  private let process: ProcessID?

  /// - Parameter process: whose descriptors these are; nil: they are shown as numbers alone.
  package init(_ wait: KernelWait, memory: any MemoryReader, process: ProcessID?) {
    self.wait = wait
    self.memory = memory
    self.process = process
  }

  package var text: String {
    let arguments = (Self.signatures[wait.call.name] ?? []).enumerated().map { text(of: $0.element, at: $0.offset) }
    return "\(wait.call.name)(\(arguments.joined(separator: ", ")))"
  }

  /// Of the calls that wait, as their manual pages have them.
  private static let signatures: [String: [Argument]] = [
    "read": [.descriptor, .pointer, .count], "write": [.descriptor, .pointer, .count],
    "readv": [.descriptor, .pointer, .count], "writev": [.descriptor, .pointer, .count],
    "pread64": [.descriptor, .pointer, .count, .count], "pwrite64": [.descriptor, .pointer, .count, .count],
    "poll": [.polls, .count, .milliseconds], "ppoll": [.polls, .count, .time],
    "select": [.count, .pointer, .pointer, .pointer, .pointer],
    "pselect6": [.count, .pointer, .pointer, .pointer, .time],
    "epoll_wait": [.descriptor, .pointer, .count, .milliseconds],
    "epoll_pwait": [.descriptor, .pointer, .count, .milliseconds],
    "epoll_pwait2": [.descriptor, .pointer, .count, .time],
    "nanosleep": [.time], "clock_nanosleep": [.number, .number, .time], "pause": [],
    "wait4": [.process, .pointer, .number], "waitid": [.number, .process],
    "accept": [.descriptor], "accept4": [.descriptor], "connect": [.descriptor],
    "recvfrom": [.descriptor, .pointer, .count], "recvmsg": [.descriptor, .pointer],
    "recvmmsg": [.descriptor, .pointer, .count], "sendto": [.descriptor, .pointer, .count],
    "sendmsg": [.descriptor, .pointer], "flock": [.descriptor, .number], "fsync": [.descriptor],
    "fdatasync": [.descriptor], "ioctl": [.descriptor, .pointer, .pointer], "fcntl": [.descriptor, .number],
    "futex": [.pointer, .futexOperation, .count], "rt_sigtimedwait": [.pointer, .pointer, .time],
    "rt_sigsuspend": [.pointer], "msgrcv": [.number, .pointer, .count], "semop": [.number, .pointer, .count],
    "io_getevents": [.pointer, .count, .count], "io_uring_enter": [.descriptor, .count, .count],
  ]

  private func text(of argument: Argument, at index: Int) -> String {
    let value = wait.arguments[index]
    switch argument {
    case .descriptor: return descriptor(Int32(truncatingIfNeeded: value))
    case .pointer: return value == 0 ? "NULL" : VirtualAddress(value).description
    case .number, .process: return String(Int32(truncatingIfNeeded: value))
    case .count: return String(UInt32(truncatingIfNeeded: value))
    case .milliseconds:
      let time = Int32(truncatingIfNeeded: value)
      return time < 0 ? "-1" : "\(time) ms"
    case .time: return time(VirtualAddress(value))
    case .polls: return polls(VirtualAddress(value), count: wait.arguments[index + 1])
    case .futexOperation: return Self.futexOperation(value)
    }
  }

  /// `3</dev/tty>`.
  private func descriptor(_ number: Int32) -> String {
    guard number >= 0, let process, let file = HostPath.linkTarget("/proc/\(process)/fd/\(number)") else {
      return String(number)
    }
    return "\(number)<\(file)>"
  }

  private func time(_ address: VirtualAddress) -> String {
    guard address.rawValue != 0 else { return "NULL" }
    guard let seconds = try? memory.integer(address, as: Int64.self),
      let nanoseconds = try? memory.integer(address + 8 as VirtualAddress, as: Int64.self),
      (0..<1_000_000_000).contains(nanoseconds)
    else { return address.description }
    let digits = String(nanoseconds)
    var fraction = String(repeating: "0", count: 9 - digits.count) + digits
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return "\(seconds)\(fraction.isEmpty ? "" : "." + fraction) s"
  }

  /// `struct pollfd`: a descriptor and the events that it is watched for.
  private func polls(_ address: VirtualAddress, count: UInt64) -> String {
    let shown = min(count, 4)
    var parts: [String] = []
    for index in 0..<shown {
      guard let number = try? memory.integer(address + 8 * index, as: Int32.self) else { return address.description }
      parts.append(descriptor(number))
    }
    return "[" + (parts + (count > shown ? ["…"] : [])).joined(separator: ", ") + "]"
  }

  /// By linux/futex.h.
  private static func futexOperation(_ value: UInt64) -> String {
    let names: [UInt64: String] = [
      0: "FUTEX_WAIT", 6: "FUTEX_LOCK_PI", 9: "FUTEX_WAIT_BITSET", 11: "FUTEX_WAIT_REQUEUE_PI", 13: "FUTEX_LOCK_PI2",
    ]
    return (names[value & 0x7F] ?? String(value & 0x7F)) + (value & 0x80 != 0 ? "_PRIVATE" : "")
  }
}
