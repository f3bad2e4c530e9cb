/// One place of a grid. A character two columns wide takes its own cell and a `continuation` to the right.
package struct Cell: Sendable, Hashable {
  /// A character with its combining marks, at most `longestCluster` scalars; empty in a continuation.
  /// Never a control character: what writes into a grid escapes those.
  package let text: String
  /// Columns that the text takes: 1 or 2, or 0 in a continuation.
  package let width: UInt8
  package var style: Style

  /// Scalars a cell keeps. Text from the debuggee may pile up marks without end; what is past this is dropped.
  package static let longestCluster = 8

  /// An empty place.
  package static func blank(_ style: Style = .plain) -> Cell {
    Cell(text: " ", width: 1, style: style)
  }

  /// The right half of a wide character.
  static func continuation(_ style: Style) -> Cell {
    Cell(text: "", width: 0, style: style)
  }
}
