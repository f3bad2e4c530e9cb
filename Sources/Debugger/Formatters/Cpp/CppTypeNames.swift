import DebugInfo

/// Types of the C++ library as summaries name them.
enum CppTypeNames {
  /// As the type is recorded, but for namespaces that tell versions of libc++ apart.
  static func full(_ type: DataType) -> String {
    var text = TypePrinter(language: .cpp).name(type)
    for version in ["std::__1::", "std::__ndk1::"] {
      while let range = text.firstRange(of: version) { text.replaceSubrange(range, with: "std::") }
    }
    return text
  }

  /// As people write it: `std::string`, and containers without the arguments that they have by default. Other types'
  /// arguments stay as they are, and so do views and adapters, as gdb leaves them.
  static func short(_ type: DataType, depth: Int = 0) -> String {
    guard type.kind == .aggregate(.class) || type.kind == .aggregate(.structure), depth < 8,
      let family = TypeFamily(type)
    else { return full(type) }
    let arguments = type.templateArguments.compactMap(\.type)
    if family.name == "std::basic_string", arguments.count == 3, isDefault(arguments.dropFirst()),
      let character = arguments[0].name, let name = strings[character]
    {
      return name
    }
    guard let count = leadingArguments[family.name], arguments.count > count, isDefault(arguments.dropFirst(count))
    else { return full(type) }
    // Checking containers keep their namespace.
    let name = family.displayName.contains("::__debug::") ? family.displayName : family.name
    return name + "<" + arguments.prefix(count).map { short($0, depth: depth + 1) }.joined(separator: ", ") + ">"
  }

  private static let strings = [
    "char": "std::string", "wchar_t": "std::wstring", "char8_t": "std::u8string", "char16_t": "std::u16string",
    "char32_t": "std::u32string",
  ]

  /// How many arguments have no default.
  private static let leadingArguments = [
    "std::unique_ptr": 1, "std::deque": 1, "std::forward_list": 1, "std::list": 1, "std::vector": 1, "std::map": 2,
    "std::multimap": 2, "std::set": 1, "std::multiset": 1, "std::unordered_map": 2, "std::unordered_multimap": 2,
    "std::unordered_set": 1, "std::unordered_multiset": 1,
  ]

  private static let defaults: Set = [
    "std::allocator", "std::less", "std::hash", "std::equal_to", "std::default_delete", "std::char_traits",
  ]
  private static func isDefault(_ arguments: ArraySlice<DataType>) -> Bool {
    arguments.allSatisfy { TypeFamily($0).map { defaults.contains($0.name) } ?? false }
  }
}
