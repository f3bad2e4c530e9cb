/// A file that the loader mapped into the process (or that will be, while `bias` is 0).
package struct ImageMapping: Sendable, Hashable {
  /// Where to read it from: a path, `/proc/PID/root/…` or `/proc/PID/map_files/…`.
  package let path: String
  /// The name to show, and that the loader knows it by.
  package let name: String
  /// Virtual address minus image address.
  package let bias: UInt64
  package init(path: String, name: String, bias: UInt64) {
    self.path = path
    self.name = name
    self.bias = bias
  }
}
