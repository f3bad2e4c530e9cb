import Debugger

/// Expressions shown at each stop.
enum DisplayCommands {
  static let all: [CommandDescriptor] = [
    CommandDescriptor(
      "display", [], .data, "display[/FMT] [EXPRESSION]", "Print value of expression EXP each time the program stops.",
      details: "/FMT may be used before EXP as in the \"print\" command; \"i\", \"s\", a size or a count\n"
        + "examine memory as in the \"x\" command. Without an expression, all displays are shown now.",
      arguments: [.expression], takesFormat: true, handler: display),
    CommandDescriptor(
      "undisplay", [], .data, "undisplay [N…]", "Cancel some expressions to be displayed when program stops.",
      arguments: [.number], handler: { try await remove($0, numbers: $0.arguments) }),
  ]

  static let info = CommandDescriptor(
    "display", [], .data, "info display", "Expressions to display when program stops, with code numbers.",
    handler: { DisplayTable(displays: await $0.interpreter.state.displays.map(DisplayTable.Row.init)) })

  private static func display(_ context: CommandContext) async throws -> any CommandResult {
    guard !context.arguments.isEmpty else { return Lines(await context.interpreter.displayTexts()) }
    let expression = context.arguments
    let format = context.format
    let made = await context.interpreter.update { state in
      state.lastDisplay += 1
      let display = InterpreterState.Display(number: state.lastDisplay, expression: expression, format: format)
      state.displays.append(display)
      return display
    }
    do {
      return Lines([try await context.interpreter.text(of: made)])
    } catch {
      // What can be shown nowhere is a mistake; what only lacks a process waits for it.
      if await context.session.state == .none { return Done() }
      await context.interpreter.update { $0.displays.removeAll { $0.number == made.number } }
      throw error
    }
  }

  static func remove(_ context: CommandContext, numbers: String) async throws -> any CommandResult {
    let numbers = try await known(numbers, in: context)
    if numbers == nil {
      guard await context.confirms("Delete all auto-display expressions?") else { throw CommandError("Not confirmed.") }
    }
    await context.interpreter.update { $0.displays.removeAll { numbers?.contains($0.number) ?? true } }
    return Done()
  }

  static func enable(_ context: CommandContext, numbers: String, _ enables: Bool) async throws -> any CommandResult {
    let numbers = try await known(numbers, in: context)
    await context.interpreter.update { state in
      for index in state.displays.indices where numbers?.contains(state.displays[index].number) ?? true {
        state.displays[index].enabled = enables
      }
    }
    return Done()
  }

  /// nil: all.
  private static func known(_ text: String, in context: CommandContext) async throws -> [Int]? {
    let numbers = try NumberList.parse(text, naming: "display")
    let there = await context.interpreter.state.displays.map(\.number)
    if let unknown = numbers.first(where: { !there.contains($0) }) {
      throw CommandError("No display number \(unknown).")
    }
    return numbers.isEmpty ? nil : numbers
  }
}

/// `info display`.
struct DisplayTable: CommandResult, Equatable {
  struct Row: Encodable, Sendable, Equatable {
    let id: Int
    let enabled: Bool
    let format: String?
    let expression: String
    init(_ display: InterpreterState.Display) {
      id = display.number
      enabled = display.enabled
      format = display.format?.completed
      expression = display.expression
    }
  }
  let displays: [Row]
  var text: String {
    if displays.isEmpty { return "There are no auto-display expressions now." }
    let rows = displays.map { row in
      "\(row.id):   \(row.enabled ? "y" : "n")  " + (row.format.map { $0 + " " } ?? "") + row.expression
    }
    return (["Auto-display expressions now in effect:", "Num Enb Expression"] + rows).joined(separator: "\n")
  }
}
