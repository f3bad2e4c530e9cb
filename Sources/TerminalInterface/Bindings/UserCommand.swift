package import Debugger

/// What a key, or a click on its hint, asks for.
package enum UserCommand: Sendable, Hashable {
  // The program.
  case step, next, stepInstruction, nextInstruction, finish, resume, until, run, pause
  case toggleBreakpoint, toggleEnabled, deleteBreakpoint
  case print
  // A row of the locals.
  case editValue, nextFormat, previousFormat, watchRow, watchExpression, pinRow, removeRow, copyValue, copyExpression
  case rowMenu
  case format(ValueFormat.Letter)
  // Moving in a pane.
  case up, down, left, right, pageUp, pageDown, first, last
  case activate, open, close
  case frameUp, frameDown, showExecution
  // Looking for text.
  case search, searchNext, searchPrevious
  // Panes.
  case focus(Pane)
  case toggle(Pane)
  case focusNext, focusPrevious, zoom, widen, narrow, redraw, suspend
  case openCommandBar, help, concurrency, quit
  case leaveProgram
  // The command bar.
  case edit(LineEditor.Command)
  case submit, complete, completeBackward, historyPrevious, historyNext, reverseSearch, leaveCommandBar
}
