import Commands
import Debugger
import TerminalInterface
import VirtualTerminal

/// What the command line and the init file want done when the interface begins.
struct InteractiveStart: Sendable {
  private let options: FrontEndOptions
  private let session: DebugSession
  private let interpreter: CommandInterpreter
  private let mailbox: Mailbox

  init(_ options: FrontEndOptions, session: DebugSession, interpreter: CommandInterpreter, mailbox: Mailbox) {
    self.options = options
    self.session = session
    self.interpreter = interpreter
    self.mailbox = mailbox
  }

  /// Before there is a screen: init file, `-iex`, the program. An exit status where that ends sdb already.
  func prepare() async -> Int32? {
    let mailbox = mailbox
    if let file = options.initFile,
      let failure = await interpreter.run(file: file, emit: { mailbox.post(.commandEmitted($0)) })
    {
      if failure.quits { return failure.exitStatus ?? 0 }
      mailbox.post(.commandEmitted(failure))
    }
    for item in options.earlyItems {
      let output = await carryOut(item)
      if let output, output.quits { return output.exitStatus ?? 0 }
    }
    guard let program = options.program else { return nil }
    do {
      try await session.load(program: program)
      mailbox.post(.programLoaded(await session.program ?? program))
      for remark in await interpreter.restoreSession() { mailbox.post(.notice(remark)) }
      return nil
    } catch {
      Output.error("sdb: \(escaped(error.description))\n")
      return 2
    }
  }

  /// Gives the program its terminal, and what the command line says of it.
  func configure(terminal: String?) async {
    await session.configureLaunch { [options] launch in
      options.apply(to: &launch)
      guard let terminal else { return }
      launch.terminal = terminal
      // `--env` comes later, and wins.
      launch.environment.insert(
        contentsOf: [("TERM", ProgramTerminal.terminalType), ("LINES", nil), ("COLUMNS", nil)], at: 0)
    }
  }

  /// With the screen there: `--stop-at-entry`, then `-ex` and `-x` in their order.
  func run(_ runner: EffectRunner) async {
    // Those that may be used are there before the first value is shown; a question about others holds nothing up.
    await session.loadFormatters()
    Task { [interpreter, mailbox] in
      for remark in await interpreter.loadFormatters() { mailbox.post(.notice(remark)) }
    }
    if let process = options.process {
      do {
        let stop = try await session.attach(to: process)
        if let program = await session.program { mailbox.post(.programLoaded(program)) }
        mailbox.post(.commandEmitted(await interpreter.event(for: .stopped(stop))))
      } catch {
        mailbox.post(.failed(error.description))
      }
    }
    if options.stopsAtEntry {
      do {
        mailbox.post(.commandEmitted(await interpreter.event(for: try await session.run(stopAt: .entry))))
      } catch {
        mailbox.post(.failed(error.description))
      }
    }
    for item in options.items where !Task.isCancelled {
      guard case .command(let line) = item.content else {
        if let output = await carryOut(item) { mailbox.post(.commandEmitted(output)) }
        continue
      }
      mailbox.post(.commandBegan(line))
      await runner.execute(line)
    }
  }

  private func carryOut(_ item: BatchItem) async -> CommandOutput? {
    let mailbox = mailbox
    let emit: @Sendable (CommandOutput) -> Void = { mailbox.post(.commandEmitted($0)) }
    switch item.content {
    case .command(let line): return await interpreter.execute(line, emit: emit)
    case .file(let path): return await interpreter.run(file: path, emit: emit)
    }
  }
}
