/// A colour that a program asked for.
package enum TerminalColor: Sendable, Hashable {
  /// The terminal's own.
  case standard
  /// An entry of the 256-colour palette.
  case indexed(UInt8)
  case rgb(red: UInt8, green: UInt8, blue: UInt8)
}

/// How a program asked for text to be drawn.
package struct TerminalAttributes: OptionSet, Sendable, Hashable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  package static let bold = TerminalAttributes(rawValue: 1)
  package static let italic = TerminalAttributes(rawValue: 2)
  package static let underline = TerminalAttributes(rawValue: 4)
  package static let reverse = TerminalAttributes(rawValue: 8)
  package static let blink = TerminalAttributes(rawValue: 16)
  package static let strike = TerminalAttributes(rawValue: 32)
}

/// One place of the program's screen.
package struct TerminalCell: Sendable, Hashable {
  /// A character with its marks, safe to draw; empty in the right half of a wide one.
  package let text: String
  /// Columns: 1 or 2, or 0 in the right half of a wide character.
  package let width: Int
  package let foreground: TerminalColor
  package let background: TerminalColor
  package let attributes: TerminalAttributes

  package init(
    text: String, width: Int, foreground: TerminalColor = .standard, background: TerminalColor = .standard,
    attributes: TerminalAttributes = []
  ) {
    self.text = text
    self.width = width
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  package static let blank = TerminalCell(text: " ", width: 1)
}
