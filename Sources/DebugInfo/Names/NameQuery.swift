import Elf

/// A function's, variable's or type's name as a user gives it: any ending of the qualified name will do, template arguments
/// and parameters may be left out, and so may `(anonymous namespace)`.
struct NameQuery {
  private let components: [String]
  /// Without spaces; nil where none were given.
  private let parameters: String?
  /// `::name` means the global scope's.
  private let isAnchored: Bool
  /// As given, for linkage names and ELF symbols.
  let text: String

  /// - Parameter resolve: what a type of a parameter list is called without its typedef.
  init(_ text: String, resolving resolve: (String) -> String? = { _ in nil }) {
    self.text = text
    let plain = Demangler.demangle(text)?.full ?? Self.tightened(text)
    let trimmed = plain.drop { $0 == " " }
    isAnchored = trimmed.hasPrefix("::")
    let name = String(isAnchored ? trimmed.dropFirst(2) : trimmed)
    let layout = NameLayout(name)
    components = layout.components.map { compact(name.utf8[$0]) }
    parameters = layout.parameters.map { normalizedParameters(compact(name.utf8[$0.lowerBound...]), resolve) }
  }

  /// Without the blanks that C++ allows around `::` and before parameters.
  private static func tightened(_ text: String) -> String {
    guard text.contains(" ") else { return text }
    var result = text
    for (loose, tight) in [(" ::", "::"), (":: ", "::"), (" (", "(")] {
      while result.contains(loose) { result = result.replacing(loose, with: tight) }
    }
    return result
  }

  /// What an index knows it by.
  var baseName: String { String(DebugInfo.baseName((components.last ?? "").utf8)) ?? "" }

  /// The last component of a name with dots, as Swift writes them; nil where there is none.
  var dottedBaseName: String? {
    guard let dot = baseName.lastIndex(of: "."), dot > baseName.startIndex else { return nil }
    return String(baseName[baseName.index(after: dot)...])
  }

  /// The unqualified names that it may mean.
  var baseNames: [String] { [baseName, dottedBaseName].compactMap { $0 } }

  /// All that an index may know it by.
  var keys: [String] { baseNames.contains(text) ? baseNames : baseNames + [text] }

  /// True for identifiers with `::` between them: no operators, arguments or parameters.
  var isPlain: Bool { text.utf8.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: ":") } }

  /// What every mangled name of it contains (Itanium C++ ABI §5.1.2: an identifier follows its length); nil for
  /// operators, constructors and destructors.
  var mangledPart: String? {
    // A lambda is `Ul` … `E` (§5.1.8).
    if components.contains(where: { $0.hasPrefix("{lambda(") }) { return "Ul" }
    guard let first = baseName.utf8.first, isWordByte(first), !baseName.hasPrefix("operator"),
      components.count < 2 || components[components.count - 2] != components.last
    else { return nil }
    return "\(baseName.utf8.count)\(baseName)"
  }

  func matches(_ name: FunctionName, language: SourceLanguage) -> Bool {
    guard let parameters else { return matches(qualified: name.qualified, language: language) }
    guard matches(qualified: name.qualified, language: language), name.full.hasPrefix(name.qualified) else {
      return false
    }
    let own = normalizedParameters(compact(name.full.utf8.dropFirst(name.qualified.utf8.count)))
    // A qualifier behind the list (`const`) is compared only where it was given.
    return own == parameters || (own.hasPrefix(parameters) && !parameters.contains(")const"))
  }

  /// Compares with a qualified name without parameters.
  func matches(qualified name: String, language: SourceLanguage) -> Bool {
    var own = qualifiedComponents(name, language: language)[...]
    var wanted = components[...]
    if language == .rust, wanted.first == "crate", wanted.count > 1 {
      guard own.count == wanted.count else { return false }
      wanted = wanted.dropFirst()
    }
    if language == .swift, wanted.count == 1 {
      wanted = (wanted.first ?? "").split(separator: ".").map(String.init)[...]
    }
    while let last = wanted.last {
      guard let candidate = own.popLast() else { return false }
      if Self.matches(last, candidate) {
        wanted.removeLast()
      } else if candidate != "(anonymousnamespace)" || wanted.count == components.count {
        return false
      }
    }
    return !isAnchored || own.isEmpty
  }

  private static func matches(_ wanted: String, _ candidate: String) -> Bool {
    if wanted == candidate { return true }
    let untagged = candidate.firstRange(of: "[abi:").map { String(candidate[..<$0.lowerBound]) } ?? candidate
    if wanted == untagged { return true }
    let base = baseName(candidate)
    return base.utf8.count < candidate.utf8.count && (wanted == base || wanted == baseName(untagged))
  }

  private static func baseName(_ component: String) -> String {
    String(DebugInfo.baseName(component.utf8)) ?? component
  }
}

/// The components of a qualified name, without spaces.
private func qualifiedComponents(_ name: String, language: SourceLanguage) -> [String] {
  switch language {
  case .c: [name]
  case .rust:
    // `drop::<i32>`, as symbols have it, is `drop<i32>`, as entries do.
    layoutComponents(name.replacing("::<", with: "<"))
  case .swift: name.split(separator: ".").map(String.init)
  default: layoutComponents(name)
  }
}

private func layoutComponents(_ name: String) -> [String] {
  NameLayout(name).components.map { compact(name.utf8[$0]) }
}

/// `text` with only those spaces that separate words.
private func compact(_ text: some Collection<UInt8>) -> String {
  var result: [UInt8] = []
  var isPending = false
  for byte in text {
    if byte == UInt8(ascii: " ") {
      isPending = true
      continue
    }
    if isPending, let last = result.last, isWordByte(last), isWordByte(byte) { result.append(UInt8(ascii: " ")) }
    isPending = false
    result.append(byte)
  }
  return String(decoding: result, as: UTF8.self).replacingAnonymous
}

extension String {
  fileprivate var replacingAnonymous: String {
    self == "(anonymous namespace)" ? "(anonymousnamespace)" : self
  }
}

/// A parameter list without spaces, in the demangler's way of writing types: `const char *` is `char const*`.
private func normalizedParameters(_ list: String, _ resolve: (String) -> String? = { _ in nil }) -> String {
  guard let close = list.lastIndex(of: ")"), list.hasPrefix("(") else { return list }
  var parameters: [String] = []
  var depth = 0
  var current = ""
  for character in list[list.index(after: list.startIndex)..<close] {
    if "(<[".contains(character) { depth += 1 }
    if ")>]".contains(character) { depth -= 1 }
    if character == ",", depth == 0 {
      parameters.append(current)
      current = ""
    } else {
      current.append(character)
    }
  }
  if !current.isEmpty, !(parameters.isEmpty && current == "void") { parameters.append(current) }
  return "(" + parameters.map { normalizedType($0, resolve) }.joined(separator: ",") + ")"
    + list[list.index(after: close)...]
}

private func normalizedType(_ type: String, _ resolve: (String) -> String?) -> String {
  let string = "std::__cxx11::basic_string<char,std::char_traits<char>,std::allocator<char>>"
  let isConstant = type.hasPrefix("const ")
  let rest = isConstant ? type.dropFirst("const ".count) : type[...]
  let end = rest.firstIndex { "*&".contains($0) } ?? rest.endIndex
  let stated = String(rest[..<end])
  let base = resolve(stated) ?? stated.replacing("std::string", with: string)
  return compact((shortIntegerName(base) + (isConstant ? " const" : "") + rest[end...]).utf8)
}
