/// A pane of the interface; its raw value is the digit that focuses it.
package enum Pane: Int, Sendable, Hashable, CaseIterable {
  case source = 1
  case stack, locals, breakpoints, threads, registers, disassembly, program, console

  package var title: String {
    switch self {
    case .source: "Source"
    case .stack: "Stack"
    case .locals: "Locals"
    case .breakpoints: "Breakpoints"
    case .threads: "Threads"
    case .registers: "Registers"
    case .disassembly: "Disassembly"
    case .program: "Program"
    case .console: "Console"
    }
  }

  /// Where tabs are short of room.
  package var shortTitle: String {
    switch self {
    case .breakpoints: "Breaks"
    case .registers: "Regs"
    case .disassembly: "Asm"
    default: title
    }
  }
}
