/// What a command answers: one value, with two renderers. As JSON it is what it encodes; as text, `text`.
package protocol CommandResult: Encodable, Sendable {
  /// What a user reads, without a final newline. Names and strings of the program must be escaped already where they
  /// may hold newlines; other control characters are escaped for all text in one place, `CommandInterpreter`.
  var text: String { get }
  /// What ends the text: a newline, but nothing for `echo`, `printf` and `output`.
  var terminator: String { get }
}

extension CommandResult {
  package var terminator: String { "\n" }
}

/// A command that has nothing to say but that it was done: `{}`.
package struct Done: CommandResult {
  package init() {}
  package var text: String { "" }
}

/// A sentence: `{"message": …}`.
package struct Message: CommandResult, Equatable {
  package let message: String
  package init(_ message: String) { self.message = message }
  package var text: String { message }
}

/// Lines that have no structure of their own: `{"lines": […]}`.
package struct Lines: CommandResult, Equatable {
  package let lines: [String]
  package init(_ lines: [String]) { self.lines = lines }
  package var text: String { lines.joined(separator: "\n") }
}

/// Text that is printed as it is, without a newline: `{"output": …}`.
package struct PlainOutput: CommandResult, Equatable {
  package let output: String
  package init(_ output: String) { self.output = output }
  package var text: String { output }
  package var terminator: String { "" }
}

/// `quit`, agreed to.
package struct Quitting: CommandResult, Equatable {
  /// The exit status that was asked for; nil: the front's own.
  package let status: Int32?
  package init(status: Int32?) { self.status = status }
  package var text: String { "" }
}
