/// How `print/FMT`, `x/NFU`, `display/FMT` and `output/FMT` show a value.
package struct ValueFormat: Sendable, Hashable {
  /// gdb's letters, and none at all.
  package enum Letter: Character, Sendable {
    case natural = " "
    case hexadecimal = "x"
    case decimal = "d"
    case unsigned = "u"
    case octal = "o"
    case binary = "t"
    case address = "a"
    case character = "c"
    case float = "f"
    case string = "s"
    case instruction = "i"
    case zeroPadded = "z"
    case raw = "r"
  }
  package var letter: Letter
  /// `b`, `h`, `w`, `g` as bytes: 1, 2, 4, 8; nil: the value's own size, or the one used last by `x`.
  package var unitSize: Int?
  package init(_ letter: Letter = .natural, unitSize: Int? = nil) {
    self.letter = letter
    self.unitSize = unitSize
  }
  package static let natural = ValueFormat()
}
