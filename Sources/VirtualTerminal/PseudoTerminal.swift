import CVTerm
import Glibc
import Synchronization

/// A pseudo-terminal could not be had, or not be set up.
package struct PseudoTerminalError: Error, CustomStringConvertible {
  /// The call that failed, such as `posix_openpt`.
  package let operation: String
  package let errno: Int32

  package var description: String { "\(operation): \(String(cString: strerror(errno)))" }
}

/// A pty whose slave side is the program's terminal (pty(7)). We keep the master, and the slave open too, so that it
/// outlives each program run on it.
///
/// A thread of its own carries bytes both ways: output into a `ProgramTerminal` as fast as it comes, input out of a
/// queue when the program takes it. The rest of sdb hears of output in frames, so a flood can't hold up a key.
package final class PseudoTerminal: Sendable {
  /// What the program opens as its terminal, such as `/dev/pts/3`.
  package let slavePath: String
  private let master: Int32
  private let slave: Int32
  /// An eventfd that rings the thread.
  private let bell: Int32
  private let input = Mutex(Input())
  private let terminal: ProgramTerminal
  private let onFrame: @Sendable () -> Void
  private let thread = Mutex<pthread_t?>(nil)

  /// What waits to be written to the program.
  private struct Input {
    var queue: [UInt8] = []
    var isClosed = false
  }

  /// More than this is not kept for a program that reads nothing.
  private static let longestQueue = 1 << 20
  /// Little, so that the terminal's lock is free again soon.
  private static let longestRead = 4096
  /// The least time from one frame to the next, in milliseconds.
  private static let frameInterval: Int64 = 16

  /// Opens a pty of a size and starts its thread.
  ///
  /// - Parameter onFrame: called on the pty's thread after output has changed the terminal, at most 60 times a
  ///   second; it must not wait.
  package init(
    terminal: ProgramTerminal, rows: Int, columns: Int, onFrame: @escaping @Sendable () -> Void
  ) throws(PseudoTerminalError) {
    self.terminal = terminal
    self.onFrame = onFrame
    var controller: Int32 = -1
    var opened: Int32 = -1
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let failure = sdb_pty_open(
      Int32(clamping: rows), Int32(clamping: columns), &controller, &opened, &path, path.count)
    guard failure == 0 else { throw PseudoTerminalError(operation: "open a pty", errno: -failure) }
    master = controller
    slave = opened
    slavePath = String(decoding: path.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    bell = sdb_bell_new()
    do throws(PseudoTerminalError) {
      guard bell >= 0 else { throw PseudoTerminalError(operation: "eventfd", errno: -bell) }
      try start()
    } catch {
      closeDescriptors()
      throw error
    }
  }

  /// Tells the kernel, and by SIGWINCH the program, that the terminal has a new size (ioctl_tty(2), TIOCSWINSZ).
  package func resize(rows: Int, columns: Int) throws(PseudoTerminalError) {
    var size = winsize(
      ws_row: UInt16(clamping: rows), ws_col: UInt16(clamping: columns), ws_xpixel: 0, ws_ypixel: 0)
    guard ioctl(master, UInt(TIOCSWINSZ), &size) == 0 else {
      throw PseudoTerminalError(operation: "TIOCSWINSZ", errno: errno)
    }
  }

  /// Queues bytes as the program's input; never waits.
  /// - Returns: whether there was room. A program that reads nothing gets no more than a mebibyte ahead.
  @discardableResult
  package func write(_ bytes: [UInt8]) -> Bool {
    guard !bytes.isEmpty else { return true }
    let isQueued = input.withLock {
      guard $0.queue.count + bytes.count <= Self.longestQueue else { return false }
      $0.queue += bytes
      return true
    }
    if isQueued { ring() }
    return isQueued
  }

  /// Ends the thread and closes both sides; a program that still has the terminal open gets SIGHUP.
  package func close() {
    guard let running = thread.withLock({ $0.take() }) else { return }
    input.withLock { $0.isClosed = true }
    ring()
    pthread_join(running, nil)
    closeDescriptors()
  }

  private func closeDescriptors() {
    for descriptor in [master, slave, bell] where descriptor >= 0 { Glibc.close(descriptor) }
  }

  deinit {
    close()
  }

  private func ring() {
    sdb_bell_ring(bell)
  }

  // MARK: The thread

  private func start() throws(PseudoTerminalError) {
    // Signals belong to other threads; a new thread inherits the mask.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var created = pthread_t()
    // Unretained: `close` joins the thread before this object goes.
    let context = Unmanaged.passUnretained(self).toOpaque()
    let failure = pthread_create(&created, nil, pseudoTerminalThread, context)
    guard failure == 0 else { throw PseudoTerminalError(operation: "pthread_create", errno: failure) }
    thread.withLock { $0 = created }
  }

  fileprivate func carry() {
    var buffer = [UInt8](repeating: 0, count: Self.longestRead)
    var pending: [UInt8] = []
    var lastFrame: Int64 = 0
    var hasNews = false
    while true {
      let isClosed = input.withLock { input in
        pending += input.queue
        input.queue.removeAll()
        return input.isClosed
      }
      if isClosed { return }
      let wait = hasNews ? max(0, lastFrame + Self.frameInterval - Self.now()) : -1
      var polled = [
        pollfd(fd: master, events: Int16(POLLIN) | (pending.isEmpty ? 0 : Int16(POLLOUT)), revents: 0),
        pollfd(fd: bell, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&polled, 2, Int32(wait)) >= 0 || errno == EINTR else { return }
      if polled[1].revents != 0 { sdb_bell_clear(bell) }
      if polled[0].revents & Int16(POLLIN) != 0, let answers = takeOutput(&buffer) {
        // A program that asks and asks without reading the answers does not get our memory.
        if pending.count + answers.count <= Self.longestQueue { pending += answers }
        hasNews = true
      }
      if polled[0].revents & Int16(POLLOUT) != 0 { giveInput(&pending) }
      if hasNews, Self.now() - lastFrame >= Self.frameInterval {
        lastFrame = Self.now()
        hasNews = false
        onFrame()
      }
    }
  }

  /// Reads once into the terminal; what it answers, nil if there was nothing.
  private func takeOutput(_ buffer: inout [UInt8]) -> [UInt8]? {
    let count = read(master, &buffer, buffer.count)
    guard count > 0 else { return nil }
    return terminal.feed(Array(buffer.prefix(count)))
  }

  private func giveInput(_ pending: inout [UInt8]) {
    let count = Glibc.write(master, pending, pending.count)
    if count > 0 { pending.removeFirst(count) }
  }

  private static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}

private func pseudoTerminalThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context { Unmanaged<PseudoTerminal>.fromOpaque(context).takeUnretainedValue().carry() }
  return nil
}
