package import Debugger
package import MachineModel

/// Instructions around the selected frame's, or around where the cursor was taken.
package struct DisassemblyState: Sendable, Equatable {
  /// Instructions asked for before and after an address.
  package static let before = 48
  package static let after = 160

  package var rows: [InstructionRow] = []
  package var list = ListState()
  package var freshness = Freshness()
  package var problem: String?
  /// Where the pane was scrolled to; nil: it follows the selected frame.
  package var anchor: VirtualAddress?
  /// Columns that are scrolled out on the left.
  package var column = 0

  package init() {}

  /// Takes new rows; the cursor stays at its instruction where that is among them and the pane was scrolled.
  mutating func accept(_ rows: [InstructionRow], height: Int) {
    let address = anchor
    self.rows = rows
    problem = nil
    if let address, let row = rows.firstIndex(where: { $0.address >= address }) {
      list.cursor = row
      list.top = row - height / 2
    } else if let row = rows.firstIndex(where: \.isCurrent) {
      list.reveal(row, count: rows.count, height: height)
    } else {
      list.select(0, count: rows.count, height: height)
    }
  }

  mutating func clear() {
    rows = []
    problem = nil
    anchor = nil
    freshness.expire()
  }
}
