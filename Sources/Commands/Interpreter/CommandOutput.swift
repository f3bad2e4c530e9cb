/// What a command line led to, or something that happened on the way.
package struct CommandOutput: Sendable {
  /// The command as its table names it (`info locals`), or what was typed where it is unknown; empty for an event,
  /// a comment and a line of a definition.
  package let command: String
  package let succeeded: Bool
  /// What a user reads, plain, escaped, without a final newline; an error's text where it failed. Empty: nothing.
  package let text: String
  /// What follows `text`: a newline, or nothing after `echo` and its like.
  package let terminator: String
  /// The same value as one line of JSON: `{"command": …, "ok": …, "result"|"error": …}`, or an event. Empty where JSON
  /// says nothing (a notice, a comment).
  package let json: @Sendable () -> String
  /// `quit`, confirmed.
  package let quits: Bool
  /// With `quits`: the exit status that was asked for.
  package let exitStatus: Int32?

  package init(
    command: String, succeeded: Bool, text: String, terminator: String = "\n", json: @escaping @Sendable () -> String,
    quits: Bool = false, exitStatus: Int32? = nil
  ) {
    self.command = command
    self.succeeded = succeeded
    self.text = text
    self.terminator = terminator
    self.json = json
    self.quits = quits
    self.exitStatus = exitStatus
  }

  /// A line that says nothing: a comment, or a line of a definition.
  static let silent = CommandOutput(command: "", succeeded: true, text: "", json: { "" })

  static func success(_ command: String, _ result: any CommandResult) -> CommandOutput {
    let quitting = result as? Quitting
    return CommandOutput(
      command: command, succeeded: true, text: escaped(result.text), terminator: result.terminator,
      json: { line(SuccessLine(command: command, result: result)) }, quits: quitting != nil,
      exitStatus: quitting?.status)
  }

  /// What ended a command; a `quit` within a script is that.
  static func failure(_ command: String, _ error: any Error) -> CommandOutput {
    guard let script = error as? ScriptFailure else { return .failure(command, String(describing: error)) }
    return script.quitting ?? .failure(command, script.message)
  }

  static func failure(_ command: String, _ error: String) -> CommandOutput {
    CommandOutput(
      command: command, succeeded: false, text: escaped(error),
      json: { line(FailureLine(command: command, error: error)) })
  }

  /// The same without its text, where an enclosing command says it in its own words.
  var withoutText: CommandOutput {
    CommandOutput(command: command, succeeded: succeeded, text: "", json: json, quits: quits, exitStatus: exitStatus)
  }

  /// A value as a line of JSON.
  package static func line(_ value: some Encodable) -> String {
    do {
      return try JSONText.encode(value)
    } catch {
      return "{\"command\": \"\", \"ok\": false, \"error\": \"the result has no JSON form\"}"
    }
  }
}

private struct SuccessLine: Encodable {
  let command: String
  let result: any CommandResult
  enum CodingKeys: String, CodingKey { case command, ok, result }
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(command, forKey: .command)
    try container.encode(true, forKey: .ok)
    try result.encode(to: container.superEncoder(forKey: .result))
  }
}

private struct FailureLine: Encodable {
  let command: String
  let ok = false
  let error: String
}
