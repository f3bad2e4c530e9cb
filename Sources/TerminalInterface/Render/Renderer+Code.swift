import Debugger
import MachineModel

extension Renderer {
  /// Instructions; `pane` is whose focus they have (the source pane's, where there is no source).
  func drawDisassembly(_ area: inout GridRegion, pane: Pane) {
    let disassembly = state.disassembly
    if let problem = disassembly.problem { return drawRemark(&area, caretNotation(problem)) }
    guard !disassembly.rows.isEmpty else { return drawRemark(&area, noProcessRemark) }
    let width = area.width
    let marks = Set(state.breakpoints.breakpoints.flatMap { $0.enabled ? $0.locations.map(\.address) : [] })
    let rows = disassembly.rows
    let top = disassembly.list.visibleTop(count: rows.count, height: area.height)
    let offsets = rows[top..<min(rows.count, top + max(0, area.height))].map { offset(of: $0).count }.max() ?? 0
    for row in 0..<max(0, min(area.height, rows.count - top)) {
      let instruction = rows[top + row]
      let isHere = instruction.isCurrent
      if marks.contains(instruction.address) {
        area.put("●", row: row, column: 0, style: theme[.breakpointEnabled])
      }
      if isHere { area.put("▶", row: row, column: 1, style: theme[.gutterCurrent]) }
      area.put(
        text(of: instruction, offsetWidth: offsets, width: width), row: row, column: 3,
        skipping: disassembly.column)
      let code = GridRect(row: row, column: 2, width: width - 2, height: 1)
      if isHere { area.highlight(code, style: theme[.lineCurrent]) }
      if top + row == disassembly.list.cursor, isFocused(pane), !isHere {
        area.highlight(code, style: theme[.lineCursor])
      }
    }
  }

  private func offset(of row: InstructionRow) -> String { row.function == nil ? "" : "+\(row.offset)" }

  private func text(of row: InstructionRow, offsetWidth: Int, width: Int) -> StyledText {
    var text = line()
    text.append(row.address.description + " ", style: theme[.assemblyAddress])
    if offsetWidth > 0 { text.append(offset(of: row).padded(to: offsetWidth) + " ", style: theme[.gutterNumber]) }
    if width >= 90 { text.append(row.bytes.padded(to: 22), style: theme[.assemblyBytes]) }
    appendInstruction(row.text, to: &text)
    if let comment = row.comment { text.append("  # \(caretNotation(comment))", style: theme[.sourceComment]) }
    return text
  }

  /// Mnemonic and operands, registers apart from numbers.
  private func appendInstruction(_ instruction: String, to text: inout StyledText) {
    let parts = instruction.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
    guard let mnemonic = parts.first else { return }
    text.append(caretNotation(mnemonic).padded(to: 7), style: theme[.sourceKeyword])
    guard parts.count > 1 else { return }
    text.append(" " + caretNotation(parts[1].drop { $0 == " " }), style: theme[.sourceText])
  }

  func drawConsole(_ area: inout GridRegion) {
    let rows = state.console.visibleRows(width: area.width, height: area.height)
    guard !rows.isEmpty else { return drawRemark(&area, "Output of commands: press : to type one") }
    for (index, row) in rows.enumerated() {
      area.put(
        row.line.text, row: index, column: 0, style: theme[row.line.kind.scope],
        width: min(row.columns.count, area.width), skipping: row.columns.lowerBound)
      if row.columns.lowerBound == 0 { highlightMatches(row.line.text, row: index, left: 0, skipping: 0, &area) }
    }
  }
}

extension ConsoleState.Kind {
  fileprivate var scope: Scope {
    switch self {
    case .command: .consoleCommand
    case .output: .consoleText
    case .error: .consoleError
    case .notice: .consoleNotice
    case .log(.debug): .logDebug
    case .log(.info): .logInfo
    case .log(.warning): .logWarning
    case .log(.error): .logError
    case .log(.critical): .logCritical
    }
  }
}
