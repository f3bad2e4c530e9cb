/// What comes in from the user's terminal.
package enum InputEvent: Sendable, Hashable {
  case key(Key)
  case mouse(MouseEvent)
  /// Text pasted in one go, as it came; it may hold anything.
  case paste(String)
  /// The terminal has a new size.
  case resize(GridSize)
  /// The user stopped sdb (Ctrl-Z from elsewhere, SIGTSTP); the terminal was given back, `resumed` follows at once
  /// after sdb goes on.
  case suspended
  /// sdb goes on after `suspended`; the screen repaints everything with the next grid.
  case resumed
  /// A signal asks sdb to end: SIGTERM, SIGHUP or SIGINT.
  case terminated(signal: Int32)
  /// The terminal is gone: nothing more can be read.
  case disconnected
}

/// A press, movement or turn of the mouse, in cells of the screen.
package struct MouseEvent: Sendable, Hashable {
  package enum Button: Sendable, Hashable {
    case left, middle, right
  }

  package enum Kind: Sendable, Hashable {
    case press(Button)
    case release(Button)
    /// Moved with the button held.
    case drag(Button)
    case wheelUp
    case wheelDown
  }

  package let kind: Kind
  package let position: GridPosition
  package let modifiers: Key.Modifiers

  package init(_ kind: Kind, at position: GridPosition, modifiers: Key.Modifiers = []) {
    self.kind = kind
    self.position = position
    self.modifiers = modifiers
  }
}
