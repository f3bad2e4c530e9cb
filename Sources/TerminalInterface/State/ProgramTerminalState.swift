/// What the program's own terminal shows.
package struct ProgramTerminalState: Sendable, Equatable {
  /// A frame of it, as the virtual terminal draws it.
  package struct Picture: Sendable, Equatable {
    package let screen: CellGrid
    /// nil while the program hides it.
    package let cursor: GridPosition?
    package init(screen: CellGrid, cursor: GridPosition?) {
      self.screen = screen
      self.cursor = cursor
    }
  }

  package var picture = Picture(screen: CellGrid(width: 0, height: 0), cursor: nil)
  /// The size that the program was told last.
  package var size: GridSize?
  /// Something was printed while another pane was in front.
  package var hasNews = false

  package init() {}
}
