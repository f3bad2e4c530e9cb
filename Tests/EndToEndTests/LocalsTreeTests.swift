import TestSupport
import Testing

/// The tree of locals as people use it: rows that are opened, formatted, watched, pinned, edited and copied.
@Suite(.serialized) struct LocalsTreeTests {
  let desk: Desk

  init() throws { desk = try Desk() }

  private func open(columns: Int, rows: Int) async throws -> TerminalSession {
    let line = try Fixture.line(of: "// inner", in: "tree.cpp")
    _ = try desk.sandbox.program("tree.cpp", as: "program")
    let terminal = try await desk.open(
      "tree.cpp", commands: ["break tree.cpp:\(line)", "run"], columns: columns, rows: rows)
    try terminal.press("3", "z")
    try await terminal.wait("i:14 = 99", "n = 3")
    return terminal
  }

  /// Moves to the row that begins with `text`.
  private func select(_ text: String, in terminal: TerminalSession) async throws {
    try terminal.press("Home", "/")
    try await terminal.wait("/ in Locals")
    try terminal.enter(text)
    try await terminal.wait(for: "end of the search") { !$0.contains("/ in Locals") }
  }

  @Test(arguments: [(80, 24), (200, 60)])
  func rowsAreLookedAtInEveryWay(columns: Int, rows: Int) async throws {
    let terminal = try await open(columns: columns, rows: rows)
    // Blocks and shadowed names.
    try await terminal.wait("j:12 = 0")
    try await terminal.wait(for: "shadowed names") { screen in
      screen.split(separator: "\n").filter { $0.contains("(shadowed)") }.count == 2
    }
    // A container in pages, a class behind its base.
    try await terminal.wait("Shape * (Circle)")
    try await select("numbers", in: terminal)
    try terminal.press("Enter")
    try await terminal.wait("[0] = 7")
    try terminal.press("Enter")
    try await select("shape", in: terminal)
    try terminal.press("Enter")
    try await terminal.wait("radius = 2.5")
    // Formats by key and by menu.
    try await select("i = 99", in: terminal)
    try terminal.press("x")
    try await terminal.wait("i:14 = 0x63", "/x int")
    try terminal.press("m")
    try await terminal.wait("Show it as binary")
    try terminal.press("t")
    try await terminal.wait("i:14 = 1100011")
    // Watched here, pinned there.
    try terminal.press("W")
    try await terminal.wait("Watch:")
    try terminal.type("shap")
    try terminal.press("Tab")
    try await terminal.wait("Watch: shape")
    try terminal.type("->sides + i + n")
    try terminal.press("Enter")
    try await terminal.wait("= shape->sides + i + n = 105")
    try await desk.quit(terminal)
  }

  @Test func valuesAreEditedPinnedAndCopied() async throws {
    let terminal = try await open(columns: 100, rows: 30)
    try await select("i = 6", in: terminal)
    try terminal.press("P")
    try await terminal.wait("@ i:8 = 6")
    try await select("n = 3", in: terminal)
    try terminal.press("w")
    try await terminal.wait("= n = 3")
    try await select("i = 99", in: terminal)
    try terminal.press("e")
    try terminal.enter("n * 5")
    try await terminal.wait("i:14 = 15")
    try terminal.press("y")
    try await terminal.wait("Copied: 15")
    #expect(try terminal.clipboard() == "15")
    // In another frame the place stays, and the expression has no value.
    try terminal.press("U")
    try await terminal.wait("@ i:8 = 6", "= n = <error: No symbol \"n\" in current context.>")
    try terminal.press("Home", "DC")
    try await terminal.wait(for: "end of the pin") { !$0.contains("@ i:8") }
    try await desk.quit(terminal)
  }

  @Test func themesCompleteAndChange() async throws {
    let terminal = try await open(columns: 100, rows: 30)
    try terminal.press(":")
    try terminal.type("theme hi")
    try terminal.press("Tab")
    try await terminal.wait("theme high-contrast")
    try terminal.press("Enter")
    try await terminal.wait("Theme high-contrast")
    try await desk.leaveCommandBar(terminal)
    try await desk.quit(terminal)
  }
}
