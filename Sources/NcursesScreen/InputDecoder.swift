import TerminalInterface

/// Makes events of what ncurses reads. Input that is there at once belongs together: an escape with a letter behind
/// it is alt and the letter, an escape alone is the key.
struct InputDecoder {
  /// Text of a paste that has begun.
  private var pasted: String.UnicodeScalarView?
  /// What is left of the batch.
  private var input: ArraySlice<RawInput> = []

  /// More than this of one paste is dropped: it has to fit into a command or a program's input.
  private static let longestPaste = 1 << 20

  /// The events of all that could be read without waiting.
  mutating func decode(_ batch: [RawInput]) -> [InputEvent] {
    input = batch[...]
    var events: [InputEvent] = []
    while let next = input.popFirst() {
      if let event = event(for: next) { events.append(event) }
    }
    return events
  }

  private mutating func event(for next: RawInput) -> InputEvent? {
    if pasted != nil { return paste(next) }
    switch next {
    case .pasteStart:
      pasted = .init()
      return nil
    case .pasteEnd: return nil
    case .mouse: return mouse()
    case .named(let name): return Key(capability: name).map(InputEvent.key)
    case .character("\u{1b}"): return afterEscape()
    case .character(let scalar): return .key(character(beginningWith: scalar, []))
    }
  }

  private mutating func paste(_ next: RawInput) -> InputEvent? {
    switch next {
    case .character(let scalar):
      if (pasted?.count ?? 0) < Self.longestPaste { pasted?.append(scalar == "\r" ? "\n" : scalar) }
      return nil
    case .pasteEnd:
      defer { pasted = nil }
      return pasted.map { .paste(String($0)) }
    case .named, .pasteStart, .mouse: return nil
    }
  }

  // MARK: Keys

  private mutating func afterEscape() -> InputEvent? {
    switch input.first {
    case .character(let scalar) where (scalar == "[" || scalar == "O") && input.count > 1:
      input.removeFirst()
      return controlSequence()
    case .character(let scalar):
      input.removeFirst()
      if scalar == "\u{1b}" { return .key(Key(.escape, .alt)) }
      return .key(character(beginningWith: scalar, .alt))
    case .named(let name):
      input.removeFirst()
      return Key(capability: name).map { .key(Key($0.code, $0.modifiers.union(.alt))) }
    case .pasteStart, .pasteEnd, .mouse, nil: return .key(Key(.escape))
    }
  }

  /// A sequence that terminfo does not have, in xterm's form: `ESC [ 1 ; 5 C` for ctrl-right, `ESC [ 15 ; 2 ~` for
  /// shift-F5. What is not known gives no event, and none of its characters does.
  private mutating func controlSequence() -> InputEvent? {
    var numbers = [0]
    while case .character(let scalar)? = input.first {
      input.removeFirst()
      switch scalar {
      case "0"..."9":
        let digit = Int(scalar.value) - 0x30
        numbers[numbers.count - 1] = min(9999, numbers[numbers.count - 1] * 10 + digit)
      case ";": if numbers.count < 4 { numbers.append(0) }
      case "@"..."~":
        let modifiers = Key.Modifiers(xterm: numbers.count > 1 ? numbers[1] : 1)
        return Key(final: scalar, number: numbers[0], modifiers).map(InputEvent.key)
      default: break
      }
    }
    return nil
  }

  private mutating func character(beginningWith scalar: Unicode.Scalar, _ modifiers: Key.Modifiers) -> Key {
    switch scalar.value {
    case 0x0d, 0x0a: return Key(.enter, modifiers)
    case 0x09: return Key(.tab, modifiers)
    case 0x7f, 0x08: return Key(.backspace, modifiers)
    case 0x1b: return Key(.escape, modifiers)
    case 0: return Key(.character(" "), modifiers.union(.control))
    case 1..<0x20:
      let letter = Unicode.Scalar(UInt8(scalar.value) + 0x40)
      return Key(.character(Character(letter)), modifiers.union(.control))
    default: break
    }
    // An input method may send a character in several scalars.
    var text = String(scalar)
    while case .character(let mark)? = input.first, mark.value >= 0x300, (text + String(mark)).count == 1 {
      text.unicodeScalars.append(mark)
      input.removeFirst()
    }
    return Key(.character(Character(text)), modifiers)
  }

  // MARK: Mouse

  /// `button ; column ; row M`, or `m` when released (xterm's control sequences, "SGR mouse").
  private mutating func mouse() -> InputEvent? {
    var numbers = [0]
    while case .character(let scalar)? = input.first {
      input.removeFirst()
      switch scalar {
      case "0"..."9":
        let digit = Int(scalar.value) - 0x30
        numbers[numbers.count - 1] = min(99999, numbers[numbers.count - 1] * 10 + digit)
      case ";": numbers.append(0)
      case "M", "m":
        guard numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return nil }
        return MouseEvent(code: numbers[0], isRelease: scalar == "m", row: numbers[2] - 1, column: numbers[1] - 1)
          .map(InputEvent.mouse)
      default: return nil
      }
    }
    return nil
  }
}

extension MouseEvent {
  /// From the button code of xterm's reports: 0–2 the buttons, 64 and 65 the wheel; 4 shift, 8 alt, 16 ctrl, 32 moved.
  init?(code: Int, isRelease: Bool, row: Int, column: Int) {
    var modifiers: Key.Modifiers = []
    if code & 4 != 0 { modifiers.insert(.shift) }
    if code & 8 != 0 { modifiers.insert(.alt) }
    if code & 16 != 0 { modifiers.insert(.control) }
    let button: Button? =
      switch code & 0b1100_0011 {
      case 0: .left
      case 1: .middle
      case 2: .right
      default: nil
      }
    let kind: Kind
    switch (code & 0b1100_0011, button) {
    case (64, _): kind = .wheelUp
    case (65, _): kind = .wheelDown
    case (_, let button?): kind = isRelease ? .release(button) : code & 32 != 0 ? .drag(button) : .press(button)
    default: return nil
    }
    self.init(kind, at: GridPosition(row: row, column: column), modifiers: modifiers)
  }
}
