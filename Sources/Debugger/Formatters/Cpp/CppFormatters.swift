import DebugInfo
import MachineModel

/// Types of the C++ library by their families. Each formatter knows libstdc++'s layout and libc++'s, and says of both
/// what the printers that come with libstdc++ say in gdb.
enum CppFormatters {
  static let table: [String: Formatter] = [strings, sequences, adapters, lists, maps, wrappers, pointers, iterators]
    .reduce(into: [:]) { table, part in table.merge(part) { _, last in last } }

  /// More elements than fit into memory.
  static let countLimit: UInt64 = 1 << 46

  /// libc++ keeps a member together with an allocator or such: in a pair until version 18, then side by side.
  static func uncompressed(_ value: Value) -> Value {
    value.type.stripped.isAggregate ? value.member(named: "__value_") ?? value : value
  }
}
