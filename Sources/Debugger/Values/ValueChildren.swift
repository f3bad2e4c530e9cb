import DebugInfo

/// What opening a value in a tree shows: base classes and members, elements, what a pointer points to.
extension Value {
  package struct Child {
    package let name: String
    package let value: Value
  }
  /// How many children it has; reads no memory.
  package func childCount() -> Int { 0 }
  /// Those of them from `first` on, at most `count`.
  package func children(from first: Int = 0, count: Int) -> [Child] { [] }
}
