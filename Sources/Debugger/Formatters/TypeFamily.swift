package import DebugInfo

/// A type's name as formatters know it.
package struct TypeFamily: Hashable, Sendable {
  /// Without template arguments and without the inline namespaces that only tell versions of a library apart:
  /// `std::vector` of `std::__1::vector<int, std::allocator<int>>`. What formatters are chosen by.
  package let name: String
  /// As summaries write it: with the namespaces that libstdc++'s printers leave in (`std::__cxx11::list`).
  package let displayName: String

  /// nil for a type without a name.
  package init?(_ type: DataType) {
    guard let name = type.name else { return nil }
    self.init(name)
  }

  package init(_ fullName: String) {
    var plain = Self.withoutArguments(fullName)
    if plain.hasPrefix("std::experimental::") { plain = Self.removing(Self.experiments, from: plain) }
    displayName = plain.contains("::_") ? Self.removing(Self.versions, from: plain) : plain
    name = displayName.contains("::_") ? Self.removing(Self.variants, from: displayName) : displayName
  }

  /// Namespaces of libc++ (Apple's and Debian's, Android's, Chromium's) and of libstdc++ as built with versions.
  private static let versions = ["__1", "__ndk1", "__Cr", "__2", "__8"]
  /// Namespaces of the technical specifications' editions.
  private static let experiments = ["fundamentals_v1", "fundamentals_v2", "v1"]
  /// Namespaces of libstdc++ that hold another sort of the same thing: its new strings, its checking containers.
  private static let variants = ["__cxx11", "__cxx1998", "__debug", "_V2"]

  /// Cuts the last component's template arguments: `a<b>::c<d>` becomes `a<b>::c`.
  private static func withoutArguments(_ name: String) -> String {
    let units = name.utf8
    guard units.last == UInt8(ascii: ">") else { return name }
    var depth = 0
    var index = units.endIndex
    while index > units.startIndex {
      index = units.index(before: index)
      switch units[index] {
      case UInt8(ascii: ">"): depth += 1
      case UInt8(ascii: "<"):
        depth -= 1
        if depth == 0 { return String(name[..<index]) }
      default: break
      }
    }
    return name
  }

  private static func removing(_ namespaces: [String], from name: String) -> String {
    var parts = name.split(separator: ":", omittingEmptySubsequences: true).map(String.init)
    guard parts.count > 2, !name.contains("<") else { return name }
    parts.removeAll(where: namespaces.contains)
    return parts.joined(separator: "::")
  }
}
