import CNcurses
import TerminalInterface

/// Gives ncurses the cells that changed since the last grid.
struct Painter {
  private var palette: ColorPalette
  private let isUnicode: Bool
  private var last: CellGrid?

  init(palette: ColorPalette, isUnicode: Bool) {
    self.palette = palette
    self.isUnicode = isUnicode
  }

  /// Forgets what was painted, so that the next grid is given whole.
  mutating func forget() {
    last = nil
  }

  mutating func paint(_ grid: CellGrid, clippedTo size: GridSize) {
    let before = last?.size == grid.size ? last : nil
    for row in 0..<min(grid.height, size.height) {
      if let before, before.row(row) == grid.row(row) { continue }
      for column in 0..<min(grid.width, size.width) where before?[row, column] != grid[row, column] {
        paint(grid[row, column], row: row, column: column, isLast: column == size.width - 1)
      }
    }
    last = grid
  }

  private mutating func paint(_ cell: Cell, row: Int, column: Int, isLast: Bool) {
    // ncurses wrote it with the wide character to its left, which changed too if this did.
    guard cell.width > 0 else { return }
    let glyph = Glyph(cell.width == 2 && isLast ? .blank(cell.style) : cell, isUnicode: isUnicode)
    let foreground = palette.number(of: cell.style.foreground)
    let background = palette.number(of: cell.style.background)
    for entry in palette.definitions {
      sdb_screen_define_color(Int32(entry.number), Int32(entry.red), Int32(entry.green), Int32(entry.blue))
    }
    palette.definitions.removeAll()
    // Styles of the grid and the shim have the same bits.
    let attributes = UInt32(cell.style.attributes.rawValue) | (glyph.isLine ? SDB_SCREEN_LINES.rawValue : 0)
    glyph.put(row: row, column: column, attributes, Int32(foreground), Int32(background))
  }
}

/// A cell's text in the form that ncurses and the terminal's encoding take.
struct Glyph {
  /// A base character, then marks that take no column.
  private(set) var characters: [Int32]
  /// Whether it names a line of the terminal's own line-drawing set.
  private(set) var isLine = false
  /// A second column to blank, where ncurses takes a wide character for a narrow one.
  private var fillsSecond = false

  init(_ cell: Cell, isUnicode: Bool) {
    let scalars = cell.text.unicodeScalars
    guard let first = scalars.first else {
      characters = [0x20]
      return
    }
    guard isUnicode || first.isASCII else {
      (characters, isLine) = Self.substitute(for: first)
      fillsSecond = cell.width == 2
      return
    }
    let base = Int32(bitPattern: first.value)
    let width = sdb_screen_width(base)
    // ncurses counts columns by the C library; where that disagrees, all to the right would shift.
    guard width == 1 || width == Int32(cell.width) else {
      characters = [isUnicode ? 0xfffd : 0x3f]
      fillsSecond = cell.width == 2
      return
    }
    fillsSecond = width < Int32(cell.width)
    characters = [base]
    if isUnicode {
      characters += scalars.dropFirst().map { Int32(bitPattern: $0.value) }.filter {
        $0 != 0x200d && sdb_screen_width($0) == 0
      }
    }
  }

  func put(row: Int, column: Int, _ attributes: UInt32, _ foreground: Int32, _ background: Int32) {
    sdb_screen_put(Int32(row), Int32(column), characters + [0], attributes, foreground, background)
    guard fillsSecond else { return }
    sdb_screen_put(Int32(row), Int32(column + 1), [0x20, 0], attributes, foreground, background)
  }

  /// What stands for a character in an encoding that is not UTF-8.
  private static func substitute(for scalar: Unicode.Scalar) -> ([Int32], Bool) {
    if let line = lines[scalar] { return ([Int32(line.value)], true) }
    return ([Int32((ascii[scalar] ?? "?").value)], false)
  }

  /// Names of lines in terminfo's acsc (terminfo(5), "Line Graphics").
  private static let lines: [Unicode.Scalar: Unicode.Scalar] = [
    "─": "q", "━": "q", "│": "x", "┃": "x", "┌": "l", "┏": "l", "┐": "k", "┓": "k", "└": "m", "┗": "m", "┘": "j",
    "┛": "j", "├": "t", "┤": "u", "┬": "w", "┴": "v", "┼": "n",
  ]

  private static let ascii: [Unicode.Scalar: Unicode.Scalar] = [
    "●": "*", "○": "o", "◌": "o", "◆": "*", "▶": ">", "▸": ">", "▷": ">", "▾": "v", "▼": "v", "→": ">", "←": "<",
    "↑": "^", "↓": "v", "…": "~", "·": ".", "•": "*", "×": "x", "✓": "v", "█": "#", "▌": "|", "▐": "|", "–": "-",
    "’": "'",
  ]
}
