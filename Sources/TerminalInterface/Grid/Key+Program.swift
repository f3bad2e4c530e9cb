package import VirtualTerminal

extension Key {
  /// The same key for the program's terminal; a character of several scalars gives one key for each.
  package var forProgram: [TerminalKey] {
    switch code {
    case .character(let character): character.unicodeScalars.map(TerminalKey.character)
    case .enter: [.enter]
    case .tab: [.tab]
    case .escape: [.escape]
    case .backspace: [.backspace]
    case .delete: [.delete]
    case .insert: [.insert]
    case .up: [.up]
    case .down: [.down]
    case .left: [.left]
    case .right: [.right]
    case .home: [.home]
    case .end: [.end]
    case .pageUp: [.pageUp]
    case .pageDown: [.pageDown]
    case .function(let number): [.function(number)]
    }
  }
}

extension Key.Modifiers {
  /// The same modifiers for the program's terminal.
  package var forProgram: TerminalModifiers {
    var result: TerminalModifiers = []
    if contains(.shift) { result.insert(.shift) }
    if contains(.alt) { result.insert(.alt) }
    if contains(.control) { result.insert(.control) }
    return result
  }
}

extension MouseEvent.Kind {
  /// The same for the program's terminal.
  package var forProgram: TerminalMouse {
    switch self {
    case .press(let button): .press(button: button.number)
    case .release(let button): .release(button: button.number)
    case .drag: .move
    case .wheelUp: .wheelUp
    case .wheelDown: .wheelDown
    }
  }
}

extension MouseEvent.Button {
  fileprivate var number: Int {
    switch self {
    case .left: 1
    case .middle: 2
    case .right: 3
    }
  }
}
