import CNcurses
import Glibc
package import TerminalInterface

/// The user's terminal while sdb has it: paints grids, reads events. One at a time in a process, and used by one
/// thread, but for `wake`.
///
/// The terminal is given back by `close`, by exit, and by a crash of sdb; SIGTSTP gives it back for as long as sdb is
/// stopped.
package final class Screen {
  /// What the terminal's colours are, so that a theme can be chosen that fits.
  package let colorSupport: ColorSupport
  /// Wakes `nextEvents` from any thread.
  package let waker: ScreenWaker
  package private(set) var size: GridSize

  private let input: Int32
  private var painter: Painter
  private var decoder = InputDecoder()
  private(set) var isClosed = false

  private init(input: Int32, waker: ScreenWaker, traits: sdb_screen_traits) {
    self.input = input
    self.waker = waker
    colorSupport = ColorSupport(traits)
    painter = Painter(palette: ColorPalette(support: colorSupport), isUnicode: traits.unicode != 0)
    size = Self.currentSize(sdb_screen_size)
  }

  /// Takes over the terminal of standard input and output: raw mode, alternate screen, bracketed paste.
  /// - Parameter usesMouse: whether to take the mouse too, where there is one; its selection of text then is the
  ///   terminal's no more.
  package static func open(usesMouse: Bool = true) throws(ScreenError) -> Screen {
    guard isatty(STDOUT_FILENO) == 1, isatty(STDIN_FILENO) == 1 else { throw .noTerminal }
    let name = getenv("TERM").map { String(cString: $0) } ?? ""
    guard !name.isEmpty else { throw .unknownTerminal("") }
    guard let waker = ScreenWaker() else { throw .failed(name) }
    var traits = sdb_screen_traits()
    let failure = sdb_screen_open(
      STDIN_FILENO, STDOUT_FILENO, name, waker.descriptor, usesMouse ? 1 : 0, &traits)
    switch UInt32(failure) {
    case 0: return Screen(input: STDIN_FILENO, waker: waker, traits: traits)
    case SDB_SCREEN_UNKNOWN.rawValue: throw .unknownTerminal(name)
    case SDB_SCREEN_DUMB.rawValue: throw .dumbTerminal(name)
    default: throw .failed(name)
    }
  }

  deinit {
    close()
  }

  /// Shows a grid, sending only what differs from the last one.
  /// - Parameter cursor: where the cursor blinks; nil hides it.
  package func paint(_ grid: CellGrid, cursor: GridPosition? = nil) {
    guard !isClosed else { return }
    painter.paint(grid, clippedTo: size)
    let place = cursor.flatMap { GridRect(size).contains($0) ? $0 : nil }
    sdb_screen_refresh(place.map { Int32($0.row) } ?? -1, place.map { Int32($0.column) } ?? 0)
  }

  /// Waits for input, a signal or `wake`, and gives what has come; nothing if woken or out of time.
  /// - Parameter timeout: in milliseconds; nil waits as long as it takes.
  package func nextEvents(timeout: Int? = nil) -> [InputEvent] {
    guard !isClosed else { return [.disconnected] }
    var polled = [
      pollfd(fd: input, events: Int16(POLLIN), revents: 0),
      pollfd(fd: waker.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    poll(&polled, 2, timeout.map { Int32(clamping: $0) } ?? -1)
    var events: [InputEvent] = []
    if polled[1].revents != 0 {
      waker.clear()
      events += signalEvents()
    }
    if polled[0].revents & Int16(POLLIN) != 0 {
      let batch = readAll()
      // Readable, with nothing to read: the other end is gone (poll(2), POLLIN at end of file).
      if batch.isEmpty, isAtEnd() { events.append(.disconnected) }
      events += decoder.decode(batch)
    } else if polled[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 {
      events.append(.disconnected)
    }
    return events
  }

  /// Ends the wait of `nextEvents`. From another thread use `waker`.
  package func wake() {
    waker.wake()
  }

  /// Gives the terminal back, stops sdb as Ctrl-Z stops a program, and goes on when the shell says so. The caller
  /// paints anew.
  package func suspend() {
    guard !isClosed else { return }
    sdb_screen_suspend()
    size = Self.currentSize(sdb_screen_fit)
    painter.forget()
  }

  /// Makes the next `paint` send everything, as the terminal may show what others wrote.
  package func repaintAll() {
    sdb_screen_forget()
    painter.forget()
  }

  package func beep() {
    if !isClosed { sdb_screen_beep() }
  }

  /// Gives the terminal back as it was. More calls do nothing.
  package func close() {
    guard !isClosed else { return }
    isClosed = true
    sdb_screen_close()
  }

  // MARK: Input

  private func readAll() -> [RawInput] {
    var batch: [RawInput] = []
    var value: UInt32 = 0
    while true {
      switch UInt32(sdb_screen_read(&value)) {
      case SDB_SCREEN_CHARACTER.rawValue:
        batch.append(.character(Unicode.Scalar(value) ?? "\u{fffd}"))
      case SDB_SCREEN_KEY.rawValue:
        if let key = rawKey(Int32(bitPattern: value)) { batch.append(key) }
      default: return batch
      }
    }
  }

  private func rawKey(_ code: Int32) -> RawInput? {
    switch UInt32(bitPattern: code) {
    case SDB_SCREEN_KEY_PASTE_START.rawValue: .pasteStart
    case SDB_SCREEN_KEY_PASTE_END.rawValue: .pasteEnd
    case SDB_SCREEN_KEY_MOUSE.rawValue: .mouse
    default: sdb_screen_key_name(code).map { .named(String(cString: $0)) }
    }
  }

  /// ncurses does not tell an end of file from nothing there; FIONREAD gives 0 bytes for the first alone, after poll
  /// found the terminal readable.
  private func isAtEnd() -> Bool {
    var polled = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    var count: Int32 = 0
    guard poll(&polled, 1, 0) > 0 else { return false }
    return ioctl(input, UInt(FIONREAD), &count) != 0 || count == 0
  }

  private func signalEvents() -> [InputEvent] {
    let signals = sdb_screen_signals()
    var events: [InputEvent] = []
    if signals & SDB_SCREEN_STOP.rawValue != 0 {
      suspend()
      events += [.suspended, .resumed, .resize(size)]
    }
    if signals & SDB_SCREEN_RESIZED.rawValue != 0 {
      size = Self.currentSize(sdb_screen_fit)
      painter.forget()
      events.append(.resize(size))
    }
    for (flag, number) in [
      (SDB_SCREEN_INTERRUPT, SIGINT), (SDB_SCREEN_TERMINATE, SIGTERM), (SDB_SCREEN_HANGUP, SIGHUP),
    ] where signals & flag.rawValue != 0 {
      events.append(.terminated(signal: number))
    }
    return events
  }

  private static func currentSize(_ ask: (UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>) -> Void) -> GridSize
  {
    var rows: Int32 = 0
    var columns: Int32 = 0
    ask(&rows, &columns)
    return GridSize(width: Int(columns), height: Int(rows))
  }
}

extension ColorSupport {
  init(_ traits: sdb_screen_traits) {
    self =
      switch (traits.direct != 0, Int(traits.colors)) {
      case (true, 256...): .direct
      case (_, 256...): .palette(isChangeable: traits.changeable != 0)
      case (_, 8...): .few(traits.colors >= 16 ? 16 : 8)
      default: .monochrome
      }
  }
}
