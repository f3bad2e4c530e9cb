import Debugger

extension Renderer {
  func drawLocals(_ area: inout GridRegion) {
    let rows = state.locals.rows
    guard !rows.isEmpty else {
      if let problem = state.locals.problem { return drawRemark(&area, caretNotation(problem)) }
      let isEmpty = state.process.isStopped && !state.stack.frames.isEmpty
      return drawRemark(&area, isEmpty ? "No arguments or locals" : noProcessRemark)
    }
    let width = area.width - 1
    drawRows(&area, pane: .locals, count: rows.count, list: state.locals.list) { line(for: rows[$0], width: width) }
    drawValueField(&area)
  }

  private func line(for row: TreeRow, width: Int) -> StyledText {
    var text = line()
    switch row.content {
    case .variable(let variable):
      appendName(of: variable, row, to: &text)
      // The type has a place of its own.
      let value =
        variable.value.hasPrefix("(\(variable.type)) ")
        ? String(variable.value.dropFirst(variable.type.count + 3)) : variable.value
      let whole = caretNotation(value)
      let scope = variable.isShadowed ? .valueAbsent : variable.isChanged ? .valueChanged : Self.scope(of: whole)
      let free = width - columnWidth(of: text.text) - 2
      let remarks = Self.remarks(on: variable)
      var shown = whole
      let rest = free - columnWidth(of: whole)
      var remark = remarks.first { columnWidth(of: $0) <= rest }
      // What has to be cut anyway leaves a third of the row to its type.
      let share = rest >= -2 ? rest : min(columnWidth(of: remarks[1]), width / 3)
      if remark != remarks[0], remark != remarks[1], share >= 6, free - share >= 4 {
        remark = shortened(remarks[1], to: share)
        if rest < share { shown = shortened(whole, to: free - share) }
      }
      text.append(shown, style: theme[scope])
      let room = width - columnWidth(of: text.text) - 2
      if let remark, !remark.isEmpty {
        let gap = room + 2 - columnWidth(of: remark)
        text.append(String(repeating: " ", count: gap) + remark, style: theme[.valueType])
      }
    case .more(let first, let remaining):
      text.append(" \(indent(row))  … \(remaining) more from [\(first)]", style: theme[.valueAbsent])
    case .loading: text.append(" \(indent(row))  …", style: theme[.valueAbsent])
    case .problem(let reason): text.append(" \(indent(row))  \(caretNotation(reason))", style: theme[.messageError])
    }
    return text
  }

  /// What stands before the value: marks, name, ` = `.
  private func appendName(of variable: TreeRow.Variable, _ row: TreeRow, to text: inout StyledText) {
    text.append(variable.isChanged ? "•" : " ", style: theme[.valueChanged])
    text.append(indent(row) + (variable.canOpen ? (variable.isOpen ? "▾ " : "▸ ") : "  "), style: theme[.borderNormal])
    if row.path.depth == 0 {
      switch row.path.origin {
      case .variable: break
      case .expression: text.append("= ", style: theme[.hintKey])
      case .place: text.append("@ ", style: theme[.hintKey])
      }
    }
    text.append(caretNotation(variable.name), style: theme[variable.isShadowed ? .valueAbsent : .valueName])
    if let line = variable.line { text.append(":\(line)", style: theme[.valueType]) }
    text.append(" = ", style: theme[.valueType])
  }

  /// What stands at the right: what there is to say of how the row is meant, and the type. Where that has no room,
  /// ever less of it.
  private static func remarks(on variable: TreeRow.Variable) -> [String] {
    var words: [String] = []
    if variable.isShadowed { words.append("(shadowed)") }
    if variable.format != .natural { words.append("/\(variable.format.rawValue)") }
    let type = caretNotation(variable.type)
    let dynamic = variable.dynamicType.map { "(\(caretNotation($0)))" }
    return [words + [type] + (dynamic.map { [$0] } ?? []), words + [dynamic ?? type], words].map {
      $0.joined(separator: " ")
    }
  }

  private func indent(_ row: TreeRow) -> String { String(repeating: "  ", count: min(row.depth, 32)) }

  // MARK: Another value

  /// Where another value for a row is being typed.
  struct ValueField {
    let position: GridPosition
    let width: Int
    /// Columns that are scrolled out on the left so that the cursor is in view.
    let skipped: Int
    /// Of the screen.
    let cursor: GridPosition
  }

  /// nil where nothing is typed, or its row is not in view.
  var valueField: ValueField? {
    guard state.commandBar.isActive, case .value(let path) = state.commandBar.mode, let place = state.rowPosition(path),
      let body = layout.body(of: .locals), let row = state.locals.rows.first(where: { $0.path == path }),
      let variable = row.variable
    else { return nil }
    var before = line()
    appendName(of: variable, row, to: &before)
    let column = min(columnWidth(of: before.text), max(0, body.width - 12))
    let width = body.width - column
    let skipped = max(0, columnsBeforeCursor - width + 1)
    return ValueField(
      position: GridPosition(row: place.row - body.row, column: column), width: width, skipped: skipped,
      cursor: GridPosition(row: place.row, column: place.column + column + columnsBeforeCursor - skipped))
  }

  private func drawValueField(_ area: inout GridRegion) {
    guard let field = valueField else { return }
    let rect = GridRect(row: field.position.row, column: field.position.column, width: field.width, height: 1)
    area.fill(rect, style: theme[.commandText])
    area.put(
      state.commandBar.line.text, row: rect.row, column: rect.column, style: theme[.commandText],
      skipping: field.skipped)
    area.highlight(rect, style: theme[.completionSelected])
  }

  /// How a value's text is coloured, by its first character.
  private static func scope(of value: String) -> Scope {
    guard let first = value.first else { return .valueText }
    if first == "<" { return .valueAbsent }
    if value.contains("\"") || first == "'" { return .valueString }
    if value.hasPrefix("0x") || first == "(" { return .valueAddress }
    return first.isNumber || first == "-" ? .valueNumber : .valueText
  }
}
