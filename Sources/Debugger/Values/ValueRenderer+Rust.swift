import DebugInfo

/// Values of Rust, in its own notation.
extension ValueRenderer {
  /// False where the value is written as C's would be.
  mutating func renderRust(_ value: Value, _ type: DataType, depth: Int) -> Bool { false }
}
