package import Commands
package import Debugger
package import VirtualTerminal

/// Something that happened: input, a fact from the session, the result of an effect.
package enum Action: Sendable {
  case input(InputEvent)
  case session(SessionEvent)
  /// A command line was begun (by the user, or from the command line's `-ex` and files).
  case commandBegan(String)
  /// Something happened before the command's own result.
  case commandEmitted(CommandOutput)
  case commandEnded(CommandOutput)
  /// A line for the console that was logged.
  case logged(String, LogLevel)
  case completed(Completions, request: Int)
  case loaded(PaneContent, revision: Int)
  case loadFailed(PaneRequest, String, revision: Int)
  /// Children of a row from `first` on.
  case childrenLoaded([VariableSnapshot], path: TreePath, first: Int, revision: Int)
  case textsLoaded([FormattedText], revision: Int)
  case childrenFailed(String, path: TreePath, revision: Int)
  case sourceLoaded(SourceDocument)
  case sourceFailed(file: String, reason: String)
  case defaultSource(SourcePlace?)
  /// A program was taken: its name to show.
  case programLoaded(String)
  /// An effect went wrong; words for the user.
  case failed(String)
  case notice(String)
  case programScreen(TerminalSnapshot)
  /// What was asked for by `viewProgram`.
  case programHistory(TerminalSnapshot)
  /// The command `theme`: another one, or nil to say which there is.
  case themeRequested(String?)
  case themeChanged(String)
  case historyLoaded([String])
  case woken(Alarm)
  /// A command wants to be sure; the answer is the effect `confirm`.
  case asked(String)
  /// What the command bar says before the line.
  case promptChanged(String)
}
