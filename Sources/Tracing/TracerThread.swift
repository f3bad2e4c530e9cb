/// The one OS thread that owns ptrace: a serial executor for `TracedProcess`.
package final class TracerThread: Sendable {
  package init() {}
}
