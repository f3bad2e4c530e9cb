/// How an interpreter meets its user. Fixed for its life.
package struct InterpreterOptions: Sendable {
  /// Where the output of `shell` goes.
  package enum ShellOutput: Sendable {
    /// `shell` writes where we do.
    case inherited
    /// To our standard error: standard output carries JSON.
    case standardError
    /// Into the command's result: the screen is not the shell's.
    case captured
  }
  /// A person types: an empty line repeats, and progress is told ("Starting program: …").
  package var isInteractive: Bool
  /// Asks a question that wants yes or no; nil where nobody can answer: then the answer is yes, as in gdb.
  package var confirm: (@Sendable (String) async -> Bool)?
  package var shellOutput: ShellOutput
  /// False where only JSON is read: what text alone needs (source lines, displays) is not looked up.
  package var rendersText: Bool

  /// Told of each line that was carried out, those of scripts too.
  package var observe: (@Sendable (_ line: String, _ output: CommandOutput) -> Void)?

  package init(
    isInteractive: Bool = true, confirm: (@Sendable (String) async -> Bool)? = nil,
    shellOutput: ShellOutput = .captured, rendersText: Bool = true,
    observe: (@Sendable (_ line: String, _ output: CommandOutput) -> Void)? = nil
  ) {
    self.observe = observe
    self.rendersText = rendersText
    self.isInteractive = isInteractive
    self.confirm = confirm
    self.shellOutput = shellOutput
  }
}
