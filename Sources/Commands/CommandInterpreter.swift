package import Debugger

/// What a command line led to.
package struct CommandOutput: Sendable {
  /// The command as its table names it (`backtrace`), or what was typed where it is unknown.
  package let command: String
  package let succeeded: Bool
  /// What a user reads, plain, escaped, without a final newline; an error's text where it failed.
  package let text: String
  /// The same value as one line of JSON: `{"command": …, "ok": …, "result"|"error": …}`.
  package let json: @Sendable () -> String
  /// `quit`, confirmed.
  package let quits: Bool
  package init(
    command: String, succeeded: Bool, text: String, json: @escaping @Sendable () -> String, quits: Bool = false
  ) {
    self.command = command
    self.succeeded = succeeded
    self.text = text
    self.json = json
    self.quits = quits
  }
}

/// What could stand at the cursor.
package struct Completions: Sendable, Equatable {
  package struct Candidate: Sendable, Equatable {
    package let text: String
    /// A few words on it (a command's summary); empty where there are none.
    package let detail: String
    package init(text: String, detail: String = "") {
      self.text = text
      self.detail = detail
    }
  }
  /// The characters of the line that a candidate replaces.
  package let replaced: Range<Int>
  package let candidates: [Candidate]
  package init(replaced: Range<Int>, candidates: [Candidate]) {
    self.replaced = replaced
    self.candidates = candidates
  }
}

/// Reads command lines, and carries them out on a session. One for the command bar, batch mode and the init file.
package actor CommandInterpreter {
  package init(session: DebugSession) { fatalError("skeleton") }

  /// Carries out one line. `emit` receives what happens before the command's own result (stops, exits, notices,
  /// output of a `source`d file's commands), as they happen. An empty line repeats the last one where that command
  /// repeats. Never throws: failures are outputs.
  package func execute(_ line: String, emit: @escaping @Sendable (CommandOutput) -> Void) async -> CommandOutput {
    fatalError("skeleton")
  }
  package func completions(for line: String, cursor: Int) async -> Completions { fatalError("skeleton") }
}
