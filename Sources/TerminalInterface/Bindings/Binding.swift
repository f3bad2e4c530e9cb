/// Where a binding holds.
package enum BindingContext: Sendable, Hashable, CaseIterable {
  /// Wherever keys are not the program's.
  case everywhere
  /// In every pane but the program's.
  case panes
  case source, stack, locals, breakpoints, threads, disassembly
  case commandBar
  case program

  package var title: String {
    switch self {
    case .everywhere: "Everywhere"
    case .panes: "In panes"
    case .source: "Source"
    case .stack: "Stack"
    case .locals: "Locals"
    case .breakpoints: "Breakpoints"
    case .threads: "Threads"
    case .disassembly: "Disassembly"
    case .commandBar: "Command bar"
    case .program: "Program"
    }
  }

  /// Of a focused pane; nil where it has no bindings of its own.
  package init?(_ pane: Pane) {
    switch pane {
    case .source: self = .source
    case .stack: self = .stack
    case .locals: self = .locals
    case .breakpoints: self = .breakpoints
    case .threads: self = .threads
    case .disassembly: self = .disassembly
    case .program: self = .program
    case .registers, .console: return nil
    }
  }
}

/// A row of the binding table.
package struct Binding: Sendable, Hashable {
  package let context: BindingContext
  package let keys: [Key]
  package let command: UserCommand
  /// What it does, for the help overlay and the manual.
  package let help: String
  /// A word for the hint line; nil: not hinted at.
  package let hint: String?

  /// `s`, `F5, c`: keys as the help overlay names them.
  package var keyNames: String {
    keys.map(\.shortName).joined(separator: ", ")
  }
}

extension Key {
  /// As help and hints show it: `^L` for ctrl-l, `M-f` for alt-f, `⇧F11`, `↑`.
  package var shortName: String {
    var prefix = ""
    if modifiers.contains(.control) { prefix += "^" }
    if modifiers.contains(.alt) { prefix += "M-" }
    if modifiers.contains(.shift) { prefix += "S-" }
    return prefix + codeName
  }

  private var codeName: String {
    switch code {
    case .character(" "): "Space"
    case .character(let character):
      modifiers.contains(.control) ? character.uppercased() : String(character)
    case .enter: "Enter"
    case .tab: "Tab"
    case .escape: "Esc"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .function(let number): "F\(number)"
    }
  }
}
