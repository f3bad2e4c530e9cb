import Debugger

/// Watchpoints: stopping where a value changes, or is read.
enum WatchCommands {
  private static let details =
    "With \"-l\" or \"-location\", what the expression leads to now is watched, whatever it would lead to later. An expression with\n"
    + "variables of the selected frame is watched while that frame lives. What is in up to four aligned words of memory is watched\n"
    + "by the processor, at full speed; other values by single steps, many hundred times slower, which \"watch\" warns of. A\n"
    + "condition is an expression that must hold for the program to stop; with \"thread N\", that thread alone stops."

  static let all: [CommandDescriptor] = [
    CommandDescriptor(
      "watch", ["wa", "wat"], .breakpoints, "watch [-location] EXPRESSION [thread N] [if CONDITION]",
      "Set a watchpoint for EXPRESSION: execution stops when its value changes.", details: details,
      arguments: [.expression], handler: { try await set($0, .write) }),
    CommandDescriptor(
      "rwatch", ["rw"], .breakpoints, "rwatch [-location] EXPRESSION [thread N] [if CONDITION]",
      "Set a read watchpoint for EXPRESSION: execution stops when it is read.", details: details,
      arguments: [.expression], handler: { try await set($0, .read) }),
    CommandDescriptor(
      "awatch", ["aw"], .breakpoints, "awatch [-location] EXPRESSION [thread N] [if CONDITION]",
      "Set a watchpoint for EXPRESSION: execution stops when it is read or written.", details: details,
      arguments: [.expression], handler: { try await set($0, .readOrWrite) }),
  ]

  private static func set(_ context: CommandContext, _ access: WatchAccess) async throws -> any CommandResult {
    var request = try WatchRequest(parsing: try context.required("expression to compute"))
    request.access = access
    return BreakpointMade(try await context.session.addWatchpoint(request))
  }
}

extension WatchRequest {
  /// `[-location] EXPRESSION [thread N] [if CONDITION]`.
  init(parsing text: String) throws(CommandError) {
    var (expression, condition) = BreakpointArguments.splitCondition(text)
    if text.trimmed.hasSuffix(" if") { throw CommandError("Argument required (expression to compute).") }
    let (option, rest) = expression.firstWord
    let isLocation = option.count > 1 && "-location".hasPrefix(option)
    if isLocation { expression = rest }
    var words = expression.words
    var thread: Int?
    if words.count > 2, words[words.count - 2] == "thread" || words[words.count - 2] == "mask" {
      guard words[words.count - 2] == "thread" else {
        throw CommandError("This target does not support masked watchpoints.")
      }
      guard let number = Int(words[words.count - 1]), number > 0 else {
        throw CommandError("Invalid thread ID: \(words[words.count - 1])")
      }
      thread = number
      words.removeLast(2)
      expression = words.joined(separator: " ")
    }
    guard !expression.isEmpty else { throw CommandError("Argument required (expression to compute).") }
    self.init(expression)
    self.isLocation = isLocation
    self.condition = condition
    self.thread = thread
  }
}
