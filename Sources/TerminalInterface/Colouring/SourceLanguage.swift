/// A language that source lines can be coloured for.
package enum SourceLanguage: Sendable, Hashable, CaseIterable {
  case c, cPlusPlus, rust, swift, python, go, assembler

  /// By the ending of a file's name; nil for others.
  package init?(fileName: String) {
    guard let dot = fileName.lastIndex(of: ".") else { return nil }
    let ending = fileName[fileName.index(after: dot)...]
    switch ending {
    case "c": self = .c
    // A header may be either; what C++ has beyond C does no harm there.
    case "h", "cc", "cpp", "cxx", "c++", "C", "hh", "hpp", "hxx", "h++", "ipp", "inl", "tcc": self = .cPlusPlus
    case "rs": self = .rust
    case "swift": self = .swift
    case "py", "pyi", "pyw", "pyx": self = .python
    case "go": self = .go
    case "s", "S", "asm", "nasm": self = .assembler
    default: return nil
    }
  }
}
