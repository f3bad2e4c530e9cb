/// What ncurses reads: a character, a key that terminfo knows, or one of the marks we defined.
enum RawInput: Hashable {
  case character(Unicode.Scalar)
  /// By terminfo's name in ncurses: `KEY_UP`, `KEY_F(5)`, `kLFT5`.
  case named(String)
  case pasteStart
  case pasteEnd
  /// `ESC [ <`: a mouse report, whose numbers follow as characters.
  case mouse
}
