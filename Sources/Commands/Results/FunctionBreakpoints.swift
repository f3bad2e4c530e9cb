package import Debugger

/// `rbreak`.
package struct FunctionBreakpoints: CommandResult, Equatable {
  package struct Row: Encodable, Sendable, Equatable {
    package let breakpoint: BreakpointSnapshot
    package let declaration: String
  }
  package let breakpoints: [Row]

  package var text: String {
    breakpoints.map { BreakpointMade($0.breakpoint).text + "\n" + escapedName($0.declaration) }
      .joined(separator: "\n")
  }
}
