/// A key for the program.
package enum TerminalKey: Sendable, Hashable {
  case character(Unicode.Scalar)
  case enter, tab, backspace, escape
  case up, down, left, right
  case insert, delete, home, end, pageUp, pageDown
  /// F1 and on.
  case function(Int)
}

/// Keys held beside another or beside the mouse.
package struct TerminalModifiers: OptionSet, Sendable, Hashable {
  package let rawValue: Int32

  package init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  package static let shift = TerminalModifiers(rawValue: 1)
  package static let alt = TerminalModifiers(rawValue: 2)
  package static let control = TerminalModifiers(rawValue: 4)
}

/// What the mouse did over the program's screen.
package enum TerminalMouse: Sendable, Hashable {
  /// 1 left, 2 middle, 3 right.
  case press(button: Int)
  case release(button: Int)
  case move
  case wheelUp
  case wheelDown
}
