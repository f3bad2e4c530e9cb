import DebugInfo

/// What an expression has to look up by name, before it is parsed: whether the frame's own variables are enough for it, or names
/// of the whole program are needed, which take an index.
struct ExpressionNames {
  /// Those that stand for themselves: not members behind `.` and `->`.
  private(set) var own: Set<String> = []
  /// True where something is called, or belongs to a namespace.
  private var hasCalls = false
  /// True where there are operators besides those that lead to a part of a value: a class may have its own of them, anywhere.
  private var hasOperators = false

  /// - Throws: what is wrong with its words.
  init(_ expression: String, language: SourceLanguage) throws(ExpressionError) {
    var previous = ExpressionToken.Kind.end
    for token in try ExpressionLexer.tokens(of: expression, language: language) {
      switch token.kind {
      case .identifier(let name) where previous != .symbol(".") && previous != .symbol("->"): own.insert(name)
      case .quotedName(let name): own.insert(name)
      case .symbol("("):
        switch previous {
        case .identifier, .quotedName, .symbol(")"), .symbol("]"), .symbol(">"): hasCalls = true
        default: break
        }
      case .symbol("::"), .symbol("{"): hasCalls = true
      case .symbol(let text) where !Self.partOperators.contains(text): hasOperators = true
      default: break
      }
      previous = token.kind
    }
  }

  private static let partOperators: Set<String> = [".", "->", "[", "]", "*", "&", ")"]

  /// True where the variables of a frame are all that is looked up.
  func areAll(in scope: FrameScope) -> Bool {
    guard !own.isEmpty else { return true }
    guard !hasCalls, let entry = scope.frame.scope?.entry else { return false }
    var types: [String: DataType] = [:]
    for variable in scope.symbols.variables(in: entry, at: scope.lookupAddress) { types[variable.name] = variable.type }
    return own.allSatisfy { name in
      switch types[name]?.stripped.kind {
      case nil: false
      case .base?, .pointer?: true
      default: !hasOperators
      }
    }
  }
}
