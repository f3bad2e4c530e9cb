package import DebugInfo
import Synchronization

/// Types as text, in gdb's words: C declarators, with `struct` and the like in C and without in C++.
package struct TypePrinter {
  /// What `ptype` shows of a type besides its members.
  package struct Options: Sendable, Equatable {
    /// Neither template parameters nor a class's own typedefs stand for what they mean.
    package var isRaw = false
    package var showsMethods = true
    package var showsTypedefs = true
    package var showsOffsets = false
    /// Offsets and sizes.
    package var isHexadecimal = false
    package init() {}
  }
  package let language: SourceLanguage
  package let options: Options
  /// Inside of a class's body.
  var names = LocalTypeNames()
  /// How many functions' parameters are being written, one inside of another; a damaged file may have no end of them.
  private var parameterDepth = 0
  private static let parameterLimit = 4

  package init(language: SourceLanguage, options: Options = Options()) {
    self.language = language
    self.options = options
  }

  /// Types nested deeper than this are cut: only a damaged file has them.
  static let depthLimit = 40

  /// As `whatis` shows it: `struct point [4]`, `int (*)(char *, ...)`.
  package func name(_ type: DataType) -> String { declaration(of: type, declarator: "") }

  /// As `ptype` shows it: typedefs resolved, a structure's members spelled out; lines apart by `\n`.
  package func expanded(_ type: DataType) -> String {
    if (type.language ?? language) == .fortran { return fortranBody(type) }
    if type.stripped.language == .swift { return swiftBody(type.stripped) }
    if let short = libraryName(type, declarator: "") { return short }
    return spell(type, Declarator(resolvesTypedefs: true) { body(of: $0, indentation: 0, show: 1) })
  }

  /// A type that the library names itself, typedefs resolved: it is not spelled out; nil for others, and for what only leads
  /// to one.
  func libraryName(_ type: DataType, declarator: String) -> String? {
    let plain = type.stripped
    guard plain.isAggregate, let name = plain.name, names.library?.short(name) != nil else { return nil }
    return spell(type, Declarator(text: declarator, resolvesTypedefs: true) { baseName($0) })
  }

  /// `name`'s declaration as a member or parameter: `int (*plain)(void)`, `char text[8]`.
  func declaration(of type: DataType, declarator: String) -> String {
    if let parameter = names.parameter(for: type) {
      return declarator.isEmpty ? parameter : parameter + " " + declarator
    }
    return spell(type, Declarator(text: declarator, resolvesTypedefs: false) { baseName($0) })
  }

  /// What is written around a type's base: grows from the inside, as C's declarators do.
  struct Declarator {
    var text = ""
    var qualifiers: [String] = []
    let resolvesTypedefs: Bool
    /// How the type at the end of the chain is written.
    let base: (DataType) -> String

    /// A pointer's qualifier keeps away from what is written so far: a name, or a further pointer.
    var isApart = false
  }

  func spell(_ type: DataType, _ declarator: Declarator, depth: Int = 0) -> String {
    guard depth < Self.depthLimit else { return "..." }
    var around = declarator
    if depth == 0 { around.isApart = !around.text.isEmpty }
    func next(_ target: DataType?) -> String { spell(target ?? .void, around, depth: depth + 1) }
    // A reference to an object goes by its class.
    if type.language == .swift, let name = type.name { return around.text.isEmpty ? name : name + " " + around.text }
    if (type.language ?? language) == .fortran, let text = fortranName(type, depth: depth) {
      return declarator.text.isEmpty ? text : text + " " + declarator.text
    }
    if language == .rust, let text = rustName(type, depth: depth) { return text }
    switch type.kind {
    case .const: return qualified("const", type, around, depth: depth)
    case .volatile: return qualified("volatile", type, around, depth: depth)
    case .restrict: return qualified("restrict", type, around, depth: depth)
    case .atomic: return qualified("_Atomic", type, around, depth: depth)
    case .typedef:
      guard declarator.resolvesTypedefs || type.name == nil else { break }
      return next(type.target)
    case .pointer: return pointing("*", to: type.target, around, depth: depth)
    case .reference: return pointing("&", to: type.target, around, depth: depth)
    case .rvalueReference: return pointing("&&", to: type.target, around, depth: depth)
    case .memberPointer:
      let owner = type.containing.map { baseName($0.stripped) } ?? "?"
      return pointing(owner + "::*", to: type.target, around, depth: depth)
    case .array(let count?) where type.layout.isVector:
      let element = spell(
        type.target ?? .void, Declarator(resolvesTypedefs: declarator.resolvesTypedefs, base: declarator.base),
        depth: depth + 1)
      return finish(element + " __attribute__ ((vector_size(\(count))))", around)
    case .array(let count):
      around.text += "[" + (count.map(String.init) ?? "") + "]"
      return next(type.target)
    case .function where type.name?.hasPrefix("<") == true: break
    case .function(let isVariadic):
      around.isApart = false
      around.text += "(" + parameterList(type.parameters[...], isVariadic: isVariadic, depth: depth) + ")"
      return next(type.target)
    case .void, .base, .aggregate, .enumeration, .unspecified, .namespace: break
    }
    return finish(around.base(type), around)
  }

  /// `*mut i32`, `[i32; 3]`, `fn (i32) -> bool`; nil for types that have names, and for typedefs.
  private func rustName(_ type: DataType, depth: Int) -> String? {
    func name(_ target: DataType?) -> String {
      spell(target ?? .void, Declarator(resolvesTypedefs: false) { baseName($0) }, depth: depth + 1)
    }
    switch type.kind {
    case .pointer, .reference: return "*mut " + name(type.target)
    case .array(let count): return "[" + name(type.target) + (count.map { "; \($0)" } ?? "") + "]"
    case .function:
      let result = type.target.map { " -> " + name($0) } ?? ""
      return "fn (" + type.parameters.prefix(64).map(name).joined(separator: ", ") + ")" + result
    case .void: return "()"
    default: return nil
    }
  }

  private func finish(_ base: String, _ around: Declarator) -> String {
    let order = ["_Atomic", "const", "volatile", "restrict"]
    let words = order.filter(around.qualifiers.contains) + [base]
    let text = words.joined(separator: " ")
    return around.text.isEmpty ? text : text + " " + around.text
  }

  /// A qualifier stands before a base type's name, but behind a pointer's `*`.
  private func qualified(_ word: String, _ type: DataType, _ declarator: Declarator, depth: Int) -> String {
    var around = declarator
    if !around.qualifiers.contains(word) { around.qualifiers.append(word) }
    return spell(type.target ?? .void, around, depth: depth + 1)
  }

  private func pointing(_ symbol: String, to target: DataType?, _ declarator: Declarator, depth: Int) -> String {
    var around = declarator
    let order = ["const", "volatile", "restrict", "_Atomic"].filter(around.qualifiers.contains)
    around.qualifiers = []
    if order.isEmpty {
      around.text = symbol + around.text
    } else {
      let words = ([symbol] + order).joined(separator: " ")
      around.text = words + (around.isApart ? " " : "") + around.text
    }
    around.isApart = symbol == "*"
    if let target, needsParentheses(target, resolvesTypedefs: around.resolvesTypedefs) {
      around.text = "(" + around.text + ")"
    }
    return spell(target ?? .void, around, depth: depth + 1)
  }

  private func needsParentheses(_ target: DataType, resolvesTypedefs: Bool) -> Bool {
    let plain = resolvesTypedefs ? target.stripped : target.unqualified
    return plain.isArray || plain.isFunction
  }

  func parameterList(_ parameters: ArraySlice<DataType>, isVariadic: Bool, depth: Int) -> String {
    // Nothing but `...` is how C writes that nothing is known of the parameters.
    guard !parameters.isEmpty else { return isVariadic ? "" : "void" }
    let names = parameters.prefix(64).map { parameter($0, depth: depth + 1) }
    return (names + (isVariadic ? ["..."] : [])).joined(separator: ", ")
  }

  /// A function's parameter; gdb spells a nameless structure out here.
  func parameter(_ type: DataType, depth: Int = 0) -> String {
    if let parameter = names.parameter(for: type) { return parameter }
    var inner = self
    inner.parameterDepth += 1
    return inner.spell(
      type,
      Declarator(resolvesTypedefs: false) {
        inner.parameterDepth < Self.parameterLimit ? inner.body(of: $0, indentation: 0, show: 0) : baseName($0)
      }, depth: depth)
  }

  /// The name of a type that no other is made of: `struct point`, `unsigned long`, `zoo::Dog`, `union {...}`.
  func baseName(_ type: DataType) -> String {
    guard let name = type.name else { return keyword(type).map { $0 + " {...}" } ?? "void" }
    switch type.kind {
    case .aggregate, .enumeration: return (needsKeyword ? (keyword(type) ?? "") + " " : "") + names.name(of: type, name)
    case .base: return names.name(of: type, DataType.canonicalName(name))
    case .function: return name
    default: return names.name(of: type, name)
    }
  }

  private var needsKeyword: Bool { language == .c || language == .assembler }

  func keyword(_ type: DataType) -> String? {
    switch type.kind {
    case .aggregate(.structure): "struct"
    case .aggregate(.class): language == .c ? "struct" : "class"
    case .aggregate(.union): "union"
    case .enumeration(let isScoped): isScoped && language == .cpp ? "enum class" : "enum"
    default: nil
    }
  }
}

extension DataType {
  /// `long unsigned int`, as compilers record it, by the name that gdb shows: `unsigned long`.
  package static func canonicalName(_ name: String) -> String {
    if let known = canonicalNames.withLock({ $0[name] }) { return known }
    let words = name.split(separator: " ").map(String.init)
    let canonical = name.contains("__int128") ? name : basic(words: words)?.name ?? name
    canonicalNames.withLock { $0[name] = canonical }
    return canonical
  }

  /// Of basic types only: a language has few. Each value that is shown asks.
  private static let canonicalNames = Mutex<[String: String]>([:])

  /// The enumerators as this language writes them: in C++ with the enumeration's scope in front.
  package func enumeratorName(_ enumerator: Enumerator, language: SourceLanguage) -> String {
    guard case .enumeration(let isScoped) = kind, language != .c, let name, !enumerator.name.contains("::") else {
      return enumerator.name
    }
    if isScoped || language == .rust { return name + "::" + enumerator.name }
    guard let scope = Self.scope(of: name) else { return enumerator.name }
    return scope + "::" + enumerator.name
  }

  /// What stands before the last `::` outside of template arguments and parentheses.
  static func scope(of name: String) -> String? {
    var depth = 0
    var cut: String.Index?
    var previous: String.Index?
    for index in name.indices {
      switch name[index] {
      case "<", "(": depth += 1
      case ">", ")": depth -= 1
      case ":": if depth == 0, let previous, name[previous] == ":" { cut = previous }
      default: break
      }
      previous = index
    }
    return cut.map { String(name[..<$0]) }
  }
}
