import Synchronization

/// The screen that the program believes to be its terminal: output goes in, cells and answers come out.
/// Safe to use from any thread; each call holds the lock for about a millisecond at most.
package final class ProgramTerminal: Sendable {
  /// The `TERM` that fits what it understands.
  package static let terminalType = "xterm-256color"

  private let emulator: Mutex<Emulator>

  /// - Parameter scrollbackLimit: how many lines that left at the top are kept.
  package init(rows: Int, columns: Int, scrollbackLimit: Int = 5_000) {
    emulator = Mutex(Emulator(rows: rows, columns: columns, scrollbackLimit: scrollbackLimit))
  }

  /// Takes what the program wrote, of any content and cut anywhere. Returns what the terminal answers, which has to
  /// go to the program as input.
  @discardableResult
  package func feed(_ bytes: [UInt8]) -> [UInt8] {
    emulator.withLock {
      $0.feed(bytes)
      return $0.takeOutput()
    }
  }

  /// Gives the screen a new size; at least 1×2. Lines that no longer fit go to the scrollback and come back.
  package func resize(rows: Int, columns: Int) {
    emulator.withLock { $0.resize(rows: rows, columns: columns) }
  }

  /// The bytes that a key sends in the program's present modes.
  package func press(_ key: TerminalKey, _ modifiers: TerminalModifiers = []) -> [UInt8] {
    emulator.withLock {
      $0.press(key, modifiers)
      return $0.takeOutput()
    }
  }

  /// The bytes that pasted text sends: bracketed if the program asked for that, without escape characters.
  package func paste(_ text: String) -> [UInt8] {
    emulator.withLock {
      $0.paste(text)
      return $0.takeOutput()
    }
  }

  /// The bytes that the mouse sends at a place of the screen; none if the program does not want them.
  package func mouse(_ event: TerminalMouse, row: Int, column: Int, _ modifiers: TerminalModifiers = []) -> [UInt8] {
    emulator.withLock {
      $0.mouse(event, row: row, column: column, modifiers)
      return $0.takeOutput()
    }
  }

  /// Sets modes back as a new program expects them (main screen, plain text, visible cursor, no mouse), for a
  /// restart; what is on the screen stays.
  package func resetModes() {
    let sequence =
      "\u{18}\u{1b}[?1049l\u{1b}[!p\u{1b}(B\u{f}\u{1b}[?1000l\u{1b}[?1002l\u{1b}[?1003l\u{1b}[?1006l\u{1b}[?2004l"
    feed(Array(sequence.utf8))
  }

  /// How often the program rang the bell.
  package var bellCount: Int { emulator.withLock { $0.bellCount } }

  /// What it shows now.
  /// - Parameter scrolledBack: how many lines to look back; more than there are shows the oldest.
  package func snapshot(scrolledBack: Int = 0) -> TerminalSnapshot {
    emulator.withLock { emulator in
      let back = min(max(0, scrolledBack), emulator.scrollback.count)
      let rows = (0..<emulator.rows).map { row in
        row >= back
          ? emulator.cells(ofRow: row - back)
          : emulator.scrollback[emulator.scrollback.count - back + row].map(TerminalCell.init).fitted(
            to: emulator.columns)
      }
      let cursor = emulator.cursor
      let isShown = emulator.isCursorVisible && cursor.row + back < emulator.rows
      return TerminalSnapshot(
        rows: rows, columns: emulator.columns,
        cursor: isShown ? .init(row: cursor.row + back, column: cursor.column) : nil, title: emulator.title,
        isAlternate: emulator.isAlternate, wantsMouse: emulator.wantsMouse,
        scrollbackCount: emulator.scrollback.count)
    }
  }
}

extension [TerminalCell] {
  /// The line cut or filled with blanks, for a screen that has another width than when it was written.
  fileprivate func fitted(to columns: Int) -> [TerminalCell] {
    guard count < columns else {
      let cut = Array(prefix(columns))
      return cut.last?.width == 2 ? cut.dropLast() + [.blank] : cut
    }
    return self + Array(repeating: .blank, count: columns - count)
  }
}
