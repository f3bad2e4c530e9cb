package import DebugInfo

/// `set language`: what expressions are read in and values shown in.
package enum LanguageChoice: String, Sendable, CaseIterable {
  /// That of the selected frame.
  case auto
  case ada, asm, c
  case cpp = "c++"
  case d, fortran, go, minimal, rust, swift

  /// nil for `auto`.
  package var source: SourceLanguage? {
    switch self {
    case .auto: nil
    case .ada: .ada
    case .asm: .assembler
    // The least that all of them share is C's.
    case .c, .minimal: .c
    case .cpp: .cpp
    case .d: .d
    case .fortran: .fortran
    case .go: .go
    case .rust: .rust
    case .swift: .swift
    }
  }
}
