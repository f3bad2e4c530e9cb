/// The short names that libstdc++ gives its types in gdb, by the scripts that come with it: `std::string`, and containers
/// without the arguments that they have by default. The rules are those of libstdc++'s type printers.
final class LibraryTypeNames {
  /// What a typedef of the program's stands for, by its qualified name; nil where there is none.
  private let meaning: (String) -> String?
  /// By whole names without blanks; nil for those that have none.
  private var known: [String: String?] = [:]
  /// How deep arguments are shortened.
  private static let depthLimit = 16

  init(meaning: @escaping (String) -> String?) { self.meaning = meaning }

  /// nil for a type that goes by its whole name. Costs a look-up of a typedef or a few for a new name.
  func short(_ full: String) -> String? { short(full, depth: 0) }

  private func short(_ full: String, depth: Int) -> String? {
    guard full.hasPrefix("std::"), depth < Self.depthLimit, let (template, arguments) = Self.parts(of: full) else {
      return nil
    }
    let key = full.filter { $0 != " " }
    if let answer = known[key] { return answer }
    let answer = typedef(of: template, key) ?? withoutDefaults(template, arguments, depth: depth)
    known[key] = .some(answer)
    return answer
  }

  // MARK: Typedefs

  private func typedef(of template: String, _ key: String) -> String? {
    guard let names = Self.typedefs[Self.unversioned(template)] else { return nil }
    let scopes = template.hasPrefix("std::__cxx11::") ? ["std::", "std::__cxx11::"] : ["std::"]
    for name in names where scopes.contains(where: { meaning($0 + name)?.filter { $0 != " " } == key }) {
      return "std::" + name
    }
    return nil
  }

  /// By templates: the typedefs that may stand for an instance.
  private static let typedefs: [String: [String]] = {
    var names: [String: [String]] = [
      "std::fpos": ["streampos"],
      "std::linear_congruential_engine": ["minstd_rand", "minstd_rand0"],
      "std::mersenne_twister_engine": ["mt19937_64", "mt19937"],
      "std::subtract_with_carry_engine": ["ranlux48_base", "ranlux24_base"],
      "std::discard_block_engine": ["ranlux48", "ranlux24"],
      "std::shuffle_order_engine": ["knuth_b"],
    ]
    for name in ["string", "string_view"] {
      names["std::basic_" + name] = ["", "w", "u8", "u16", "u32"].map { $0 + name }
    }
    let streams = [
      "ios", "streambuf", "istream", "ostream", "iostream", "filebuf", "ifstream", "ofstream", "fstream", "stringbuf",
      "istringstream", "ostringstream", "stringstream", "regex",
    ]
    for name in streams { names["std::basic_" + name] = [name, "w" + name] }
    let matches = [
      ("match_results", "match"), ("sub_match", "sub_match"), ("regex_iterator", "regex_iterator"),
      ("regex_token_iterator", "regex_token_iterator"),
    ]
    for (template, name) in matches { names["std::" + template] = ["c", "s", "wc", "ws"].map { $0 + name } }
    return names
  }()

  // MARK: Default arguments

  /// Nil unless all arguments that have defaults are these.
  private func withoutDefaults(_ template: String, _ arguments: [String], depth: Int) -> String? {
    let name = Self.unversioned(template)
    let family = name.hasPrefix("std::__debug::") ? "std::" + name.dropFirst("std::__debug::".count) : name
    guard let (leading, defaults) = Self.defaults[family], arguments.count > leading,
      arguments.count <= leading + defaults.count
    else { return nil }
    for (argument, pattern) in zip(arguments.dropFirst(leading), defaults) {
      let expected = arguments.prefix(leading).enumerated().reduce(pattern) { text, part in
        text.replacing("{\(part.offset)}", with: part.element)
      }
      guard expected.filter({ $0 != " " }) == argument.filter({ $0 != " " }) else { return nil }
    }
    return name + "<" + arguments.prefix(leading).map { displayed($0, depth: depth + 1) }.joined(separator: ", ") + ">"
  }

  /// By templates: how many arguments have no default, and what the others are, `{0}` being the first argument.
  private static let defaults: [String: (leading: Int, defaults: [String])] = {
    let element = "std::allocator<{0}>"
    let pair = "std::allocator<std::pair<{0} const, {1}>>"
    let order = "std::less<{0}>"
    let hash = ["std::hash<{0}>", "std::equal_to<{0}>"]
    var families: [String: (Int, [String])] = ["unique_ptr": (1, ["std::default_delete<{0}>"])]
    for name in ["deque", "forward_list", "list", "vector"] { families[name] = (1, [element]) }
    for name in ["map", "multimap"] { families[name] = (2, [order, pair]) }
    for name in ["set", "multiset"] { families[name] = (1, [order, element]) }
    for name in ["unordered_map", "unordered_multimap"] { families[name] = (2, hash + [pair]) }
    for name in ["unordered_set", "unordered_multiset"] { families[name] = (1, hash + [element]) }
    return Dictionary(uniqueKeysWithValues: families.map { ("std::" + $0.key, $0.value) })
  }()

  /// An argument as the scripts write it: `const char*` for `char const*`, `int (int)*` for a pointer to a function.
  private func displayed(_ argument: String, depth: Int) -> String {
    guard depth < Self.depthLimit else { return argument }
    func behind(_ mark: String, _ shown: String) -> String? {
      guard argument.hasSuffix(mark) else { return nil }
      let target = argument.dropLast(mark.count)
      return target.hasSuffix(":") ? nil : displayed(String(target), depth: depth + 1) + shown
    }
    if let text = behind("&&", "&&") ?? behind("&", "&") ?? behind("* const", "*") ?? behind("*", "*") { return text }
    if argument.hasSuffix("]"), let open = argument.lastIndex(of: "["), argument[..<open].last == " " {
      return displayed(String(argument[..<open].dropLast()), depth: depth + 1) + argument[open...]
    }
    if argument.hasSuffix(")"), let pointer = argument.firstRange(of: "(*)") {
      return argument[..<pointer.lowerBound] + argument[pointer.upperBound...] + "*"
    }
    guard argument.hasSuffix(" const") else { return short(argument, depth: depth) ?? argument }
    let constant = String(argument.dropLast(" const".count))
    let isContainer = Self.parts(of: constant).map { Self.defaults[Self.unversioned($0.template)] != nil } ?? false
    return isContainer ? displayed(constant, depth: depth + 1) : "const " + constant
  }

  // MARK: Names

  /// Without the inline namespace that tells versions of strings and lists apart.
  private static func unversioned(_ template: String) -> String {
    template.hasPrefix("std::__cxx11::") ? "std::" + template.dropFirst("std::__cxx11::".count) : template
  }

  /// The template and the arguments of a name that ends with them.
  private static func parts(of full: String) -> (template: String, arguments: [String])? {
    let text = full.utf8
    guard text.last == UInt8(ascii: ">"), let open = text.firstIndex(of: UInt8(ascii: "<")) else { return nil }
    var arguments: [String] = []
    var start = text.index(after: open)
    var level = 0
    func take(to end: String.Index) {
      let blank = UInt8(ascii: " ")
      let argument = text[start..<end].drop { $0 == blank }.reversed().drop { $0 == blank }.reversed()
      arguments.append(String(decoding: argument, as: UTF8.self))
    }
    var at = start
    while at < text.endIndex {
      switch text[at] {
      case UInt8(ascii: "<"), UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): level += 1
      case UInt8(ascii: ">") where level == 0:
        take(to: at)
        return text.index(after: at) == text.endIndex ? (String(full[..<open]), arguments) : nil
      case UInt8(ascii: ">"), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): level -= 1
      case UInt8(ascii: ",") where level == 0:
        take(to: at)
        start = text.index(after: at)
      default: break
      }
      at = text.index(after: at)
    }
    return nil
  }
}
