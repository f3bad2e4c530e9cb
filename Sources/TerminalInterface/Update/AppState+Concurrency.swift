import Debugger
import VirtualTerminal

/// The overlay of threads, stacks, locks and processes.
extension AppState {
  mutating func openConcurrency() {
    guard process.isAlive else {
      message = Message("The program is not being run: r starts it.", .warning)
      return
    }
    dialog = .concurrency(ConcurrencyState())
  }

  /// Asks for what the overlay shows, where it is open and that is not known of this stop.
  mutating func refreshConcurrency() -> [Effect] {
    guard case .concurrency(var state) = dialog, state.freshness.begin(revision) else { return [] }
    dialog = .concurrency(state)
    return [.load(.concurrency, revision: revision)]
  }

  mutating func press(_ key: Key, in overlay: ConcurrencyState) -> [Effect] {
    var state = overlay
    let height = ConcurrencyBox(state, size: size).bodyHeight
    let count = state.rows.count
    if state.isFiltering, editFilter(key, &state) {
      dialog = .concurrency(state)
      return []
    }
    switch key.code {
    case .up, .character("k"): state.list.move(by: -1, count: count, height: height)
    case .down, .character("j"): state.list.move(by: 1, count: count, height: height)
    case .pageUp: state.list.move(by: -height, count: count, height: height)
    case .pageDown, .character(" "): state.list.move(by: height, count: count, height: height)
    case .home, .character("g"): state.list.select(0, count: count, height: height)
    case .end, .character("G"): state.list.select(count - 1, count: count, height: height)
    case .tab: state.showNeighbour(key.modifiers.contains(.shift) ? -1 : 1)
    case .character(let digit) where ("1"..."4").contains(digit):
      if let number = digit.wholeNumberValue, let section = ConcurrencyState.Section(rawValue: number - 1) {
        state.show(section)
      }
    case .right, .character("l"): _ = state.setOpen(true)
    case .left, .character("h"): _ = state.setOpen(false)
    case .enter: return activate(state)
    case .character("/"): state.isFiltering = true
    case .escape, .function(2), .character("q"):
      dialog = nil
      return []
    default:
      // The program moves on with the overlay open.
      guard let command = bindings.command(for: key, in: [.everywhere]) else { return [] }
      return perform(command)
    }
    dialog = .concurrency(state)
    return []
  }

  /// False for a key that is no part of typing a filter.
  private func editFilter(_ key: Key, _ state: inout ConcurrencyState) -> Bool {
    switch key.code {
    case .character(let character) where key.modifiers.isEmpty: state.setFilter(state.filter + String(character))
    case .backspace: state.setFilter(String(state.filter.dropLast()))
    case .enter: state.isFiltering = false
    case .escape:
      state.isFiltering = false
      state.setFilter("")
    default: return false
    }
    return true
  }

  /// Opens or closes a node, or selects the row's thread and goes to it.
  private mutating func activate(_ overlay: ConcurrencyState) -> [Effect] {
    var state = overlay
    if state.setOpen(nil) {
      dialog = .concurrency(state)
      return []
    }
    guard let row = state.list.selected(of: state.rows), let thread = row.thread else { return [] }
    dialog = nil
    return [.selectThread(thread)] + (row.level > 0 ? [.selectFrame(row.level)] : [])
  }

  mutating func click(_ position: GridPosition, in overlay: ConcurrencyState) -> [Effect] {
    var state = overlay
    let box = ConcurrencyBox(state, size: size)
    guard box.rect.contains(position) else {
      dialog = nil
      return []
    }
    if let section = box.section(at: position) {
      state.show(section)
    } else if let row = box.row(at: position) {
      let isAgain = row == state.list.cursor
      state.list.select(row, count: state.rows.count, height: box.bodyHeight)
      if isAgain || state.rows[row].canOpen { return activate(state) }
    }
    dialog = .concurrency(state)
    return []
  }

  mutating func turnWheel(_ rows: Int, in overlay: ConcurrencyState) {
    var state = overlay
    state.list.scroll(by: rows, count: state.rows.count, height: ConcurrencyBox(state, size: size).bodyHeight)
    dialog = .concurrency(state)
  }
}
