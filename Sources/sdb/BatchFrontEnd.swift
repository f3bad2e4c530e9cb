import Commands
import Concurrency
import Debugger
import Glibc
import Logbook
import Synchronization

/// `--batch`: carries the commands of the command line out in their order, and ends the program it started.
struct BatchFrontEnd {
  private let options: FrontEndOptions
  private let session = DebugSession()
  private let interpreter: CommandInterpreter
  private let log: FrontEndLog

  init(_ options: FrontEndOptions) {
    self.options = options
    log = FrontEndLog(options)
    interpreter = CommandInterpreter(
      session: session,
      options: InterpreterOptions(
        isInteractive: false, shellOutput: options.printsJSON ? .standardError : .inherited,
        rendersText: !options.printsJSON, observe: { [log] in log.note($0, $1) }),
      table: LogbookCommands.added(
        to: ConcurrencyCommands.added(to: .standard, survey: ConcurrencySurvey(session)), book: log.book))
  }

  /// Exits with 0, 1 where a command failed, 2 where the program can't be debugged, or what `quit` asked for.
  func run() async -> Never {
    let isRunning = RunningFlag()
    SignalThread.start { [session] number in
      guard number == SIGINT, isRunning.value || session.isAwaitingIndex || session.isDownloading else {
        session.endNow()
        _exit(128 + number)
      }
      session.interrupt()
    }
    Task { [session, log] in
      for await event in session.events {
        log.note(event)
        if case .state(let state) = event { isRunning.set(to: state) }
      }
    }
    log.book.setConsole(
      show: { [json = options.printsJSON] in print(CommandOutput($0, $1), json: json) },
      report: { Output.error("sdb: \(escaped($0))\n") })
    await session.setLogger(log.book)
    do {
      for remark in try log.configure(options) { self.remark(remark) }
    } catch {
      Output.error("sdb: \(escaped("\(error)"))\n")
      await finish(2)
    }
    var status: Int32 = 0
    if let file = options.initFile, let failure = await interpreter.run(file: file, emit: { print($0, json: false) }) {
      if failure.quits { await finish(failure.exitStatus ?? 0) }
      print(failure, json: false)
    }
    if let quitting = await carryOut(options.earlyItems, &status) { await finish(quitting) }
    await session.configureLaunch { [options] in options.apply(to: &$0) }
    if let program = options.program {
      do {
        try await session.load(program: program)
      } catch {
        Output.error("sdb: \(escaped(error.description))\n")
        await finish(2)
      }
      if await !session.hasDebugInfo { Output.error("(No debugging symbols found in \(escaped(program)))\n") }
    }
    for remark in await interpreter.loadFormatters() + interpreter.restoreSession() { self.remark(remark) }
    if let process = options.process {
      do {
        print(await interpreter.event(for: .stopped(try await session.attach(to: process))), json: options.printsJSON)
      } catch {
        Output.error("sdb: \(escaped(error.description))\n")
        await finish(2)
      }
    }
    if options.stopsAtEntry {
      do {
        print(await interpreter.event(for: try await session.run(stopAt: .entry)), json: options.printsJSON)
      } catch {
        Output.error("sdb: \(escaped(error.description))\n")
        await finish(2)
      }
    }
    if let quitting = await carryOut(options.items, &status) { await finish(quitting) }
    await finish(status)
  }

  private func remark(_ text: String) {
    log.warn(text)
    Output.error("sdb: \(escaped(text))\n")
  }

  /// Answers the exit status where a command quits; sets `status` to 1 where one fails.
  private func carryOut(_ items: [BatchItem], _ status: inout Int32) async -> Int32? {
    let json = options.printsJSON
    let emit: @Sendable (CommandOutput) -> Void = { print($0, json: json) }
    for item in items {
      let output: CommandOutput?
      switch item.content {
      case .command(let line): output = await interpreter.execute(line, emit: emit)
      case .file(let path): output = await interpreter.run(file: path, emit: emit)
      }
      guard let output else { continue }
      print(output, json: json)
      if output.quits { return output.exitStatus ?? status }
      if !output.succeeded { status = 1 }
    }
    if let unfinished = await interpreter.finishInput() {
      print(unfinished, json: json)
      status = 1
    }
    return nil
  }

  /// Ends sdb. What is known of the program is not taken apart piece by piece before: that takes longer.
  private func finish(_ status: Int32) async -> Never {
    if let remark = await interpreter.saveSession() { self.remark(remark) }
    await session.end()
    DebugSession.finishKeeping()
    _exit(status)
  }
}

/// Text to standard output (of a failure: standard error), or a line of JSON. Ends sdb quietly where nobody reads.
private func print(_ output: CommandOutput, json: Bool) {
  if json {
    let line = output.json()
    if !line.isEmpty, !Output.print(line + "\n") { leaveUnread() }
  } else if !output.text.isEmpty {
    let text = output.text + output.terminator
    if !(output.succeeded ? Output.print(text) : Output.error(text)) { leaveUnread() }
  }
}

/// Ends sdb: quietly where the reader has left (`sdb … | head`), else with the reason.
private func leaveUnread() -> Never {
  guard errno != EPIPE else { _exit(0) }
  Output.error("sdb: cannot write: \(String(cString: strerror(errno)))\n")
  _exit(1)
}

/// Whether the program runs at the moment, for the thread that takes signals.
private final class RunningFlag: Sendable {
  private let running = Atomic(false)
  var value: Bool { running.load(ordering: .relaxed) }
  func set(to state: ProcessState) {
    if case .running = state {
      running.store(true, ordering: .relaxed)
    } else {
      running.store(false, ordering: .relaxed)
    }
  }
}
