import Debugger

extension LocalsTreeState {
  /// A row as an expression of its language: `player->scores[2]`.
  func expression(for path: TreePath) -> String {
    let chain = chain(to: path)
    guard var parent = chain.first else { return "" }
    var text = parent.name
    if case .place = path.origin, let address = parent.address { text = "{\(parent.type)} \(address)" }
    for child in chain.dropFirst() {
      if let type = parent.dynamicType {
        // The members shown are those of the class that it really has.
        text = "((\(type) \(Self.isPointer(parent) ? "*" : "&")) \(Self.operand(text)))"
      }
      switch child.name.first {
      case "*": text = "*\(Self.operand(text))"
      case "[" where child.name == "[raw]": continue
      case "[": text = Self.operand(text) + child.name
      case let first? where first.isLetter || first == "_":
        text = Self.operand(text) + (Self.isPointer(parent) ? "->" : ".") + child.name
      // What has no name of its own (an anonymous union) is passed over: its members are the parent's.
      default: continue
      }
      parent = child
    }
    return text
  }

  private static func isPointer(_ variable: VariableSnapshot) -> Bool {
    variable.type.hasSuffix("*") || variable.type.hasSuffix("*const")
  }

  /// In parentheses where an operator behind it would bind to a part of it only.
  private static func operand(_ text: String) -> String {
    var depth = 0
    for character in text.replacing("->", with: ".") {
      if character == "(" || character == "[" { depth += 1 }
      if character == ")" || character == "]" { depth -= 1 }
      let isPart = character.isLetter || character.isNumber || "_.:$)]".contains(character)
      if depth == 0, !isPart { return "(\(text))" }
    }
    return text
  }
}

extension ValueFormat.Letter {
  /// As menus and rows name it; nil for a value's own.
  var title: String? {
    switch self {
    case .natural: nil
    case .hexadecimal: "hexadecimal"
    case .decimal: "decimal"
    case .unsigned: "unsigned"
    case .octal: "octal"
    case .binary: "binary"
    case .address: "address"
    case .character: "character"
    case .float: "float"
    case .string: "string"
    case .instruction: "instruction"
    case .zeroPadded: "padded"
    case .raw: "raw"
    }
  }
}
