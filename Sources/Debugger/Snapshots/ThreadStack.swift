package import MachineModel

/// All of a thread's stack at a stop, without its variables.
package struct ThreadStack: Sendable {
  package let thread: ThreadSnapshot
  /// The selected one.
  package let isCurrent: Bool
  /// As the thread stopped.
  package let registers: RegisterFile
  /// The innermost first; their arguments are left out.
  package let frames: [FrameSnapshot]
  package init(thread: ThreadSnapshot, isCurrent: Bool, registers: RegisterFile, frames: [FrameSnapshot]) {
    self.thread = thread
    self.isCurrent = isCurrent
    self.registers = registers
    self.frames = frames
  }
}

/// An object that a variable of some frame leads to.
package struct FoundObject: Sendable, Equatable {
  package struct Step: Sendable, Equatable {
    /// In that frame: `bank.vault`, `*pair->held`.
    package let expression: String
    package let type: String
    package init(expression: String, type: String) {
      self.expression = expression
      self.type = type
    }
  }
  /// The objects within each other that cover the address, the outermost first.
  package let steps: [Step]
  /// The frame's level.
  package let level: Int
  package init(steps: [Step], level: Int) {
    self.steps = steps
    self.level = level
  }
}

/// An object on a thread's stack that refers to others: a guard, say.
package struct ReferringObject: Sendable, Equatable {
  /// The variable that holds it.
  package let variable: String
  package let type: String
  package let level: Int
  /// Where the variable is declared.
  package let line: Int?
  /// What its pointers and references lead to, each object's own bytes.
  package let referents: [Range<VirtualAddress>]
  /// Its members that are truth values, by name.
  package let flags: [String: Bool]
  package init(
    variable: String, type: String, level: Int, line: Int?, referents: [Range<VirtualAddress>], flags: [String: Bool]
  ) {
    self.variable = variable
    self.type = type
    self.level = level
    self.line = line
    self.referents = referents
    self.flags = flags
  }
}
