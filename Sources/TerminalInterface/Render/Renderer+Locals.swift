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
      let remark = RowRemark(variable)
      let free = max(0, width - columnWidth(of: text.text))
      // The value has the row; how it is meant stays in view beside it, the type where there is room for it.
      let least = remark.words.isEmpty ? 0 : columnWidth(of: remark.words) + 2
      let room = free - least < 4 ? free : free - least
      let shown = shortened(columnWidth(of: whole) > room ? caretNotation(variable.contents ?? value) : whole, to: room)
      text.append(shown, style: theme[scope])
      let rest = free - columnWidth(of: shown)
      let words = remark.text(width: rest - 2)
      if !words.isEmpty {
        text.append(String(repeating: " ", count: rest - columnWidth(of: words)) + words, style: theme[.valueType])
      }
    case .more(let first, let remaining):
      text.append(" \(indent(row))  … \(remaining) more from [\(first)]", style: theme[.valueAbsent])
    case .loading: text.append(" \(indent(row))  …", style: theme[.valueAbsent])
    case .problem(let reason):
      text.append(shortened(" \(indent(row))  \(caretNotation(reason))", to: width), style: theme[.messageError])
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

/// What stands at a row's right: what there is to say of how it is meant, and its type.
private struct RowRemark {
  let words: String
  private let type: String
  private let dynamicType: String?

  /// Less of a type says nothing.
  private static let leastType = 8

  init(_ variable: TreeRow.Variable) {
    var words: [String] = []
    if variable.isShadowed { words.append("(shadowed)") }
    if variable.format != .natural { words.append("/\(variable.format.rawValue)") }
    self.words = words.joined(separator: " ")
    type = caretNotation(variable.type)
    dynamicType = variable.dynamicType.map { "(\(caretNotation($0)))" }
  }

  /// As much of it as has room.
  func text(width: Int) -> String {
    let lead = words.isEmpty ? "" : words + " "
    let whole = [type] + (dynamicType.map { [$0] } ?? [])
    for text in [whole.joined(separator: " "), dynamicType ?? type] where columnWidth(of: lead + text) <= width {
      return lead + text
    }
    let room = width - columnWidth(of: lead)
    if room >= Self.leastType { return lead + shortenedFunction(dynamicType ?? type, to: room) }
    return columnWidth(of: words) <= width ? words : ""
  }
}
