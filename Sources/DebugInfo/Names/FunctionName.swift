/// A function's names.
package struct FunctionName: Sendable, Hashable {
  /// Qualified, with template arguments, without parameters: `zoo::Counter<int>::add`.
  package let qualified: String
  /// With parameters where the language has overloads: `zoo::Counter<int>::add(int const&)`.
  package let full: String
  /// As the linker knows it, where that differs.
  package let linkage: String?
  package init(qualified: String, full: String, linkage: String?) {
    self.qualified = qualified
    self.full = full
    self.linkage = linkage
  }

  /// What a linker's name was in its source; nil where it is none that a compiler makes.
  package static func demangled(_ name: String) -> String? { Demangler.demangle(name)?.full }
}
