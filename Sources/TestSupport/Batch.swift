import Foundation

/// One run of the built sdb without a terminal.
package struct Batch: Sendable {
  package let status: Int32
  package let output: String
  package let errors: String

  /// Runs sdb with `arguments` to its end, standard input being `input`. A run that takes longer than a minute is
  /// ended and has status 124 (timeout(1)).
  package init(
    _ arguments: [String], in sandbox: Sandbox, input: String = "", environment: [String: String] = [:]
  ) throws {
    // A session of its own, so that /dev/tty leads to no terminal.
    let surroundings = ["setsid", "env", "--chdir=\(sandbox.folder.path())", "timeout", "--kill-after=5", "60"]
    let done = try FinishedCommand(
      surroundings + [Sandbox.debugger] + arguments, input: input,
      environment: sandbox.environment.merging(environment) { $1 })
    status = done.status
    output = done.output
    errors = done.errors
  }

  /// Runs `sdb --batch` with each of `commands` by `-ex`, then `program` and its arguments.
  package init(
    commands: [String], options: [String] = [], program: [String], in sandbox: Sandbox, input: String = ""
  ) throws {
    let words = commands.flatMap { ["-ex", $0] }
    try self.init(["--batch"] + options + words + ["--args"] + program, in: sandbox, input: input)
  }

  /// Standard output line by line as JSON objects; throws where a line is none.
  package func objects() throws -> [[String: Any]] {
    try output.split(separator: "\n").map { line in
      guard let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
        throw NotAnObject(line: String(line))
      }
      return object
    }
  }

  package struct NotAnObject: Error {
    package let line: String
  }
}
