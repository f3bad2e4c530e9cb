package import Commands
package import Concurrency
import DebugInfo
package import Debugger
import Synchronization

/// Carries out what the reducer asks of session and interpreter, off the interface, and posts what comes of it.
package final class EffectRunner: Sendable {
  private let session: DebugSession
  private let interpreter: CommandInterpreter
  private let survey: ConcurrencySurvey
  private let post: @Sendable (Action) -> Void
  /// The last of the selections and changes of breakpoints. They keep the order that they were asked for in, and a
  /// command finds those done that were asked for before it.
  private let lastChange = Mutex<Task<Void, Never>?>(nil)

  /// - Parameter post: takes actions, from any thread.
  package init(
    session: DebugSession, interpreter: CommandInterpreter, survey: ConcurrencySurvey,
    post: @escaping @Sendable (Action) -> Void
  ) {
    self.session = session
    self.interpreter = interpreter
    self.survey = survey
    self.post = post
  }

  /// Begins an effect; false for those that are the terminal's, not the session's.
  package func begin(_ effect: Effect) -> Bool {
    switch effect {
    case .interrupt: session.interrupt()
    case .execute(let line):
      let earlier = lastChange.withLock { $0 }
      Task {
        await earlier?.value
        await execute(line)
      }
    case .kill: Task { await attempt { try await session.kill() } }
    case .detach: Task { await attempt { try await session.detach() } }
    case .load(let request, let revision): Task { await load(request, revision: revision) }
    case .loadChildren(let value, let path, let first, let count, let revision):
      Task { await loadChildren(of: value, path: path, first: first, count: count, revision: revision) }
    case .loadTexts(let rows, let revision): Task { await loadTexts(rows, revision: revision) }
    case .loadSource(let file): Task { await loadSource(file) }
    case .locateDefaultSource: Task { await locateDefaultSource() }
    case .complete(let line, let cursor, let request):
      Task { post(.completed(await interpreter.completions(for: line, cursor: cursor), request: request)) }
    case .addBreakpoint, .deleteBreakpoints, .enableBreakpoints, .selectFrame, .selectThread, .keep, .pin, .release,
      .assign:
      lastChange.withLock { last in
        let earlier = last
        last = Task {
          await earlier?.value
          await change(effect)
        }
      }
    case .wake(let milliseconds, let alarm):
      Task {
        try await Task.sleep(for: .milliseconds(milliseconds))
        post(.woken(alarm))
      }
    case .sendKey, .sendPaste, .sendMouse, .resizeProgramTerminal, .resetProgramTerminal, .viewProgram, .remember,
      .useTheme, .confirm, .copy, .repaint, .suspend, .quit:
      return false
    }
    return true
  }

  /// Carries out a command line to its end; what it prints is posted as it comes.
  package func execute(_ line: String) async {
    let post = post
    let before = await session.program
    let output = await interpreter.execute(line) { post(.commandEmitted($0)) }
    if let program = await session.program, program != before { post(.programLoaded(program)) }
    post(.promptChanged(await interpreter.prompt))
    post(.commandEnded(output))
  }

  private func attempt(_ body: () async throws -> Void) async {
    do { try await body() } catch { post(.failed(Self.words(for: error))) }
  }

  /// Errors describe themselves in a user's words.
  private static func words(for error: any Error) -> String { String(describing: error) }

  // MARK: Changes

  private func change(_ effect: Effect) async {
    await attempt {
      switch effect {
      case .addBreakpoint(let location):
        let breakpoint = try await session.addBreakpoint(location)
        post(.notice(Self.announcement(of: breakpoint)))
      case .deleteBreakpoints(let ids):
        try await session.deleteBreakpoints(ids)
        let numbers = ids.map(String.init).joined(separator: ", ")
        post(.notice("Deleted breakpoint\(ids.count == 1 ? "" : "s") \(numbers)"))
      case .enableBreakpoints(let ids, let enabled): try await session.enableBreakpoints(ids, enabled)
      case .selectFrame(let level): _ = try await session.selectFrame(level)
      case .selectThread(let id): _ = try await session.selectThread(id)
      case .keep(let expression):
        try await session.keep(expression: expression)
        post(.notice("Watching \(caretNotation(expression))"))
      case .pin(let value, let name):
        try await session.pin(value, name: name)
        post(.notice("Pinned \(caretNotation(name))"))
      case .release(let number): await session.release(number)
      case .assign(let text, let value): try await session.assign(text, to: value)
      default: break
      }
    }
    post(.session(.breakpointsChanged))
  }

  private static func announcement(of breakpoint: BreakpointSnapshot) -> String {
    guard let location = breakpoint.locations.first else { return "Breakpoint \(breakpoint.id) pending" }
    let place = location.file.flatMap { file in location.line.map { "\(fileName(file)):\($0)" } }
    return "Breakpoint \(breakpoint.id) at \(caretNotation(place ?? "\(location.address)"))"
  }

  // MARK: Facts

  private func load(_ request: PaneRequest, revision: Int) async {
    do {
      post(.loaded(try await content(of: request), revision: revision))
    } catch {
      post(.loadFailed(request, Self.words(for: error), revision: revision))
    }
  }

  private func content(of request: PaneRequest) async throws -> PaneContent {
    switch request {
    case .breakpoints: return .breakpoints(await session.breakpoints())
    case .threads: return .threads(try await session.threads())
    case .registers: return .registers(try await session.registers(named: nil, includingVectors: false))
    case .disassembly(let address):
      let center = if let address { address } else { try await session.selectedFrame().address }
      return .disassembly(
        try await session.instructions(
          around: center, before: DisassemblyState.before, after: DisassemblyState.after))
    case .frame(let limit): return .frame(try await frameContent(limit: limit))
    case .concurrency:
      let stacks = try await session.threadStacks()
      let snapshot = try await survey.snapshot(of: stacks)
      return .concurrency(
        ConcurrencyContent(
          snapshot: snapshot, stacks: StackTree(stacks),
          processes: await ProcessTree(debuggedBy: session)))
    }
  }

  private func frameContent(limit: Int) async throws -> FrameContent {
    let selected = try await session.selectedFrame().level
    let backtrace = try await session.backtrace(limit: max(limit, selected + 1), withLocals: false)
    let kept = await session.keptValues()
    do {
      let arguments = try await session.arguments()
      let locals = try await session.locals()
      return FrameContent(backtrace: backtrace, selected: selected, arguments: arguments, locals: locals, kept: kept)
    } catch {
      return FrameContent(
        backtrace: backtrace, selected: selected, arguments: [], locals: [], kept: kept, problem: Self.words(for: error)
      )
    }
  }

  private func loadChildren(of value: ValueID, path: TreePath, first: Int, count: Int, revision: Int) async {
    do {
      let children = try await session.children(of: value, from: first, count: count)
      post(.childrenLoaded(children, path: path, first: first, revision: revision))
    } catch {
      post(.childrenFailed(Self.words(for: error), path: path, revision: revision))
    }
  }

  private func loadTexts(_ rows: [FormattedRow], revision: Int) async {
    let texts = await session.texts(of: rows.map { ($0.value, $0.letter) })
    let found = rows.compactMap { row in
      texts[row.value].map { FormattedText(path: row.path, letter: row.letter, text: $0, revision: revision) }
    }
    post(.textsLoaded(found, revision: revision))
  }

  private func loadSource(_ file: String) async {
    do {
      let text = try await session.sourceText(file)
      post(.sourceLoaded(SourceDocument(name: file, text: text)))
    } catch {
      post(.sourceFailed(file: file, reason: Self.words(for: error)))
    }
  }

  private func locateDefaultSource() async {
    let place = await session.defaultSourceLocation()
    post(.defaultSource(place.map { SourcePlace(file: $0.file, line: $0.line) }))
  }
}
