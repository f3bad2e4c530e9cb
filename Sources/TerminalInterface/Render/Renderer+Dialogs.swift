extension Renderer {
  func drawDialog(_ grid: inout CellGrid) {
    switch state.dialog {
    case .help(let top): drawHelp(top, &grid)
    case .concurrency(let overlay): drawConcurrency(overlay, &grid)
    case .menu(let menu): drawMenu(menu, &grid)
    case .question(let question): drawQuestion(QuestionBox(question, state), &grid)
    case nil: break
    }
  }

  private func drawBox(_ rect: GridRect, title: String, _ grid: inout CellGrid, _ body: (inout GridRegion) -> Void) {
    grid.draw(in: rect) { area in
      area.fill(style: theme[.dialogText])
      area.border(area.bounds, style: theme[.dialogBorder], title: title, titleStyle: theme[.titleFocused])
      area.draw(in: area.bounds.inset(by: 1), body)
    }
  }

  private func drawHelp(_ top: Int, _ grid: inout CellGrid) {
    let help = HelpOverlay(state)
    let isLong = help.lastTop > 0
    drawBox(help.rect, title: isLong ? "Keys – ↑ ↓ scroll, Esc closes" : "Keys – Esc closes", &grid) { area in
      for column in 0..<help.columns {
        for row in 0..<area.height {
          let index = top + row
          guard index < help.rowsPerColumn, let line = help.line(column: column, row: index) else { continue }
          let left = 1 + column * HelpOverlay.columnWidth
          switch line {
          case .heading(let text): area.put(text, row: row, column: left, style: theme[.helpHeading])
          case .binding(let keys, let text):
            area.put(keys, row: row, column: left + 1, style: theme[.helpKey], width: HelpOverlay.keyWidth)
            area.put(
              text, row: row, column: left + HelpOverlay.keyWidth + 2, style: theme[.dialogText], width: help.textWidth)
          case .blank: break
          }
        }
      }
    }
  }

  private func drawMenu(_ menu: RowMenu, _ grid: inout CellGrid) {
    let box = RowMenuBox(menu, size: state.size)
    drawBox(box.rect, title: shortened(caretNotation(menu.title), to: box.rect.width - 4), &grid) { area in
      for row in 0..<min(area.height, menu.items.count - box.top) {
        let item = menu.items[box.top + row]
        area.put(item.key.shortName, row: row, column: 1, style: theme[.hintKey])
        let label = (item.isCurrent ? "• " : "  ") + item.label
        area.put(label, row: row, column: RowMenuBox.keyWidth, style: theme[.dialogText])
        if box.top + row == menu.selected {
          area.highlight(GridRect(row: row, column: 0, width: area.width, height: 1), style: theme[.listSelected])
        }
      }
    }
  }

  private func drawQuestion(_ box: QuestionBox, _ grid: inout CellGrid) {
    drawBox(box.rect, title: box.question.title, &grid) { area in
      for (row, line) in box.text.enumerated() {
        area.put(line, row: row, column: 1, style: theme[.dialogText])
      }
      for answer in box.answers {
        let column = answer.columns.lowerBound - box.rect.column - 1
        let row = answer.row - box.rect.row - 1
        let used = area.put(String(answer.answer.key), row: row, column: column, style: theme[.hintKey])
        area.put(answer.answer.label, row: row, column: column + used + 1, style: theme[.dialogText])
      }
    }
  }
}

/// A question's box: its words, and where its answers are.
struct QuestionBox {
  struct PlacedAnswer {
    let answer: DialogState.Question.Answer
    /// Of the screen.
    let row: Int
    let columns: Range<Int>
  }

  let question: DialogState.Question
  let rect: GridRect
  let text: [String]
  let answers: [PlacedAnswer]

  init(_ question: DialogState.Question, _ state: AppState) {
    self.question = question
    let size = state.size
    let width = min(52, max(10, size.width - 2))
    let name = state.programName.map { caretNotation(fileName($0)) } ?? "The program"
    let words =
      switch question {
      case .quit, .leave: "\(name) is still \(state.process.isRunning ? "running" : "being debugged")."
      case .confirmation(let text): text.split(separator: "\n").map { caretNotation($0) }.joined(separator: "\n")
      case .stuck: "\(name) was asked to pause and goes on."
      }
    text = wrapped(words, width: width - 4)
    var answers: [(DialogState.Question.Answer, row: Int, column: Int, length: Int)] = []
    var column = 1
    var row = text.count + 1
    for answer in question.answers {
      let length = 2 + answer.label.count
      if column > 1, column + length > width - 3 {
        column = 1
        row += 1
      }
      answers.append((answer, row, column, length))
      column += length + 3
    }
    let height = row + 3
    let top = max(0, (size.height - height) / 2)
    let left = max(0, (size.width - width) / 2)
    rect = GridRect(row: top, column: left, width: width, height: height)
    self.answers = answers.map { answer, row, column, length in
      PlacedAnswer(answer: answer, row: top + 1 + row, columns: left + 1 + column..<left + 1 + column + length)
    }
  }

  func answer(at position: GridPosition) -> Character? {
    answers.first { $0.row == position.row && $0.columns.contains(position.column) }?.answer.key
  }
}
