import CNcurses
import Glibc

/// Ends the screen's wait for input, from any thread.
package final class ScreenWaker: Sendable {
  let descriptor: Int32

  /// Nil if the process has no descriptor left.
  init?() {
    descriptor = sdb_wake_new()
    guard descriptor >= 0 else { return nil }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Makes `Screen.nextEvents` return, now or on its next call. Several calls count as one.
  package func wake() {
    sdb_wake_ring(descriptor)
  }

  func clear() {
    sdb_wake_clear(descriptor)
  }
}
