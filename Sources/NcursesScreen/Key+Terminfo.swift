import TerminalInterface

extension Key.Modifiers {
  /// From the number in xterm's sequences: 1, and 1 for shift, 2 for alt, 4 for ctrl.
  init(xterm number: Int) {
    self.init(rawValue: UInt8(max(0, number - 1) & 7))
  }
}

extension Key {
  /// From ncurses' name of a key, as `KEY_UP`, `KEY_F(5)`, or `kLFT5` for keys with modifiers (user_caps(5)).
  init?(capability name: String) {
    if let code = Self.named[name] {
      self.init(code.code, code.modifiers)
    } else if name.hasPrefix("KEY_F("), let number = Int(name.dropFirst(6).dropLast()), number > 0 {
      self.init(functionKey: number)
    } else if let last = name.last?.wholeNumberValue, let code = Self.extended[String(name.dropLast())] {
      self.init(code, Modifiers(xterm: last))
    } else {
      return nil
    }
  }

  /// Terminfo numbers F1 with shift as F13, with ctrl as F25, with both as F37, with alt as F49, in xterm's entries.
  private init?(functionKey number: Int) {
    let held: [Modifiers] = [[], .shift, .control, [.control, .shift], .alt, [.alt, .shift]]
    let (bank, index) = (number - 1).quotientAndRemainder(dividingBy: 12)
    guard bank < held.count else { return nil }
    self.init(.function(index + 1), held[bank])
  }

  /// From the end of a control sequence and its first number.
  init?(final: Unicode.Scalar, number: Int, _ modifiers: Modifiers) {
    if final == "~", let code = Self.numbered[number] {
      self.init(code, modifiers)
    } else if final == "u", let scalar = Unicode.Scalar(UInt32(clamping: number)) {
      self.init(character: scalar, modifiers)
    } else if final == "Z" {
      self.init(.tab, modifiers.union(.shift))
    } else if let code = Self.lettered[final] {
      self.init(code, modifiers)
    } else {
      return nil
    }
  }

  /// The form `ESC [ code ; modifiers u`.
  private init?(character: Unicode.Scalar, _ modifiers: Modifiers) {
    switch character.value {
    case 0x0d: self.init(.enter, modifiers)
    case 0x09: self.init(.tab, modifiers)
    case 0x1b: self.init(.escape, modifiers)
    case 0x7f: self.init(.backspace, modifiers)
    case 0x20..<0x7f: self.init(.character(Character(character)), modifiers)
    default: return nil
    }
  }

  private static let named: [String: (code: Code, modifiers: Modifiers)] = [
    "KEY_UP": (.up, []), "KEY_DOWN": (.down, []), "KEY_LEFT": (.left, []), "KEY_RIGHT": (.right, []),
    "KEY_HOME": (.home, []), "KEY_END": (.end, []), "KEY_FIND": (.home, []), "KEY_SELECT": (.end, []),
    "KEY_A1": (.home, []), "KEY_C1": (.end, []), "KEY_A3": (.pageUp, []), "KEY_C3": (.pageDown, []),
    "KEY_NPAGE": (.pageDown, []), "KEY_PPAGE": (.pageUp, []), "KEY_IC": (.insert, []), "KEY_DC": (.delete, []),
    "KEY_BACKSPACE": (.backspace, []), "KEY_ENTER": (.enter, []), "KEY_BTAB": (.tab, .shift),
    "KEY_SR": (.up, .shift), "KEY_SF": (.down, .shift), "KEY_SLEFT": (.left, .shift), "KEY_SRIGHT": (.right, .shift),
    "KEY_SHOME": (.home, .shift), "KEY_SEND": (.end, .shift), "KEY_SNEXT": (.pageDown, .shift),
    "KEY_SPREVIOUS": (.pageUp, .shift), "KEY_SDC": (.delete, .shift), "KEY_SIC": (.insert, .shift),
  ]

  private static let extended: [String: Code] = [
    "kUP": .up, "kDN": .down, "kLFT": .left, "kRIT": .right, "kHOM": .home, "kEND": .end, "kNXT": .pageDown,
    "kPRV": .pageUp, "kIC": .insert, "kDC": .delete,
  ]

  private static let numbered: [Int: Code] = [
    1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5), 17: .function(6),
    18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10), 23: .function(11), 24: .function(12),
  ]

  private static let lettered: [Unicode.Scalar: Code] = [
    "A": .up, "B": .down, "C": .right, "D": .left, "H": .home, "F": .end, "M": .enter,
    "P": .function(1), "Q": .function(2), "R": .function(3), "S": .function(4),
  ]
}
