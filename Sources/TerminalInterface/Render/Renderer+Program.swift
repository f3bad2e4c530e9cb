import VirtualTerminal

extension Renderer {
  func drawProgram(_ area: inout GridRegion) {
    guard let screen = state.program.screen, !screen.isBlank || isFocused(.program) else {
      return drawRemark(&area, "The program's own terminal")
    }
    area.put(screen)
  }
}

extension TerminalSnapshot {
  fileprivate var isBlank: Bool { rows.allSatisfy { $0.allSatisfy { $0 == .blank } } }
}
