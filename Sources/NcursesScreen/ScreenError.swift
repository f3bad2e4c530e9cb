/// Why the interface can't have a terminal.
package enum ScreenError: Error, Hashable {
  /// Standard input or output is not a terminal.
  case noTerminal
  /// terminfo does not know what `TERM` names; empty if it is not set.
  case unknownTerminal(String)
  /// The terminal can't place its cursor.
  case dumbTerminal(String)
  case failed(String)
}

extension ScreenError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noTerminal:
      "the interface needs a terminal, and standard input and output are none; use --batch without one"
    case .unknownTerminal(""): "the interface needs a terminal, and TERM is not set; set it, or use --batch"
    case .unknownTerminal(let name):
      "the terminal '\(name)' (from TERM) is not known to terminfo; set TERM to one that is, or use --batch"
    case .dumbTerminal(let name):
      "the terminal '\(name)' (from TERM) can't show the interface; use --batch there"
    case .failed(let name): "ncurses can't use the terminal '\(name)' (from TERM); use --batch"
    }
  }
}
