import Debugger

/// Variables as `info locals` and `bt full` write them.
enum VariableText {
  /// `name = value`.
  static func assignment(_ variable: VariableSnapshot, indent: Int) -> String {
    String(repeating: " ", count: indent) + escapedName(variable.name) + " = " + nested(variable)
  }

  /// A value as it stands within something else: without the type that `print` puts before a pointer or reference.
  static func nested(_ variable: VariableSnapshot) -> String {
    let value = variable.value
    guard value.first == "(" else { return value }
    var depth = 0
    for (index, character) in zip(value.indices, value) {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if depth == 0 {
        let rest = value[value.index(after: index)...]
        return rest.hasPrefix(" 0x") || rest.hasPrefix(" @0x") ? String(rest.dropFirst()) : value
      }
    }
    return value
  }
}
