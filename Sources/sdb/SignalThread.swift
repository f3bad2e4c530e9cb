import Glibc
import Synchronization

/// A thread that waits for the signals that end or interrupt sdb, so that they are dealt with outside of a signal
/// handler. Other threads have them blocked; a program that we start gets a clean mask from its launch.
enum SignalThread {
  private static let reaction = Mutex<(@Sendable (Int32) -> Void)?>(nil)
  private static let awaited = [SIGINT, SIGTERM, SIGHUP]

  /// Blocks the signals (call before other threads are started) and hands each that arrives to `react`.
  static func start(_ react: @escaping @Sendable (Int32) -> Void) {
    // A reader that went away shows as EPIPE.
    signal(SIGPIPE, SIG_IGN)
    reaction.withLock { $0 = react }
    var mask = set()
    pthread_sigmask(SIG_BLOCK, &mask, nil)
    var thread = pthread_t()
    let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { _ in
      var mask = SignalThread.set()
      var number: Int32 = 0
      while sigwait(&mask, &number) == 0 {
        let react = SignalThread.reaction.withLock { $0 }
        react?(number)
      }
      return nil
    }
    pthread_create(&thread, nil, body, nil)
    pthread_detach(thread)
  }

  private static func set() -> sigset_t {
    var mask = sigset_t()
    sigemptyset(&mask)
    for number in awaited { sigaddset(&mask, number) }
    return mask
  }
}
