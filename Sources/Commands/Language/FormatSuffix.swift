package import Debugger

/// `/NFU` after `x`, `print`, `display` and `output`: a count, a format letter, a unit size, each optional.
package struct FormatSuffix: Sendable, Equatable {
  package let count: Int?
  package let letter: ValueFormat.Letter?
  /// Bytes of a unit: 1, 2, 4 or 8.
  package let unitSize: Int?

  /// Reads the text between `/` and the blank. Letters may come in any order, as gdb takes them.
  package init(_ text: String) throws(CommandError) {
    var rest = text[...]
    let isNegative = rest.first == "-"
    if isNegative { rest = rest.dropFirst() }
    let digits = rest.prefix { ("0"..."9").contains($0) }
    var count: Int?
    if !digits.isEmpty {
      guard let value = Int(digits) else { throw CommandError("Numeric constant too large.") }
      count = isNegative ? -value : value
    }
    rest = rest.dropFirst(digits.count)
    var letter: ValueFormat.Letter?
    var unitSize: Int?
    for character in rest {
      switch character {
      case "b": unitSize = 1
      case "h": unitSize = 2
      case "w": unitSize = 4
      case "g": unitSize = 8
      default:
        guard let known = ValueFormat.Letter(rawValue: character), known != .natural else {
          throw CommandError("Undefined output format \"\(character)\".")
        }
        letter = known
      }
    }
    self.count = count
    self.letter = letter
    self.unitSize = unitSize
  }

  /// For a command that shows one value: a count or a size makes no sense there.
  package func valueFormat(for command: String) throws(CommandError) -> ValueFormat {
    if count != nil { throw CommandError("Item count other than 1 is meaningless in \"\(command)\" command.") }
    if unitSize != nil { throw CommandError("Size letters are meaningless in \"\(command)\" command.") }
    if letter == .instruction {
      throw CommandError("Format letter \"i\" is meaningless in \"\(command)\" command.")
    }
    return ValueFormat(letter ?? .natural)
  }
}

/// What `x` was last told, for what it is not told now. The rules are those of gdb's manual, "Examining Memory".
package struct ExamineDefaults: Sendable, Equatable {
  package private(set) var letter: ValueFormat.Letter = .hexadecimal
  package private(set) var unitSize = 4

  package init() {}

  /// The whole format for a suffix; it becomes what the next one starts from.
  package mutating func complete(_ suffix: FormatSuffix?) -> ValueFormat {
    // Instructions have no size: with one, numbers are meant.
    let chosen = suffix?.letter ?? (letter == .instruction && suffix?.unitSize != nil ? .hexadecimal : letter)
    let size: Int? =
      switch chosen {
      case .string, .instruction: suffix?.unitSize
      case .address: suffix?.unitSize ?? 8
      case .character: suffix?.unitSize ?? (suffix?.letter == nil ? unitSize : 1)
      case .float: suffix?.unitSize ?? (unitSize < 4 ? 8 : suffix?.letter == nil ? unitSize : 8)
      default: suffix?.unitSize ?? unitSize
      }
    letter = chosen
    if let size { unitSize = size } else if chosen == .string { unitSize = 1 }
    return ValueFormat(chosen, unitSize: size)
  }
}
