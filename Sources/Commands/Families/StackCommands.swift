import Debugger
import MachineModel

/// The stack.
enum StackCommands {
  static let all: [CommandDescriptor] = [
    CommandDescriptor(
      "bt", ["backtrace", "where"], .stack, "bt [-full] [-limit N] [full] [N]",
      "Print backtrace of all stack frames, or innermost COUNT frames.",
      details: "With a negative N, the outermost -N frames. With -full (or full), the values of local variables too.",
      arguments: [.word(["-full", "-limit", "full"])], repetition: .same, withoutProcess: "No stack.",
      handler: backtrace),
    CommandDescriptor(
      "frame", ["f"], .stack, "frame [N]", "Select and print a stack frame.",
      details: "\"frame function NAME\" selects the innermost frame of that function.", arguments: [.number],
      repetition: .same, withoutProcess: "No stack.", handler: frame),
    CommandDescriptor(
      "up", [], .stack, "up [N]", "Select and print stack frame that called this one.", arguments: [.number],
      repetition: .same, withoutProcess: "No stack.", handler: { try await move($0, by: 1) }),
    CommandDescriptor(
      "down", ["do", "dow"], .stack, "down [N]", "Select and print stack frame called by this one.",
      arguments: [.number], repetition: .same, withoutProcess: "No stack.", handler: { try await move($0, by: -1) }),
  ]

  static let info: [CommandDescriptor] = [
    CommandDescriptor(
      "stack", ["s"], .stack, "info stack [-full] [N]", "Backtrace of the stack, or innermost COUNT frames.",
      withoutProcess: "No stack.", handler: backtrace),
    CommandDescriptor(
      "frame", ["f"], .stack, "info frame", "All about the selected stack frame.", withoutProcess: "No stack.",
      handler: { FrameReport(try await $0.session.frameDescription()) }),
    CommandDescriptor(
      "locals", ["lo", "loc"], .stack, "info locals [-q] [-t TYPE] [REGEXP]",
      "All local variables of current stack frame or those matching REGEXPs.", details: SymbolCommands.localDetails,
      arguments: [.symbol], withoutProcess: "No frame selected.",
      handler: { try SymbolCommands.filter(try await $0.session.locals(), "locals", $0) }),
    CommandDescriptor(
      "args", ["ar"], .stack, "info args [-q] [-t TYPE] [REGEXP]",
      "All argument variables of current stack frame or those matching REGEXPs.",
      details: SymbolCommands.localDetails, arguments: [.symbol], withoutProcess: "No frame selected.",
      handler: { try SymbolCommands.filter(try await $0.session.arguments(), "arguments", $0) }),
  ]

  private static func backtrace(_ context: CommandContext) async throws -> any CommandResult {
    var limit: Int?
    var isFull = false
    var words = context.arguments.words[...]
    while let word = words.popFirst() {
      if word == "full" || word.count > 1 && "-full".hasPrefix(word) {
        isFull = true
      } else if word.count > 1, "-limit".hasPrefix(word) || "-frame-limit".hasPrefix(word) {
        guard let number = words.popFirst() else { throw CommandError("-limit requires an argument") }
        limit = number == "unlimited" ? nil : Int(truncatingIfNeeded: try await context.integer(number))
      } else {
        limit = Int(truncatingIfNeeded: try await context.integer(([word] + words).joined(separator: " ")))
        words = []
      }
    }
    let frames = try await context.session.backtrace(limit: limit, withLocals: isFull)
    return BacktraceResult(frames, tellsMore: context.isInteractive)
  }

  private static func frame(_ context: CommandContext) async throws -> any CommandResult {
    let session = context.session
    let (word, rest) = context.arguments.firstWord
    let frame: FrameSnapshot
    switch word {
    case "": frame = try await session.selectedFrame()
    case "function":
      guard !rest.isEmpty else { throw CommandError("Missing function name argument") }
      let frames = try await session.backtrace(limit: nil, withLocals: false).frames
      guard let found = frames.first(where: { $0.function == rest || $0.function?.hasSuffix("::" + rest) == true })
      else { throw CommandError("No frame for function \"\(rest)\".") }
      frame = try await session.selectFrame(found.level)
    default:
      let level = word == "level" ? rest : context.arguments
      frame = try await session.selectFrame(Int(truncatingIfNeeded: try await context.integer(level)))
    }
    return await context.interpreter.result(selecting: frame)
  }

  private static func move(_ context: CommandContext, by direction: Int) async throws -> any CommandResult {
    let count = try await context.count()
    let frame = try await context.session.moveFrame(by: direction &* count)
    return await context.interpreter.result(selecting: frame)
  }
}
