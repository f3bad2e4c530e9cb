package import Debugger
package import MachineModel

/// What the reducer wants done; its results come back as actions.
package enum Effect: Sendable, Equatable {
  /// Carry out a command line.
  case execute(String)
  case interrupt
  case kill
  case detach
  case load(PaneRequest, revision: Int)
  /// Children of a value, from `first` on.
  case loadChildren(of: ValueID, path: TreePath, first: Int, count: Int, revision: Int)
  /// Show values in other formats than their own.
  case loadTexts([FormattedRow], revision: Int)
  /// Add a watch expression.
  case keep(String)
  /// Keep a value in view by its address; the name is what it is called.
  case pin(ValueID, name: String)
  /// End a watch expression or a pin, by its number.
  case release(Int)
  /// Give a value another, by an expression.
  case assign(String, to: ValueID)
  /// Put text on the terminal's clipboard.
  case copy(String)
  /// A file as the debug information names it.
  case loadSource(String)
  /// Where a program's source begins, before it runs.
  case locateDefaultSource
  case addBreakpoint(LocationSpecification)
  case deleteBreakpoints([Int])
  case enableBreakpoints([Int], Bool)
  case selectFrame(Int)
  case selectThread(Int)
  case complete(line: String, cursor: Int, request: Int)
  case sendKey(Key)
  case sendPaste(String)
  case sendMouse(MouseEvent)
  case resizeProgramTerminal(GridSize)
  /// Show the program's screen as it was some lines ago.
  case viewProgram(scrolledBack: Int)
  /// Add a line to the history file.
  case remember(String)
  case useTheme(String)
  /// Come back with `.woken` later.
  case wake(afterMilliseconds: Int, Alarm)
  /// Answer the question that a command asked.
  case confirm(Bool)
  /// Set the modes of the program's terminal back: whoever set them is gone.
  case resetProgramTerminal
  /// Draw everything anew.
  case repaint
  /// Give the terminal to the shell until it brings us back.
  case suspend
  /// Leave sdb; a launched process is killed.
  case quit
}

/// What is still under way after a while shows as such; what is over sooner does not flicker.
package enum Alarm: Sendable, Equatable {
  /// A run of the process, by its number.
  case run(Int)
  /// A command, by its number.
  case command(Int)
}

/// Facts that a pane shows.
package enum PaneRequest: Sendable, Hashable {
  /// Stack, arguments and locals of the selection.
  case frame(limit: Int)
  case threads
  case registers
  /// nil: around the selected frame's instruction.
  case disassembly(around: VirtualAddress?)
  case breakpoints
  /// Threads, stacks, locks and processes.
  case concurrency
}
