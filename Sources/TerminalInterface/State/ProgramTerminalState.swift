package import VirtualTerminal

/// What the program's own terminal shows.
package struct ProgramTerminalState: Sendable, Equatable {
  /// The latest frame of it; nil before the first.
  package var screen: TerminalSnapshot?
  /// Lines that the pane looks back.
  package var scrolledBack = 0
  /// The size that the program was told last.
  package var size: GridSize?
  /// Something was printed while another pane was in front.
  package var hasNews = false

  package init() {}
}
