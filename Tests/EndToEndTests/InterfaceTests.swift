import Foundation
import TestSupport
import Testing

/// The interface as people meet it: keys into a terminal, text on its screen.
@Suite(.serialized) struct InterfaceTests {
  let desk: Desk

  init() throws { desk = try Desk() }

  @Test(arguments: [(80, 24), (200, 60)])
  func breakRunStepLookAndQuit(columns: Int, rows: Int) async throws {
    let terminal = try await desk.open("tour.c", columns: columns, rows: rows)
    // Source, stack and locals stand together from the start.
    try await terminal.wait("struct player *players = NULL;", "main", "players", "Stack", "Locals")
    // Over the first line, into a call, and out of it.
    try terminal.press("F10")
    try await desk.waitForLine("players = make_player(\"Grace\"", in: terminal)
    try terminal.press("F11")
    try await desk.waitForLine("struct player *player =", in: terminal)
    try await terminal.wait("Grace", "make_player")
    try terminal.press("S-F11")
    try await desk.waitForLine("players = make_player(\"Grace\"", in: terminal)
    // By name, and on to it.
    try await desk.command("break add_score", in: terminal)
    try terminal.press("c")
    try await desk.waitForLine("int slot =", in: terminal)
    // A struct opens, and what a step changes is marked.
    try terminal.press("3")
    try await terminal.wait("player", "points")
    try terminal.press("Home", "Enter")
    try await terminal.wait("rounds", "level", "BEGINNER")
    try terminal.press("n", "n", "n")
    try await desk.waitForLine("return player->rounds", in: terminal)
    try await terminal.wait(for: "mark of the changed value") { screen in
      screen.split(separator: "\n").contains {
        $0.contains("rounds") && $0.contains("1") && $0.contains(Desk.changeMark)
      }
    }
    // Frames.
    try terminal.press("U")
    try await desk.waitForLine("add_score(each, points)", in: terminal)
    try terminal.press("D")
    try await desk.waitForLine("return player->rounds", in: terminal)
    try await desk.command("print player->scores[0] * 2", in: terminal)
    try await terminal.wait("$2 = 24")
    // What the program printed stands in its own pane.
    try terminal.press("8")
    try await terminal.wait("2 players")
    try terminal.press("C-]")
    // Again from the start.
    try terminal.press(":")
    try terminal.enter("run")
    try await terminal.wait("from the beginning?")
    try terminal.press("y")
    try await desk.waitForLine("struct player *players = NULL;", in: terminal)
    try await desk.leaveCommandBar(terminal)
    try await desk.quit(terminal)
  }

  @Test func aProgramTakenByCommandAndKeysTypedAhead() async throws {
    _ = try desk.sandbox.program("tour.c", as: "program")
    let terminal = try TerminalSession(in: desk.sandbox, columns: 80, rows: 24)
    try await terminal.wait("ready>")
    try await desk.noteModes("modes-before", in: terminal)
    try terminal.start([])
    try await terminal.wait("No program: type file PROGRAM")
    try await desk.command("file \(desk.sandbox.path("program"))", in: terminal)
    try await terminal.wait("struct player *players = NULL;", "READY  program")
    // The breakpoint of the first key is there when the second starts the program.
    try terminal.press("b", "r")
    try await desk.waitForLine("struct player *players = NULL;", in: terminal)
    try await desk.quit(terminal)
  }

  @Test(arguments: [(true, "1"), (false, "0")]) func theMouseIsTakenIfWanted(wanted: Bool, flag: String) async throws {
    let settings = try desk.sandbox.file("config.toml", "mouse = \(wanted)\n")
    let terminal = try TerminalSession(in: desk.sandbox, columns: 80, rows: 24)
    try await terminal.wait("ready>")
    try await desk.noteModes("modes-before", in: terminal)
    try terminal.start(["--config", settings])
    try await terminal.wait("No program: type file PROGRAM")
    #expect(try terminal.state("mouse_any_flag") == flag)
    try await desk.quit(terminal, asks: false)
  }

  @Test func breakpointsByLineAndByKey() async throws {
    let terminal = try await desk.open("tour.c")
    let line = try Fixture.line(of: "players = make_player(\"Ada\"", in: "tour.c")
    try await desk.command("break \(line)", in: terminal)
    try terminal.press("c")
    try await desk.waitForLine("players = make_player(\"Ada\"", in: terminal)
    // The cursor stands on the line: `b` takes the breakpoint away.
    try terminal.press("4")
    try await terminal.wait("● 2 main tour.c:\(line)")
    try terminal.press("1", "b", "4")
    try await terminal.wait(for: "end of the breakpoint") { $0.contains("● 1 main") && !$0.contains("● 2 main") }
    try await desk.quit(terminal)
  }

  @Test func typingIntoTheProgram() async throws {
    let terminal = try await desk.open("echo.c", commands: ["break answer", "run"])
    try terminal.press("8")
    try await terminal.wait("say something")
    try terminal.enter("hello there")
    try await desk.waitForLine("answered++", in: terminal)
    try terminal.press("C-]")
    try terminal.press("c", "8")
    try await terminal.wait("line 1 was [hello there]")
    try terminal.enter("bye")
    try await terminal.wait("goodbye after 1")
    try terminal.press("C-]")
    try await terminal.wait("EXITED", "with code 3")
    try await desk.quit(terminal, asks: false)
  }

  @Test func fullScreenProgramStaysInItsPane() async throws {
    let terminal = try await desk.open("paint.c", commands: ["run"])
    try terminal.press("8")
    let before = try await terminal.wait("red green reverse", "at row three", "Source", "Stack")
    let size = try #require(before.firstMatch(of: /size \d+x\d+/)).output
    try terminal.press("k")
    try await terminal.wait("key k")
    // A resized pane tells the program.
    try terminal.resize(columns: 120, rows: 40)
    try await terminal.wait(for: "another size than \(size)") { screen in
      screen.firstMatch(of: /size \d+x\d+/).map { $0.output != size } ?? false
    }
    try terminal.press("q")
    try await terminal.wait("EXITED", "normally")
    try terminal.press("C-]")
    try await desk.quit(terminal, asks: false)
  }

  @Test func resizingKeepsASensiblePicture() async throws {
    let terminal = try await desk.open("tour.c")
    for (columns, rows) in [(40, 10), (200, 60), (60, 30), (80, 24), (20, 4), (80, 24)] {
      try terminal.resize(columns: columns, rows: rows)
      guard columns >= 40 else { continue }
      try await terminal.wait(for: "picture of \(columns) by \(rows)") { screen in
        let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
        return screen.contains("struct player *players") && lines.count >= rows
          && lines.allSatisfy { $0.count <= columns }
      }
    }
    try await desk.quit(terminal)
  }

  @Test func mouse() async throws {
    let terminal = try await desk.open("tour.c")
    // The gutter toggles a breakpoint.
    let screen = try await terminal.wait("players = make_player(\"Ada\"")
    let text = "players = make_player(\"Ada\""
    let row = try #require(
      screen.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains(text) })
    try terminal.click(column: 1, row: row)
    try terminal.press("4")
    try await terminal.wait("● 2 main tour.c:\(try Fixture.line(of: text, in: "tour.c"))")
    // The wheel scrolls what is under it.
    for _ in 0..<12 { try terminal.click(column: 10, row: 5, button: .wheelUp) }
    try await terminal.wait(for: "lines further up") { !$0.contains(text) }
    try await desk.quit(terminal)
  }

  @Test func commandBarCompletesAndRemembers() async throws {
    let terminal = try await desk.open("tour.c")
    try terminal.press("Escape")
    try terminal.type("break add_s")
    try terminal.press("Tab")
    try await terminal.wait("break add_score")
    try terminal.press("Enter")
    try await terminal.wait("Breakpoint 2 at")
    try terminal.type("info s")
    try terminal.press("Tab")
    try await terminal.wait("sharedlibrary", "source")
    try terminal.press("C-u", "C-u")
    try terminal.press("C-r")
    try terminal.type("add_s")
    try await terminal.wait(for: "line found again") { screen in
      screen.split(separator: "\n").suffix(4).contains { $0.contains("break add_score") }
    }
    try terminal.press("C-g")
    try await desk.leaveCommandBar(terminal)
    try await desk.quit(terminal)
    let again = try await desk.open("tour.c")
    try again.press("Escape", "C-r")
    try again.type("break add")
    try await again.wait("break add_score")
    try again.press("C-g")
    try await desk.leaveCommandBar(again)
    try await desk.quit(again)
  }

  @Test func helpNamesTheKeys() async throws {
    let terminal = try await desk.open("tour.c")
    try terminal.press("?")
    try await terminal.wait("F10", "Step over calls")
    try terminal.press("Escape")
    try await desk.waitForLine("struct player *players = NULL;", in: terminal)
    try await desk.quit(terminal)
  }

  @Test(arguments: ["xterm-256color", "screen", "linux", "vt100", "xterm-direct", "tmux-256color"])
  func terminalsOfAllKinds(kind: String) async throws {
    let terminal = try await desk.open("tour.c", environment: "TERM=\(kind)")
    try await terminal.wait("struct player *players = NULL;", "main")
    try terminal.press("n")
    try await desk.waitForLine("players = make_player(\"Grace\"", in: terminal)
    try await desk.quit(terminal)
  }
}
