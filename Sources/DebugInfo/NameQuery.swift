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

  init(_ text: String) {
    self.text = text
    let trimmed = text.drop { $0 == " " }
    isAnchored = trimmed.hasPrefix("::")
    let name = String(isAnchored ? trimmed.dropFirst(2) : trimmed)
    let layout = NameLayout(name)
    components = layout.components.map { compact(name.utf8[$0]) }
    parameters = layout.parameters.map { normalizedParameters(compact(name.utf8[$0.lowerBound...])) }
  }

  /// What an index knows it by.
  var baseName: String { String(DebugInfo.baseName((components.last ?? "").utf8)) ?? "" }

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

  /// Of a component without spaces.
  private static func baseName(_ component: String) -> String {
    guard !component.hasPrefix("operator") else {
      // `operator<<<int>`: the arguments begin behind the operator's own characters.
      let start = component.utf8.index(component.startIndex, offsetBy: 8)
      let symbol = component.utf8[start...].prefix { "+-*/%^&|~!=<>,".utf8.contains($0) }
      guard component.hasSuffix(">"), symbol.last == UInt8(ascii: "<"), symbol.endIndex < component.endIndex else {
        return component
      }
      return String(component.utf8[..<component.utf8.index(before: symbol.endIndex)]) ?? component
    }
    return String(DebugInfo.baseName(component.utf8)) ?? component
  }
}

/// The components of a qualified name, without spaces.
private func qualifiedComponents(_ name: String, language: SourceLanguage) -> [String] {
  switch language {
  case .c: [name]
  case .swift: name.split(separator: ".").map(String.init)
  default: NameLayout(name).components.map { compact(name.utf8[$0]) }
  }
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

private func normalizedParameters(_ list: String) -> String {
  list.hasPrefix("(void)") ? "()" + list.dropFirst(6) : list
}
