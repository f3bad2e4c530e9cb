import CDemangle
import Glibc

/// Linkers' names, turned back into what their programmers wrote.
enum Demangler {
  /// The longest name that is worth it: the demanglers' cost and stack grow with it.
  private static let limit = 8192

  /// nil where `name` is not mangled, or no mangling that is known.
  static func demangle(_ name: String) -> DemangledName? {
    guard name.utf8.count <= limit else { return nil }
    // The stub of a linkage table goes by its function's name.
    // So does one of a version of its library (`_ZTIi@CXXABI_1.3`).
    if let suffix = name.utf8.firstIndex(of: UInt8(ascii: "@")), suffix > name.startIndex {
      return demangle(String(name[..<suffix]))?.appending(String(name[suffix...]))
    }
    if name.hasPrefix("_Z") {
      guard let text = text(sdb_demangle_cpp(name)) else { return nil }
      // _ZT…, _ZG…: tables, thunks and guards, whose text is a phrase with spaces.
      let isSpecial = name.hasPrefix("_ZT") || name.hasPrefix("_ZG")
      return DemangledName(cpp: RustLegacyName(text)?.text ?? text, isSpecial: isSpecial)
    }
    if name.hasPrefix("_R") { return RustDemangler.demangle(name).map(DemangledName.init(rust:)) }
    if name.hasPrefix("$s") || name.hasPrefix("$S") || name.hasPrefix("_T0") || name.hasPrefix("_$s") {
      // What the demangler does not understand it gives back.
      guard let text = text(sdb_demangle_swift(name)), text != name else { return nil }
      return DemangledName(swift: text)
    }
    return nil
  }

  private static func text(_ raw: UnsafeMutablePointer<CChar>?) -> String? {
    guard let raw else { return nil }
    defer { free(raw) }
    return String(cString: raw)
  }
}

/// A demangled name, without a return type.
struct DemangledName: Equatable {
  /// With parameters.
  let full: String
  /// Without them.
  let qualified: String

  /// `isSpecial`: `text` is a phrase (`vtable for X`), not a declaration.
  init(cpp text: String, isSpecial: Bool = false) {
    guard !isSpecial else {
      full = text
      qualified = text
      return
    }
    let layout = NameLayout(text)
    full = String(text.utf8[layout.nameStart...]) ?? text
    qualified = layout.parameters.flatMap { String(text.utf8[layout.nameStart..<$0.lowerBound]) } ?? full
  }

  func appending(_ suffix: String) -> DemangledName {
    DemangledName(full: full + suffix, qualified: qualified + suffix)
  }

  private init(full: String, qualified: String) {
    self.full = full
    self.qualified = qualified
  }

  /// Rust's: `module::function::<Type>`.
  init(rust text: String) {
    full = text
    qualified = text
  }

  /// Swift's: `module.Type.method<A>(label: Type) -> Result`.
  init(swift text: String) {
    full = text
    // By bytes: libraries have tens of thousands of these.
    var name = text.utf8[...]
    for prefix in ["static ", "class ", "dispatch thunk of "] where name.starts(with: prefix.utf8) {
      name = name.dropFirst(prefix.utf8.count)
    }
    if name.starts(with: "(extension in ".utf8), let end = Self.firstIndex(of: "):", in: name) {
      name = name[end...].dropFirst(2)
    }
    let end = name.indices.first { index in
      switch name[index] {
      case UInt8(ascii: "("), UInt8(ascii: "<"): true
      case UInt8(ascii: " "): name[index...].starts(with: " : ".utf8)
      default: false
      }
    }
    name = name[..<(end ?? name.endIndex)]
    // A closure's name is a phrase: `closure #1 () -> () in module.function`.
    qualified = name.isEmpty || name.contains(UInt8(ascii: " ")) ? text : String(Substring(name))
  }

  private static func firstIndex(of part: String, in text: Substring.UTF8View) -> String.Index? {
    text.indices.first { text[$0...].starts(with: part.utf8) }
  }
}

/// Where the parts of a C++ name stand: it may hold parentheses and angle brackets at any depth, operators made of
/// them, and, of a template, its return type before it.
struct NameLayout {
  /// Past the return type, if there is one.
  private(set) var nameStart: String.Index
  /// The parameter list, from its `(` to past its `)`; nil where it has none.
  private(set) var parameters: Range<String.Index>?
  /// The `::`-separated components of the name, without the parameters.
  private(set) var components: [Range<String.Index>] = []

  /// Of operators that do not begin with an angle: one after them begins template arguments.
  private static let operatorCharacters = Set("+-*/%^&|~!=,".utf8)

  init(_ text: String) {
    let bytes = text.utf8
    nameStart = bytes.startIndex
    var groups: [Range<String.Index>] = []
    var spaces: [String.Index] = []
    var colons: [String.Index] = []
    var operatorName: String.Index?
    var depth = 0
    var groupStart = bytes.startIndex
    var previous: UInt8 = 0
    var at = bytes.startIndex
    while at < bytes.endIndex {
      let byte = bytes[at]
      var next = bytes.index(after: at)
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: "<"), UInt8(ascii: "["), UInt8(ascii: "{"):
        if depth == 0 { groupStart = at }
        depth += 1
      case UInt8(ascii: ">") where previous == UInt8(ascii: "-"): break
      case UInt8(ascii: ")"), UInt8(ascii: ">"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth = max(0, depth - 1)
        if depth == 0, byte == UInt8(ascii: ")"), bytes[groupStart] == UInt8(ascii: "(") {
          groups.append(groupStart..<next)
        }
      case UInt8(ascii: " ") where depth == 0: spaces.append(at)
      case UInt8(ascii: ":") where depth == 0 && previous == UInt8(ascii: ":"): colons.append(next)
      case UInt8(ascii: "o") where depth == 0 && !isWordByte(previous) && bytes[at...].starts(with: "operator".utf8):
        let end = bytes.index(at, offsetBy: 8)
        guard end == bytes.endIndex || !isWordByte(bytes[end]) else { break }
        operatorName = at
        next = Self.endOfOperator(bytes[end...])
      default: break
      }
      previous = bytes[bytes.index(before: next)]
      at = next
    }
    parameters = groups.last { group in
      let isAnonymous = bytes[group].elementsEqual("(anonymous namespace)".utf8)
      return !isAnonymous && group.lowerBound > bytes.startIndex && !bytes[group.upperBound...].starts(with: "::".utf8)
    }
    let nameEnd = parameters?.lowerBound ?? bytes.endIndex
    // A conversion's own name holds a space (`operator unsigned int`): the return type ends before the operator.
    let typeEnd = operatorName.map { min($0, nameEnd) } ?? nameEnd
    if let space = spaces.last(where: { $0 < typeEnd }), parameters != nil { nameStart = bytes.index(after: space) }
    var start = nameStart
    for colon in colons where colon > nameStart && colon <= nameEnd {
      let end = bytes.index(colon, offsetBy: -2)
      // Of `:::`, two colons part.
      guard end >= start else { continue }
      components.append(start..<end)
      start = colon
    }
    components.append(start..<max(start, nameEnd))
  }

  /// Past the symbol after the word `operator`: `()`, `[]`, `<<=`; nothing for `new`, `int` and other words.
  private static func endOfOperator(_ rest: Substring.UTF8View) -> String.Index {
    if rest.starts(with: "()".utf8) || rest.starts(with: "[]".utf8) { return rest.index(rest.startIndex, offsetBy: 2) }
    // The longest: template arguments may follow at once.
    let symbols = ["<=>", "<<=", ">>=", "->*", "<<", ">>", "<=", ">=", "->"]
    if let symbol = symbols.first(where: { rest.starts(with: $0.utf8) }) {
      return rest.index(rest.startIndex, offsetBy: symbol.utf8.count)
    }
    if let first = rest.first, "<>".utf8.contains(first) { return rest.index(after: rest.startIndex) }
    return rest.firstIndex { !operatorCharacters.contains($0) } ?? rest.endIndex
  }
}

func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "$"), 0x80...:
    true
  default: false
  }
}

/// Rust's names before its own mangling came: C++'s, with a hash as last component, and `$LT$` for `<`.
struct RustLegacyName {
  let text: String

  /// nil where `name` (demangled as C++) has no such hash.
  init?(_ name: String) {
    guard let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")) else { return nil }
    let hash = name.utf8[name.utf8.index(after: colon)...]
    guard hash.count == 17, hash.first == UInt8(ascii: "h"), hash.dropFirst().allSatisfy(isHexadecimal) else {
      return nil
    }
    var text = String(name[..<name.utf8.index(before: colon)])
    let escapes = [
      ("$LT$", "<"), ("$GT$", ">"), ("$LP$", "("), ("$RP$", ")"), ("$C$", ","), ("$RF$", "&"), ("$BP$", "*"),
      ("$SP$", "@"), ("$u20$", " "), ("$u7b$", "{"), ("$u7d$", "}"), ("$u5b$", "["), ("$u5d$", "]"), ("$u3b$", ";"),
      ("$u2b$", "+"), ("$u27$", "'"), ("..", "::"),
    ]
    for (escape, plain) in escapes { text = replacing(escape, in: text, with: plain) }
    // A component may not begin with an escape: an underscore stands before it.
    text = replacing("::_<", in: text, with: "::<")
    self.text = text.hasPrefix("_<") ? String(text.dropFirst()) : text
  }
}

private func isHexadecimal(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
}

private func replacing(_ part: String, in text: String, with other: String) -> String {
  guard text.contains(part) else { return text }
  var result = ""
  var rest = Substring(text)
  while let found = rest.firstRange(of: part) {
    result += rest[..<found.lowerBound] + other
    rest = rest[found.upperBound...]
  }
  return result + rest
}
