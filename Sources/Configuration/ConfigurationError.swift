/// What is wrong in a theme or settings file, and where.
package struct ConfigurationError: Error, Hashable, CustomStringConvertible {
  package let file: String
  /// From 1; nil if it is about the file as a whole.
  package let line: Int?
  /// The full name of the key, such as `styles."source.keyword".fg`.
  package let key: String?
  package let reason: String

  package init(file: String, line: Int?, key: String?, reason: String) {
    self.file = file
    self.line = line
    self.key = key
    self.reason = reason
  }

  /// Not escaped yet.
  package var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return key.map { "\(place): \($0): \(reason)" } ?? "\(place): \(reason)"
  }
}
