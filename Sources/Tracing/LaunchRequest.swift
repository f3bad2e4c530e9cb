/// What to start, and how it meets the world.
package struct LaunchRequest: Sendable {
  /// A redirection of one standard descriptor of the program.
  package enum Stream: Sendable, Equatable {
    case inherit
    /// Opened for reading (descriptor 0) or created and truncated (1, 2).
    case file(String)
    case append(String)
    /// A descriptor of ours, duplicated.
    case descriptor(Int32)
  }
  /// The executable's path; no search is made here.
  package var path: String
  /// argv, with the program's name first.
  package var arguments: [String]
  /// `NAME=VALUE` each, as bytes without a zero: nothing says that they are UTF-8.
  package var environment: [[UInt8]]
  package var directory: String?
  package var standardInput: Stream = .inherit
  package var standardOutput: Stream = .inherit
  package var standardError: Stream = .inherit
  /// A terminal that becomes the program's controlling one (in a session of its own), and its
  /// standard descriptors where they are `.inherit`; nil leaves the program in our session, in a process
  /// group of its own.
  package var terminal: String?
  package var disableRandomization = true

  package init(path: String, arguments: [String], environment: [[UInt8]]) {
    self.path = path
    self.arguments = arguments
    self.environment = environment
  }
}
