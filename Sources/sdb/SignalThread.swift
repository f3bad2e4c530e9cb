import Glibc
import Synchronization

/// A thread that reacts to the signals that end or interrupt sdb. Their handler only passes the number on through a
/// pipe (signal-safety(7)); blocking them and waiting for them is no way, as libdispatch's parked main thread takes
/// signals that all other threads block.
enum SignalThread {
  private static let reaction = Mutex<(@Sendable (Int32) -> Void)?>(nil)
  private static let writeEnd = Atomic<Int32>(-1)
  private static let readEnd = Atomic<Int32>(-1)

  /// `SIG_IGN` (bits/signum-generic.h), as a number that can be compared.
  private static let ignored = 1

  /// From now on, `react` is called on a thread of its own with each SIGINT, SIGTERM, SIGHUP and SIGQUIT.
  static func start(_ react: @escaping @Sendable (Int32) -> Void) {
    // A reader that went away shows as EPIPE.
    signal(SIGPIPE, SIG_IGN)
    reaction.withLock { $0 = react }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    readEnd.store(ends[0], ordering: .relaxed)
    writeEnd.store(ends[1], ordering: .releasing)
    var thread = pthread_t()
    guard pthread_create(&thread, nil, { _ in SignalThread.listen() }, nil) == 0 else { return }
    pthread_detach(thread)
    var action = sigaction()
    action.sa_flags = SA_RESTART
    action.__sigaction_handler.sa_handler = { number in
      let saved = errno
      var byte = UInt8(truncatingIfNeeded: number)
      write(SignalThread.writeEnd.load(ordering: .acquiring), &byte, 1)
      errno = saved
    }
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] {
      var present = sigaction()
      // nohup(1) and shells' background jobs ask to be left alone.
      guard sigaction(number, nil, &present) == 0,
        unsafeBitCast(present.__sigaction_handler.sa_handler, to: Int.self) != Self.ignored
      else { continue }
      sigaction(number, &action, nil)
    }
  }

  private static func listen() -> UnsafeMutableRawPointer? {
    var byte: UInt8 = 0
    while true {
      let got = read(readEnd.load(ordering: .relaxed), &byte, 1)
      if got < 0, errno == EINTR { continue }
      guard got == 1 else { return nil }
      let react = reaction.withLock { $0 }
      react?(Int32(byte))
    }
  }
}
