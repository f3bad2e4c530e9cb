import Testing

@testable import TerminalInterface

/// Screens as they are seen, in the theme without colours.
@Suite struct RenderingTests {
  @Test func printAll() {
    for (w, h) in [(80, 24), (40, 10), (200, 60)] {
      var state = Sample.stopped(GridSize(width: w, height: h))
      state.apply(.loaded(.threads(Sample.threads), revision: state.revision))
      state.apply(.loaded(.registers(Sample.registers), revision: state.revision))
      state.apply(.loaded(.disassembly(Sample.instructions), revision: state.revision))
      state.press("3", "down", "enter")
      state.apply(
        .childrenLoaded(
          [Sample.variable("x", "int", "1"), Sample.variable("y", "int", "2")], path: TreePath(["here"]),
          revision: state.revision))
      if w == 40 { state.press("1") }
      print(state.lines().joined(separator: "\n"))
      if w == 80 {
        state.press("q")
        print(state.lines().joined(separator: "\n"))
        state.press("escape", "?")
        print(state.lines().joined(separator: "\n"))
      }
    }
  }
}
