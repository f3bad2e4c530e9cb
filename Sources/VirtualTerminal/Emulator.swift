import CVTerm

/// libvterm with what it does not keep itself: scrollback, title, modes, rows read since they last changed.
/// Not for more than one thread at a time: `ProgramTerminal` has the lock.
final class Emulator {
  private(set) var rows: Int
  private(set) var columns: Int
  private(set) var scrollback: Scrollback
  private(set) var title = ""
  private(set) var isAlternate = false
  private(set) var isCursorVisible = true
  private(set) var wantsMouse = false
  private(set) var bellCount = 0
  private var terminal: OpaquePointer?
  private var filter = OutputFilter()
  /// Bytes for the program, since they were last taken.
  private var output: [UInt8] = []
  /// Rows as they last were; nil where they have to be read again.
  private var cache: [[TerminalCell]?]

  /// libvterm puts text on its stack: it gets it in pieces of this size.
  private static let longestPiece = 4096

  init(rows: Int, columns: Int, scrollbackLimit: Int) {
    self.rows = Self.bounded(rows, least: 1)
    self.columns = Self.bounded(columns, least: 2)
    scrollback = Scrollback(limit: scrollbackLimit)
    cache = Array(repeating: nil, count: self.rows)
    var events = Self.events
    terminal = sdb_vt_new(
      Int32(self.rows), Int32(self.columns), &events, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit {
    if let terminal { sdb_vt_free(terminal) }
  }

  /// A screen has at least a row, and two columns so that a wide character fits.
  private static func bounded(_ count: Int, least: Int) -> Int { min(max(count, least), 9999) }

  func feed(_ bytes: some Sequence<UInt8>) {
    feedFiltered(filter.filter(bytes))
  }

  private func feedFiltered(_ bytes: [UInt8]) {
    guard let terminal else { return }
    var rest = bytes[...]
    while !rest.isEmpty {
      var piece = rest.prefix(Self.longestPiece)
      // A character must stay whole.
      while piece.count < rest.count, let next = rest.dropFirst(piece.count).first, next & 0xc0 == 0x80 {
        piece = rest.prefix(piece.count + 1)
      }
      piece.withUnsafeBytes { sdb_vt_feed(terminal, $0.baseAddress, $0.count) }
      rest = rest.dropFirst(piece.count)
    }
  }

  func resize(rows: Int, columns: Int) {
    guard let terminal else { return }
    let newRows = Self.bounded(rows, least: 1)
    let newColumns = Self.bounded(columns, least: 2)
    guard newRows != self.rows || newColumns != self.columns else { return }
    // A scrolling region that reaches past the new size, or a cursor that is above lines that scroll out, would
    // take libvterm out of its memory. So the region is given up, as xterm does, and the cursor set anew.
    let before = cursor
    feedFiltered(Array("\u{1b}[?6l\u{1b}[r\u{1b}[\(before.row + 1);\(before.column + 1)H".utf8))
    self.rows = newRows
    self.columns = newColumns
    cache = Array(repeating: nil, count: newRows)
    sdb_vt_resize(terminal, Int32(newRows), Int32(newColumns))
    let after = cursor
    feedFiltered(Array("\u{1b}[\(max(0, after.row) + 1);\(max(0, after.column) + 1)H".utf8))
  }

  /// Bytes for the program that came up: answers, keys.
  func takeOutput() -> [UInt8] {
    defer { output.removeAll(keepingCapacity: true) }
    return output
  }

  var cursor: (row: Int, column: Int) {
    guard let terminal else { return (0, 0) }
    var row: Int32 = 0
    var column: Int32 = 0
    sdb_vt_cursor(terminal, &row, &column)
    return (Int(row), Int(column))
  }

  // MARK: Cells

  /// The cells of a row of the screen; read once after each change.
  func cells(ofRow row: Int) -> [TerminalCell] {
    if let cached = cache[row] { return cached }
    guard let terminal else { return Array(repeating: .blank, count: columns) }
    var cell = sdb_vt_cell()
    let cells = (0..<columns).map { column in
      sdb_vt_cell_at(terminal, Int32(row), Int32(column), &cell)
      return TerminalCell(cell)
    }
    cache[row] = cells
    return cells
  }

  // MARK: Input

  func press(_ key: TerminalKey, _ modifiers: TerminalModifiers) {
    guard let terminal else { return }
    let named: sdb_vt_key
    switch key {
    case .character(let scalar):
      // Control characters as all terminals send them; libvterm has newer forms for some that few programs know.
      if modifiers.contains(.control), (0x40..<0x80).contains(scalar.value) {
        output += (modifiers.contains(.alt) ? [0x1b] : []) + [UInt8(scalar.value & 0x1f)]
      } else {
        sdb_vt_press_character(terminal, scalar.value, modifiers.rawValue)
      }
      return
    case .function(let number):
      guard (1...12).contains(number) else { return }
      sdb_vt_press_key(terminal, Int32(SDB_VT_FUNCTION.rawValue) + Int32(number), modifiers.rawValue)
      return
    case .enter: named = SDB_VT_ENTER
    case .tab: named = SDB_VT_TAB
    case .backspace: named = SDB_VT_BACKSPACE
    case .escape: named = SDB_VT_ESCAPE
    case .up: named = SDB_VT_UP
    case .down: named = SDB_VT_DOWN
    case .left: named = SDB_VT_LEFT
    case .right: named = SDB_VT_RIGHT
    case .insert: named = SDB_VT_INSERT
    case .delete: named = SDB_VT_DELETE
    case .home: named = SDB_VT_HOME
    case .end: named = SDB_VT_END
    case .pageUp: named = SDB_VT_PAGE_UP
    case .pageDown: named = SDB_VT_PAGE_DOWN
    }
    sdb_vt_press_key(terminal, Int32(named.rawValue), modifiers.rawValue)
  }

  /// Text as if typed, between the marks of bracketed paste if the program asked for them.
  func paste(_ text: String) {
    guard let terminal else { return }
    sdb_vt_paste_start(terminal)
    // An escape in the text could end the paste early and have the rest obeyed. Lines end as Enter ends them.
    output += text.utf8.lazy.filter { $0 != 0x1b }.map { $0 == 0x0a ? 0x0d : $0 }
    sdb_vt_paste_end(terminal)
  }

  func mouse(_ event: TerminalMouse, row: Int, column: Int, _ modifiers: TerminalModifiers) {
    guard let terminal, wantsMouse, (0..<rows).contains(row), (0..<columns).contains(column) else { return }
    let (button, isPressed): (Int, Bool) =
      switch event {
      case .press(let button): (button, true)
      case .release(let button): (button, false)
      case .move: (0, false)
      case .wheelUp: (4, true)
      case .wheelDown: (5, true)
      }
    sdb_vt_mouse(
      terminal, Int32(row), Int32(column), Int32(button), isPressed ? 1 : 0, modifiers.rawValue)
  }

  // MARK: Events

  private static func emulator(_ context: UnsafeMutableRawPointer?) -> Emulator? {
    context.map { Unmanaged<Emulator>.fromOpaque($0).takeUnretainedValue() }
  }

  private static let events = sdb_vt_events(
    output: { context, bytes, count in
      emulator(context)?.output += UnsafeRawBufferPointer(start: bytes, count: count)
    },
    damage: { context, first, end in emulator(context)?.forget(Int(first)..<max(Int(first), Int(end))) },
    push_line: { context, cells, count in
      emulator(context)?.scrollback.append(Array(UnsafeBufferPointer(start: cells, count: Int(count))))
    },
    pop_line: { context, cells, count in
      guard let cells, let line = emulator(context)?.scrollback.popLast() else { return 0 }
      UnsafeMutableBufferPointer(start: cells, count: Int(count)).fill(with: line)
      return 1
    },
    cursor_visible: { context, visible in emulator(context)?.isCursorVisible = visible != 0 },
    alternate_screen: { context, isOn in emulator(context)?.isAlternate = isOn != 0 },
    mouse: { context, mode in emulator(context)?.wantsMouse = mode != 0 },
    title: { context, text in emulator(context)?.title = text.map { String(cString: $0) } ?? "" },
    bell: { context in emulator(context)?.bellCount &+= 1 })

  private func forget(_ rows: Range<Int>) {
    for row in rows.clamped(to: cache.indices) { cache[row] = nil }
  }
}
