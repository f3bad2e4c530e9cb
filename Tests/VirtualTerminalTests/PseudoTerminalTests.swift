import Foundation
import Synchronization
import Testing
import VirtualTerminal

@Suite struct PseudoTerminalTests {
  /// A shell command on a pty of its own, with the screen it writes to.
  private final class Session: Sendable {
    let terminal: ProgramTerminal
    let pty: PseudoTerminal
    let process: Process
    private let frames: AsyncStream<Void>

    init(_ command: String, rows: Int = 10, columns: Int = 40) throws {
      let (frames, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
      self.frames = frames
      terminal = ProgramTerminal(rows: rows, columns: columns, scrollbackLimit: 200)
      pty = try PseudoTerminal(terminal: terminal, rows: rows, columns: columns) { continuation.yield() }
      process = Process()
      process.executableURL = URL(filePath: "/usr/bin/setsid")
      // Opening the slave in a new session makes it the controlling terminal.
      process.arguments = ["sh", "-c", "exec <>\(pty.slavePath) >&0 2>&0; \(command)"]
      try process.run()
    }

    /// Waits until the screen fulfils a condition.
    func wait(until condition: (TerminalSnapshot) -> Bool) async -> TerminalSnapshot {
      var snapshot = terminal.snapshot()
      for await _ in frames {
        snapshot = terminal.snapshot()
        if condition(snapshot) { break }
      }
      return snapshot
    }

    deinit {
      process.terminate()
      pty.close()
    }
  }

  @Test(.timeLimit(.minutes(1))) func outputArrivesAndInputIsTaken() async throws {
    let session = try Session("stty -echo; echo ready; read name; echo hello $name; read end")
    _ = await session.wait { $0.lines.contains("ready") }
    session.pty.write(Array("world\n".utf8))
    let snapshot = await session.wait { $0.lines.contains("hello world") }
    #expect(snapshot.lines.prefix(2) == ["ready", "hello world"])
  }

  @Test(.timeLimit(.minutes(1))) func theProgramSeesItsSizeAndEachChange() async throws {
    let session = try Session("trap 'stty size' WINCH; stty size; while :; do read line; done", rows: 7, columns: 33)
    _ = await session.wait { $0.lines.contains("7 33") }
    session.terminal.resize(rows: 9, columns: 50)
    try session.pty.resize(rows: 9, columns: 50)
    let snapshot = await session.wait { $0.lines.contains("9 50") }
    #expect(snapshot.lines.contains("9 50"))
    session.process.interrupt()
  }

  @Test(.timeLimit(.minutes(1))) func answersGoBackToTheProgram() async throws {
    let session = try Session("stty raw -echo; printf '\\033[6n'; dd bs=1 count=6 2>/dev/null | od -An -c; read end")
    let snapshot = await session.wait { $0.lines.joined().contains("R") }
    #expect(snapshot.lines.joined().contains("033   [   1   ;   1   R"))
  }

  @Test(.timeLimit(.minutes(1))) func aFloodIsReadInFramesAndInputStillPasses() async throws {
    let session = try Session("yes flood & read line; kill -KILL $!; echo; echo stopped $line; read end")
    _ = await session.wait { $0.scrollbackCount == 200 }
    session.pty.write(Array("now\n".utf8))
    let snapshot = await session.wait { $0.lines.contains("stopped now") }
    #expect(snapshot.lines.contains("stopped now"))
  }

  @Test func aProgramThatReadsNothingDoesNotGetAllMemory() throws {
    let terminal = ProgramTerminal(rows: 5, columns: 20)
    let pty = try PseudoTerminal(terminal: terminal, rows: 5, columns: 20) {}
    #expect(pty.write([UInt8](repeating: 0x61, count: 1 << 20)))
    #expect(!pty.write([UInt8](repeating: 0x61, count: 2 << 20)))
    pty.close()
    pty.close()
  }

  @Test(.timeLimit(.minutes(1))) func aCursesProgramDrawsItself() async throws {
    let session = try Session(
      "TERM=\(ProgramTerminal.terminalType) python3 -c \"\(Self.cursesProgram)\"", rows: 8, columns: 30)
    let drawn = await session.wait { $0.lines.contains { $0.contains("key me") } }
    #expect(drawn.isAlternate)
    #expect(drawn.lines[0] == "┌" + String(repeating: "─", count: 28) + "┐")
    #expect(drawn.lines[3] == "│   key me" + String(repeating: " ", count: 19) + "│")
    session.pty.write(session.terminal.press(.down))
    let left = await session.wait { $0.lines.contains { $0.contains("got KEY_DOWN") } }
    #expect(!left.isAlternate)
  }

  private static let cursesProgram = """
    import curses
    def main(s):
        s.box(); s.addstr(3, 4, 'key me', curses.A_BOLD); s.refresh()
        return s.getkey()
    print('got', curses.wrapper(main)); input()
    """
}
