import Commands
import Concurrency
import Configuration
import Debugger
import Glibc
import Logbook
import NcursesScreen
import TerminalInterface
import VirtualTerminal

/// Runs the interface in this terminal until the user quits; answers the exit status.
func runInteractive(_ options: FrontEndOptions) async -> Int32 {
  let mailbox = Mailbox()
  let questions = InteractiveQuestions(mailbox)
  let session = DebugSession()
  let log = FrontEndLog(options)
  let survey = ConcurrencySurvey(session)
  let themes = InteractiveThemes()
  let interpreter = CommandInterpreter(
    session: session,
    options: InterpreterOptions(
      isInteractive: true, confirm: { await questions.ask($0) }, observe: { [log] in log.note($0, $1) }),
    table: LogbookCommands.added(
      to: ConcurrencyCommands.added(to: .standard, survey: survey).adding([themes.command(mailbox)]), book: log.book))
  log.book.setConsole(
    show: { mailbox.post(.logged($0, $1.level)) }, report: { mailbox.post(.failed($0)) })
  await session.setLogger(log.book)
  await session.update { $0.indexesAhead = true }
  await session.setConsent { await questions.ask($0) }
  let start = InteractiveStart(options, session: session, interpreter: interpreter, mailbox: mailbox)
  let settings: Settings
  let theme: Theme?
  do {
    settings = try options.configuration.map { file throws(ConfigurationError) in try Settings(file) } ?? Settings()
    for remark in try log.configure(options) { mailbox.post(.failed(remark)) }
    theme = try (options.theme ?? settings.theme).map { try themes.theme(named: $0) }
  } catch {
    Output.error("sdb: \(escaped("\(error)"))\n")
    return 2
  }
  // What makes a program unusable is said before the screen changes.
  if let status = await start.prepare() { return status }
  let terminal: InteractiveTerminal?
  do {
    terminal =
      options.terminal == nil
      ? try InteractiveTerminal(scrollback: settings.scrollbackLines) { mailbox.post($0) } : nil
  } catch {
    Output.error("sdb: the program gets no terminal of its own: \(error)\n")
    return 2
  }
  await start.configure(terminal: terminal?.path)
  let changes = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
  let watcher = Task {
    for await event in session.events {
      log.note(event)
      mailbox.post(.session(event))
      switch event {
      case .breakpointsChanged, .keptValuesChanged: changes.continuation.yield()
      default: break
      }
    }
  }
  let keeper = Task {
    for await _ in changes.stream {
      if let remark = await interpreter.saveSession() { mailbox.post(.failed(remark)) }
    }
  }
  let runner = EffectRunner(session: session, interpreter: interpreter, survey: survey) { mailbox.post($0) }
  let end = await onThreadOfItsOwn {
    do {
      let loop = try InteractiveLoop(
        mailbox: mailbox, questions: questions, runner: runner, terminal: terminal, themes: themes, theme: theme,
        settings: settings)
      questions.open()
      let startup = Task { await start.run(runner) }
      defer { startup.cancel() }
      return loop.run()
    } catch {
      Output.error("sdb: \(error).\n")
      return InteractiveLoop.End(status: 2, fate: .killed)
    }
  }
  questions.close()
  watcher.cancel()
  // Watchpoints end with the process.
  keeper.cancel()
  if let remark = await interpreter.saveSession() { Output.error("sdb: \(escaped(remark))\n") }
  // A process that can't be let go of dies with us.
  if end.fate == .detached { try? await session.detach() }
  await session.end()
  terminal?.close()
  DebugSession.finishKeeping()
  return end.status
}

/// Runs `body` on a thread made for it: one that waits for a terminal must not keep others from their work.
private func onThreadOfItsOwn<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
  await withCheckedContinuation { continuation in
    let job = ThreadJob { continuation.resume(returning: body()) }
    var thread = pthread_t()
    let context = Unmanaged.passRetained(job).toOpaque()
    let failure = pthread_create(&thread, nil, runThreadJob, context)
    if failure == 0 {
      pthread_detach(thread)
    } else {
      // No thread to be had: this one does as well.
      Unmanaged<ThreadJob>.fromOpaque(context).takeRetainedValue().body()
    }
  }
}

private final class ThreadJob: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private func runThreadJob(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context { Unmanaged<ThreadJob>.fromOpaque(context).takeRetainedValue().body() }
  return nil
}
