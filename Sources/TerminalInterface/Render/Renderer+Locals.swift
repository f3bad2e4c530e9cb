extension Renderer {
  func drawLocals(_ area: inout GridRegion) {
    if let problem = state.locals.problem { return drawRemark(&area, caretNotation(problem)) }
    let rows = state.locals.rows
    guard !rows.isEmpty else {
      let isEmpty = state.process.isStopped && !state.stack.frames.isEmpty
      return drawRemark(&area, isEmpty ? "No arguments or locals" : noProcessRemark)
    }
    let width = area.width - 1
    drawRows(&area, pane: .locals, count: rows.count, list: state.locals.list) { line(for: rows[$0], width: width) }
  }

  private func line(for row: TreeRow, width: Int) -> StyledText {
    var text = line()
    let indent = String(repeating: "  ", count: min(row.depth, 32))
    switch row.content {
    case .variable(let name, let type, let value, let canOpen, let isOpen, let isChanged):
      text.append(isChanged ? "•" : " ", style: theme[.valueChanged])
      text.append(indent + (canOpen ? (isOpen ? "▾ " : "▸ ") : "  "), style: theme[.borderNormal])
      text.append(caretNotation(name), style: theme[.valueName])
      text.append(" = ", style: theme[.valueType])
      // The type has a place of its own.
      let shown = caretNotation(value.hasPrefix("(\(type)) ") ? String(value.dropFirst(type.count + 3)) : value)
      text.append(shown, style: theme[isChanged ? .valueChanged : Self.scope(of: shown)])
      let kind = caretNotation(type)
      let gap = width - columnWidth(of: text.text) - columnWidth(of: kind)
      if gap >= 2 { text.append(String(repeating: " ", count: gap) + kind, style: theme[.valueType]) }
    case .more(let first, let remaining):
      text.append(" \(indent)  … \(remaining) more from [\(first)]", style: theme[.valueAbsent])
    case .loading: text.append(" \(indent)  …", style: theme[.valueAbsent])
    case .problem(let reason): text.append(" \(indent)  \(caretNotation(reason))", style: theme[.messageError])
    }
    return text
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
