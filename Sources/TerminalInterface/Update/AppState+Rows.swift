import Debugger

/// What is done with the row of the locals that the cursor is on.
extension AppState {
  var selectedRow: TreeRow? { locals.list.selected(of: locals.rows) }

  mutating func performOnRow(_ command: UserCommand) -> [Effect] {
    if command == .watchExpression {
      openField(.watch)
      return []
    }
    guard let row = selectedRow, let shown = row.variable, let variable = locals.variable(at: row.path) else {
      return []
    }
    switch command {
    case .format(let letter): locals.setFormat(letter, at: row.path)
    case .nextFormat, .previousFormat:
      locals.cycleFormat(by: command == .nextFormat ? 1 : -1, at: row.path)
      message = Message("Format: \(locals.format(at: row.path).title ?? "as its type has it")")
    case .editValue: return edit(row.path, variable)
    case .watchRow:
      guard !locals.isShadowed(row.path) else {
        message = Message("The name means another variable here; \(keyName(of: .pinRow)) pins this one.", .warning)
        return []
      }
      return [.keep(locals.expression(for: row.path))]
    case .pinRow:
      guard let id = variable.id else { return [] }
      return [.pin(id, name: locals.expression(for: row.path) + (shown.line.map { ":\($0)" } ?? ""))]
    case .removeRow:
      guard let number = row.path.keptNumber else {
        message = Message("Only what is watched or pinned can be removed.", .warning)
        return []
      }
      return [.release(number)]
    case .copyValue: return copy(shown.value)
    case .copyExpression: return copy(locals.expression(for: row.path))
    case .rowMenu: openRowMenu(below: rowPosition(row.path))
    default: break
    }
    return []
  }

  private func keyName(of command: UserCommand) -> String {
    bindings.bindings.first { $0.command == command }?.keys.first?.shortName ?? ""
  }

  /// Offers what can be done with the selected row.
  mutating func openRowMenu(below anchor: GridPosition?) {
    guard let row = selectedRow, row.variable != nil, let anchor else { return }
    dialog = .menu(RowMenu(row, format: locals.format(at: row.path), bindings: bindings, anchor: anchor))
  }

  /// Types another value in the row, where it can be written.
  private mutating func edit(_ path: TreePath, _ variable: VariableSnapshot) -> [Effect] {
    guard process.isStopped, variable.id != nil else {
      message = Message("Values can be changed while the program is stopped.", .warning)
      return []
    }
    guard !variable.optimizedOut else {
      message = Message("\(caretNotation(variable.name)) has been optimized out.", .warning)
      return []
    }
    // What a structure or string is shown as is no expression: those begin empty.
    let isPlain = !variable.value.contains { "{<(\"@".contains($0) }
    let number = variable.value.split(separator: " ", maxSplits: 1).first.map(String.init) ?? ""
    openField(.value(path), with: isPlain ? number : "")
    return []
  }

  private mutating func copy(_ text: String) -> [Effect] {
    commandBar.editor.keep(text)
    message = Message("Copied: \(caretNotation(text))")
    return [.copy(text)]
  }

  /// Where the row stands on the screen; nil where it is not in view.
  func rowPosition(_ path: TreePath) -> GridPosition? {
    let rows = locals.rows
    guard let body = geometry.body(of: .locals),
      let index = rows.firstIndex(where: { $0.path == path && $0.variable != nil })
    else { return nil }
    let row = index - locals.list.visibleTop(count: rows.count, height: body.height)
    return (0..<body.height).contains(row) ? GridPosition(row: body.row + row, column: body.column) : nil
  }
}
