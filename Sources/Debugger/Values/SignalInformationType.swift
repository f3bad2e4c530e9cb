import DebugInfo

/// `siginfo_t` as expressions see it, with gdb's names for its parts: what `PTRACE_GETSIGINFO` gives (sigaction(2),
/// `uapi/asm-generic/siginfo.h`).
enum SignalInformationType {
  static var siginfo: DataType {
    DataType(
      .aggregate(.structure), name: "siginfo", byteSize: 128,
      members: [
        field("si_signo", .int, 0), field("si_errno", .int, 4), field("si_code", .int, 8),
        field("_sifields", fields, 16),
      ])
  }

  private static func field(_ name: String, _ type: DataType, _ offset: UInt64) -> DataType.Member {
    .init(name: name, type: type, offset: offset)
  }
  private static func named(_ name: String, _ type: DataType) -> DataType {
    DataType(.typedef, name: name, byteSize: type.size, target: type)
  }
  private static func structure(_ size: UInt64, _ members: [DataType.Member]) -> DataType {
    DataType(.aggregate(.structure), byteSize: size, members: members)
  }
  private static var pointer: DataType { .pointer(to: .void) }
  private static var process: DataType { named("__pid_t", .int) }
  private static var user: DataType { named("__uid_t", .unsignedInt) }
  private static var clock: DataType { named("__clock_t", .long) }
  private static var signalValue: DataType {
    DataType(
      .aggregate(.union), name: "sigval", byteSize: 8,
      members: [field("sival_int", .int, 0), field("sival_ptr", pointer, 0)])
  }

  private static var fields: DataType {
    let sender = [field("si_pid", process, 0), field("si_uid", user, 4)]
    let bounds = structure(16, [field("_lower", pointer, 0), field("_upper", pointer, 8)])
    let short = DataType(.base(.signed), name: "short", byteSize: 2)
    return DataType(
      .aggregate(.union), byteSize: 112,
      members: [
        field("_pad", .array(of: .int, count: 28), 0),
        field("_kill", structure(8, sender), 0),
        field(
          "_timer",
          structure(16, [field("si_tid", .int, 0), field("si_overrun", .int, 4), field("si_sigval", signalValue, 8)]), 0
        ),
        field("_rt", structure(16, sender + [field("si_sigval", signalValue, 8)]), 0),
        field(
          "_sigchld",
          structure(
            32,
            sender + [field("si_status", .int, 8), field("si_utime", clock, 16), field("si_stime", clock, 24)]), 0),
        field(
          "_sigfault",
          structure(
            32, [field("si_addr", pointer, 0), field("_addr_lsb", short, 8), field("_addr_bnd", bounds, 16)]), 0),
        field("_sigpoll", structure(16, [field("si_band", .long, 0), field("si_fd", .int, 8)]), 0),
        field(
          "_sigsys",
          structure(
            16, [field("_call_addr", pointer, 0), field("_syscall", .int, 8), field("_arch", .unsignedInt, 12)]), 0),
      ])
  }
}
