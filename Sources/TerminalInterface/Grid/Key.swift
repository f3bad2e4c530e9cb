/// A key as pressed, with what was held. Terminals can't tell all combinations apart, so equal input makes equal
/// keys: a capital letter carries no shift, ctrl-i is tab, ctrl-m enter, ctrl-[ escape, ctrl-h backspace.
package struct Key: Sendable, Hashable {
  /// Which key.
  package enum Code: Sendable, Hashable {
    case character(Character)
    case enter, tab, escape, backspace, delete, insert
    case up, down, left, right
    case home, end, pageUp, pageDown
    /// F1 and on.
    case function(Int)
  }

  /// Keys held beside it.
  package struct Modifiers: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    package static let shift = Modifiers(rawValue: 1)
    package static let alt = Modifiers(rawValue: 2)
    package static let control = Modifiers(rawValue: 4)
  }

  package let code: Code
  package let modifiers: Modifiers

  package init(_ code: Code, _ modifiers: Modifiers = []) {
    guard case .character(var character) = code else {
      self.code = code
      self.modifiers = modifiers
      return
    }
    var modifiers = modifiers
    if modifiers.contains(.control), let lower = character.lowercased().first {
      // Terminals send the same byte for ctrl-a and ctrl-A.
      character = lower
      modifiers.remove(.shift)
      if let same = Self.sameByte[lower] {
        self.code = same
        self.modifiers = modifiers.subtracting(.control)
        return
      }
    } else if modifiers.contains(.shift) {
      let upper = character.uppercased()
      if upper.count == 1, let only = upper.first { character = only }
      modifiers.remove(.shift)
    }
    self.code = .character(character)
    self.modifiers = modifiers
  }

  /// An unmodified character key.
  package init(_ character: Character) {
    self.init(.character(character))
  }

  private static let sameByte: [Character: Code] = ["i": .tab, "m": .enter, "[": .escape, "h": .backspace]
}
