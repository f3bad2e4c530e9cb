import Testing

@testable import TerminalInterface

@Suite struct RenderingTests {
  @Test func printAll() {
    for (w, h) in [(80, 24), (40, 10), (200, 60), (120, 40), (60, 40)] {
      var state = Sample.stopped(GridSize(width: w, height: h))
      state.apply(.loaded(.threads(Sample.threads), revision: state.revision))
      state.apply(.loaded(.registers(Sample.registers), revision: state.revision))
      state.apply(.loaded(.disassembly(Sample.instructions), revision: state.revision))
      state.layout.raise(.locals)
      print(state.lines().joined(separator: "\n"))
      state.press("?")
      print(state.lines().joined(separator: "\n"))
    }
  }
}
