package import DebugInfo

/// Names for what is being typed. Nothing here fails: what is not known is not offered.
extension DebugSession {
  /// What `completions` looks through.
  package enum CompletionKind: Sendable {
    case function, type, file, register, convenience
    /// Of the selected frame.
    case variable
    /// Variables outside of functions, and enumerators.
    case global
  }

  /// Names that begin with `prefix`, sorted; bounded. Registers and convenience variables are without their `$`.
  package func completions(_ kind: CompletionKind, prefix: String, limit: Int) async -> [String] {
    let names: [String]
    switch kind {
    case .register: names = RegisterValue.names
    case .convenience: names = Array(history.convenience.keys) + (process == nil ? [] : Self.stopVariableNames)
    case .function, .type, .global:
      guard (try? await indexed(.names)) != nil else { return [] }
      switch kind {
      case .function: return await symbols.functionNames(prefix: prefix, limit: limit)
      case .type: return await symbols.typeNames(prefix: prefix, limit: limit)
      default: return await symbols.globalNames(prefix: prefix, limit: limit)
      }
    case .file:
      guard (try? await indexed(.units)) != nil else { return [] }
      names = await symbols.sourceFiles().compactMap { $0.split(separator: "/").last.map(String.init) }
    case .variable:
      guard (try? await indexed(.units)) != nil else { return [] }
      let frame = try? await selectedInternalFrame()
      names =
        frame.flatMap { frame in
          frame.scope?.entry.map { symbols.variables(in: $0, at: frame.registers.lookupAddress).map(\.name) }
        } ?? []
    }
    return Array(Set(names.filter { $0.hasPrefix(prefix) }).sorted().prefix(limit))
  }

  /// The functions of a source file or, where `prefix` is (the begin of) a number, its lines with code.
  package func completions(inFile file: String, prefix: String, limit: Int) async -> [String] {
    guard (try? await indexed(.names)) != nil else { return [] }
    guard prefix.isEmpty || !prefix.allSatisfy(\.isNumber) else {
      return Array(symbols.linesWithCode(inFile: file).map(String.init).filter { $0.hasPrefix(prefix) }.prefix(limit))
    }
    return await symbols.functionNames(prefix: prefix, inFile: file, limit: limit)
  }

  /// What names and operators of an expression mean: the language that is set, or the selected frame's.
  package func expressionLanguage() async -> SourceLanguage {
    (try? await selectedScope())?.language ?? programScope().language
  }

  /// The members that may follow an expression's `.` or `->`: fields and methods, its base classes' among them. Only the
  /// type of the object is asked for, so nothing is called or written.
  package func members(
    of object: String, isArrow: Bool, prefix: String, limit: Int
  ) async -> [MemberName] {
    await memberNames(object, prefix, limit) { (evaluator) throws(ExpressionError) in
      try evaluator.members(of: object, isArrow: isArrow)
    }
  }

  /// What a type's name and `::` may be followed by: enumerators, static members, methods, types.
  package func members(inScope type: String, prefix: String, limit: Int) async -> [MemberName] {
    await memberNames(type, prefix, limit) { (evaluator) throws(ExpressionError) in evaluator.members(inScope: type) }
  }

  /// The members that need no object in the selected frame, since it is a method of theirs.
  package func ownMembers(prefix: String, limit: Int) async -> [MemberName] {
    let own: String
    switch await expressionLanguage() {
    case .cpp: own = "this"
    case .swift: own = "self"
    default: return []
    }
    return await members(of: own, isArrow: false, prefix: prefix, limit: limit)
  }

  private func memberNames(
    _ expression: String, _ prefix: String, _ limit: Int,
    _ body: (ExpressionEvaluator) throws(ExpressionError) -> MemberNames
  ) async -> [MemberName] {
    guard let scope = try? await selectedScope(for: expression),
      let found = try? body(ExpressionEvaluator(scope: scope).quiet)
    else { return [] }
    return found.named(prefix: prefix, language: scope.language, limit: limit)
  }
}
