/// All bindings: what keys do, what help shows, what the hint line names, what the manual lists.
package struct BindingTable: Sendable, Equatable {
  package let bindings: [Binding]
  private let index: [BindingContext: [Key: UserCommand]]

  package init(_ bindings: [Binding]) {
    self.bindings = bindings
    var index: [BindingContext: [Key: UserCommand]] = [:]
    for binding in bindings {
      for key in binding.keys { index[binding.context, default: [:]][key] = binding.command }
    }
    self.index = index
  }

  /// What a key does in the first of the contexts that binds it.
  package func command(for key: Key, in contexts: [BindingContext]) -> UserCommand? {
    for context in contexts {
      if let command = index[context]?[key] { return command }
    }
    return nil
  }

  /// The name of the one key that a focused program does not get.
  var leaveKey: String { bindings.first { $0.command == .leaveProgram }?.keyNames ?? "" }

  /// Bindings that the hint line names, most specific context first.
  package func hints(in contexts: [BindingContext]) -> [Binding] {
    contexts.flatMap { context in bindings.filter { $0.context == context && $0.hint != nil } }
  }

  /// What help and manual list of a context: keys, and what they do. Bindings in a row that do the same to other
  /// panes are one.
  package func rows(of context: BindingContext) -> [(keys: String, help: String)] {
    var rows: [(keys: [Key], help: String)] = []
    for binding in bindings where binding.context == context {
      if let last = rows.last, last.help == binding.help {
        rows[rows.count - 1].keys += binding.keys
      } else {
        rows.append((binding.keys, binding.help))
      }
    }
    return rows.map { keys, help in
      let names = keys.map(\.shortName)
      return (names.count > 4 ? "\(names[0]) … \(names[names.count - 1])" : names.joined(separator: ", "), help)
    }
  }

  /// The table as the manual shows it, in Markdown.
  package var markdown: String {
    var lines: [String] = []
    for context in BindingContext.allCases {
      let rows = rows(of: context)
      guard !rows.isEmpty else { continue }
      lines += ["### \(context.title)", "", "| Keys | |", "|---|---|"]
      lines += rows.map { "| \($0.keys) | \($0.help) |" }
      lines.append("")
    }
    return lines.joined(separator: "\n")
  }

  /// The built-in bindings; `leaveProgram` is the one key that a focused program does not get.
  package static func standard(leaveProgram: Key = Key(.character("]"), .control)) -> BindingTable {
    BindingTable(
      everywhere + panes + perPane + commandBar + [
        Binding(
          context: .program, keys: [leaveProgram], command: .leaveProgram, help: "Leave the program's terminal",
          hint: "leave")
      ])
  }

  private static func bind(
    _ context: BindingContext, _ keys: [String], _ command: UserCommand, _ help: String, hint: String? = nil
  ) -> Binding {
    Binding(context: context, keys: keys.compactMap { Key($0) }, command: command, help: help, hint: hint)
  }

  private static let everywhere: [Binding] = [
    bind(.everywhere, ["F5"], .resume, "Continue, or start the program"),
    bind(.everywhere, ["F9"], .toggleBreakpoint, "Set or delete a breakpoint"),
    bind(.everywhere, ["F10"], .next, "Step over calls"),
    bind(.everywhere, ["F11"], .step, "Step into calls"),
    bind(.everywhere, ["shift-F11"], .finish, "Run until the function returns"),
    bind(.everywhere, ["F1"], .help, "Show all keys"),
    bind(.everywhere, ["F2"], .concurrency, "Threads, stacks, locks and processes", hint: "threads"),
    bind(.everywhere, ["ctrl-c"], .pause, "Pause the program; again: kill or detach"),
    bind(.everywhere, ["ctrl-z"], .suspend, "Stop sdb, as in any shell; fg comes back"),
    bind(.everywhere, ["ctrl-l"], .redraw, "Draw the screen anew"),
  ]

  private static let panes: [Binding] =
    [
      bind(.panes, ["s"], .step, "Step into calls", hint: "step"),
      bind(.panes, ["n"], .next, "Step over calls", hint: "next"),
      bind(.panes, ["f"], .finish, "Run until the function returns", hint: "finish"),
      bind(.panes, ["c"], .resume, "Continue, or start the program", hint: "cont"),
      bind(.panes, ["u"], .until, "Step, but not back in a loop", hint: "until"),
      bind(.panes, ["r"], .run, "Run the program, or start it again", hint: "run"),
      bind(.panes, [":", "escape"], .openCommandBar, "Type a command", hint: "command"),
      bind(.panes, ["?"], .help, "Show all keys", hint: "help"),
      bind(.panes, ["q"], .quit, "Quit", hint: "quit"),
      bind(.panes, ["S"], .stepInstruction, "Step one instruction"),
      bind(.panes, ["N"], .nextInstruction, "Step one instruction, over calls"),
      bind(.panes, ["U"], .frameUp, "Select the frame that called this one"),
      bind(.panes, ["D"], .frameDown, "Select the frame that this one called"),
      bind(.panes, ["p"], .print, "Print an expression"),
      bind(.panes, ["/"], .search, "Look for text in the pane"),
      bind(.panes, ["*", "ctrl-n"], .searchNext, "Next match"),
      bind(.panes, ["#", "ctrl-p"], .searchPrevious, "Previous match"),
      bind(.panes, ["."], .showExecution, "Back to where the program stands"),
      bind(.panes, ["tab"], .focusNext, "Next pane"),
      bind(.panes, ["shift-tab"], .focusPrevious, "Previous pane"),
    ]
    + Pane.allCases.map { bind(.panes, ["\($0.rawValue)"], .focus($0), "Show and focus the pane of that number") }
    + Pane.allCases.map { bind(.panes, ["alt-\($0.rawValue)"], .toggle($0), "Hide or show the pane of that number") }
    + [
      bind(.panes, ["z"], .zoom, "Give the pane the whole screen, and back"),
      bind(.panes, ["<"], .narrow, "Make the pane narrower"),
      bind(.panes, [">"], .widen, "Make the pane wider"),
      bind(.panes, ["up", "k"], .up, "Up"),
      bind(.panes, ["down", "j"], .down, "Down"),
      bind(.panes, ["left", "h"], .left, "Left: scroll, or close a row"),
      bind(.panes, ["right", "l"], .right, "Right: scroll, or open a row"),
      bind(.panes, ["pageup", "ctrl-b"], .pageUp, "A page up"),
      bind(.panes, ["pagedown", "ctrl-f", "space"], .pageDown, "A page down"),
      bind(.panes, ["home", "g"], .first, "To the start"),
      bind(.panes, ["end", "G"], .last, "To the end"),
      bind(.panes, ["enter"], .activate, "Open, select or go to the row"),
    ]

  private static let perPane: [Binding] = [
    bind(.source, ["b"], .toggleBreakpoint, "Set or delete a breakpoint", hint: "break"),
    bind(.disassembly, ["b"], .toggleBreakpoint, "Set or delete a breakpoint", hint: "break"),
    bind(.stack, ["enter"], .activate, "Select the frame", hint: "select"),
    bind(.locals, ["enter"], .activate, "Open or close the row", hint: "open"),
    bind(.locals, ["+"], .open, "Open the row"),
    bind(.locals, ["-"], .close, "Close the row"),
    bind(.locals, ["m"], .rowMenu, "All that can be done with the row", hint: "menu"),
    bind(.locals, ["e"], .editValue, "Give it another value", hint: "edit"),
    bind(.locals, ["x"], .nextFormat, "Next format: hex, decimal, octal, binary, …", hint: "format"),
    bind(.locals, ["X"], .previousFormat, "Previous format"),
    bind(.locals, ["w"], .watchRow, "Watch its expression in all frames", hint: "watch"),
    bind(.locals, ["W"], .watchExpression, "Watch an expression"),
    bind(.locals, ["P"], .pinRow, "Pin its place in memory", hint: "pin"),
    bind(.locals, ["y"], .copyValue, "Copy the value", hint: "copy"),
    bind(.locals, ["Y"], .copyExpression, "Copy the expression"),
    bind(.locals, ["delete", "backspace"], .removeRow, "Watch or pin it no more"),
    bind(.breakpoints, ["enter"], .activate, "Show its source", hint: "show"),
    bind(.breakpoints, ["space", "e"], .toggleEnabled, "Disable or enable it", hint: "on/off"),
    bind(.breakpoints, ["d", "delete"], .deleteBreakpoint, "Delete it", hint: "delete"),
    bind(.threads, ["enter"], .activate, "Select the thread", hint: "select"),
  ]

  private static let commandBar: [Binding] = [
    bind(.commandBar, ["enter"], .submit, "Carry out; an empty line repeats the last", hint: "run"),
    bind(.commandBar, ["tab"], .complete, "Complete; next of the list", hint: "complete"),
    bind(.commandBar, ["shift-tab"], .completeBackward, "Previous of the list"),
    bind(.commandBar, ["up", "ctrl-p"], .historyPrevious, "Older line", hint: "history"),
    bind(.commandBar, ["down", "ctrl-n"], .historyNext, "Newer line"),
    bind(.commandBar, ["ctrl-r"], .reverseSearch, "Look for an older line", hint: "search"),
    bind(.commandBar, ["escape"], .leaveCommandBar, "Back to the panes", hint: "panes"),
    bind(.commandBar, ["ctrl-a", "home"], .edit(.beginningOfLine), "To the start of the line"),
    bind(.commandBar, ["ctrl-e", "end"], .edit(.endOfLine), "To the end, or the suggestion"),
    bind(.commandBar, ["ctrl-b", "left"], .edit(.backwardCharacter), "A character back"),
    bind(.commandBar, ["ctrl-f", "right"], .edit(.forwardCharacter), "A character on, or the suggestion"),
    bind(.commandBar, ["alt-b", "ctrl-left"], .edit(.backwardWord), "A word back"),
    bind(.commandBar, ["alt-f", "ctrl-right"], .edit(.forwardWord), "A word on"),
    bind(.commandBar, ["backspace"], .edit(.deleteBackward), "Delete the character before the cursor"),
    bind(.commandBar, ["ctrl-d", "delete"], .edit(.deleteForward), "Delete the character at the cursor"),
    bind(.commandBar, ["ctrl-t"], .edit(.transposeCharacters), "Exchange two characters"),
    bind(.commandBar, ["ctrl-k"], .edit(.killLine), "Kill to the end of the line"),
    bind(.commandBar, ["ctrl-u"], .edit(.killToStart), "Kill to the start of the line"),
    bind(.commandBar, ["ctrl-w"], .edit(.killBlankWord), "Kill back to a blank"),
    bind(.commandBar, ["alt-d"], .edit(.killWord), "Kill a word"),
    bind(.commandBar, ["alt-backspace"], .edit(.backwardKillWord), "Kill the word before the cursor"),
    bind(.commandBar, ["ctrl-y"], .edit(.yank), "Insert what was killed"),
    bind(.commandBar, ["alt-y"], .edit(.yankPop), "Exchange it for what was killed before"),
  ]
}
