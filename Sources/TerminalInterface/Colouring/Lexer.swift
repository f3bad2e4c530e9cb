/// Colours source text line by line. It knows words, strings, comments and numbers, not grammar, so it can start at
/// any line whose state is known. A few microseconds a line; of a very long line only the beginning is looked at.
package struct Lexer: Sendable {
  package let language: SourceLanguage
  private let rules: LanguageRules

  /// Bytes of a line that are looked at: what comes later is out of sight anyway, and strings and comments that begin
  /// there are not known to the next line.
  package static let longestLine = 8192

  package init(_ language: SourceLanguage) {
    self.language = language
    rules = LanguageRules.rules(of: language)
  }

  /// The spans of a line, in order and without overlap, and the state that the next line begins in.
  package func colour(line: some StringProtocol, state: LexerState) -> (spans: [ColourSpan], state: LexerState) {
    let bytes = Array(line.utf8.prefix(Self.longestLine))
    var scan = LineScan(bytes: bytes, rules: rules, language: language, state: state)
    scan.run()
    return (scan.spans, scan.state)
  }
}
